"""The Review page in a browser: keys, buttons, forms; what is shown as written is what is in the store."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import OpenPage, running_app, settle, visit
from playwright.sync_api import Page, expect

from kg.identifiers import reading_iri
from kg.model import Topic
from kg.rdf.reviews import Decision, Review
from kg.reviews.keeping import reviewed_acts, stored_reviews
from kg.store import open_store
from kg.store.records import read_acts

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_store(store_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reviewed") / "store"
    shutil.copytree(store_directory, path)
    return path


@pytest.fixture(scope="module")
def own_url(own_store: Path) -> Iterator[str]:
    with running_app(own_store, own_store.parent / "log") as url:
        yield url


def _decisions(store: Path) -> list[Review]:
    with open_store(store) as graph:
        return stored_reviews(graph)


def _open(new_page: OpenPage, url: str, path: str = "review", **look: object) -> Page:
    page = visit(new_page(url, **look), f"{url}/{path}")
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-do_accepted button")).to_be_enabled()
    page.get_by_role("heading", level=1).click()  # keys are for the page, not for the box
    return page


def _shown(page: Page) -> str:
    return page.locator(".ct-queue [aria-pressed='true']").get_attribute("data-id") or ""


def test_keys_accept_reject_and_undo(new_page: OpenPage, own_url: str, own_store: Path) -> None:
    before = len(_decisions(own_store))
    page = _open(new_page, own_url)
    first = _shown(page)
    page.keyboard.press("a")
    expect(page.get_by_text("Accepted: 1. Saved.")).to_be_visible()
    second = _shown(page)
    assert second != first
    page.keyboard.press("x")
    expect(page.get_by_text("Rejected: 1. Saved.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Undone: 1. Saved.")).to_be_visible()
    expect(page.locator(f".ct-queue [data-id='{second}']")).to_have_attribute("aria-pressed", "true")
    made = _decisions(own_store)[before:]
    about = {name: [r.decision for r in made if r.target == reading_iri(name)] for name in (first, second)}
    assert about == {first: [Decision.ACCEPTED], second: [Decision.REJECTED, Decision.UNDONE]}
    assert len(made) == 3
    page.keyboard.press("j")
    expect(page.locator(f".ct-queue [data-id='{second}']")).to_have_attribute("aria-pressed", "false")


def test_what_is_listed_is_decided_at_once_and_counted(
    new_page: OpenPage, own_url: str, own_store: Path
) -> None:
    before = len(_decisions(own_store))
    page = _open(new_page, own_url, "review?type=accusation")
    listed = page.locator(".ct-queue [data-id]").evaluate_all("rows => rows.map(row => row.dataset.id)")
    shown = len(listed)
    assert shown > 5
    page.get_by_role("button", name=f"Reject these {shown}").click()
    page.get_by_role("button", name=f"Yes, save {shown}").click()
    expect(page.get_by_text(f"Rejected: {shown}. Saved.")).to_be_visible()
    made = _decisions(own_store)[before:]
    assert sorted(review.target for review in made) == sorted(map(reading_iri, listed))
    page.locator(".st-key-undo button", has_text=f"Undo all {shown}").click()
    expect(page.get_by_text(f"Undone: {shown}. Saved.")).to_be_visible()
    with open_store(own_store) as store:
        found = reviewed_acts(store, read_acts(store))
    assert all(item.act for item in found)


def test_a_correction_is_shown_on_every_page(new_page: OpenPage, own_url: str, own_store: Path) -> None:
    page = _open(new_page, own_url, "review?q=jams")
    name = _shown(page)
    page.keyboard.press("e")
    topics = page.get_by_role("combobox", name="Topics").last
    topics.fill("sanctions")
    topics.press("Enter")
    page.get_by_label("Words that say what is alleged").fill("our radio stations")
    page.get_by_label("Why (optional)").fill("it says so")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("Corrected: 1. Saved.")).to_be_visible()
    expect(page.locator(".ct-history")).to_contain_text("it says so")
    with open_store(own_store) as store:
        held = {item.act.id: item for item in reviewed_acts(store, read_acts(store)) if item.act}[name]
    assert held.act
    assert Topic.SANCTIONS in held.act.topics
    assert held.act.content
    assert held.act.content.text == "our radio stations"
    for path in ("claims?q=jams", f"statement?act={name}&doc={_document(page)}"):
        visit(page, f"{own_url}/{path}")
        expect(page.locator(".ct-card").filter(has_text="corrected by Ada").first).to_contain_text(
            "sanctions"
        )


def _document(page: Page) -> str:
    link = page.get_by_role("link", name="In its statement").first.get_attribute("href") or ""
    return re.findall(r"doc=([^&]*)", link)[0]


def test_words_that_are_not_in_the_text_are_refused(
    new_page: OpenPage, own_url: str, own_store: Path
) -> None:
    before = len(_decisions(own_store))
    page = _open(new_page, own_url)
    page.locator(".st-key-do_correct button").click()
    page.get_by_label("Words that show the act").fill("never said")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text(re.compile("do not stand in the text"))).to_be_visible()
    assert len(_decisions(own_store)) == before


def test_a_comment_decides_nothing(new_page: OpenPage, own_url: str, own_store: Path) -> None:
    page = _open(new_page, own_url, viewport={"width": 390, "height": 844})
    name = _shown(page)
    page.keyboard.press("m")
    page.get_by_label("Comment", exact=True).fill("ask the desk")
    page.get_by_role("button", name="Save the comment").click()
    expect(page.locator(".ct-history")).to_contain_text("ask the desk")
    assert _shown(page) == name
    assert _decisions(own_store)[-1].decision is Decision.COMMENTED


def test_nobody_decides_without_a_name(new_page: OpenPage, own_url: str) -> None:
    page = visit(new_page(own_url), f"{own_url}/review")
    expect(page.locator(".st-key-do_accepted button")).to_be_disabled()
    page.keyboard.press("a")
    settle(page)
    expect(page.get_by_text("Saved.")).to_have_count(0)
