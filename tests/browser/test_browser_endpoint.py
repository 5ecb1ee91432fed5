"""The endpoint's query page in a real browser: saved questions, answers, downloads, errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from endpoint_server import endpoint
from playwright.sync_api import Browser, Page, expect

from kg.store import open_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(store_directory: Path) -> Iterator[str]:
    """The endpoint over the store of the app's tests."""
    with endpoint(store_directory) as url:
        yield url


def test_a_saved_question_is_asked_and_its_answer_downloaded(
    new_page: Callable[..., Page], address: str, store_directory: Path
) -> None:
    with open_store(store_directory) as store:
        documents = store.stats().documents
    page = new_page(address)
    page.goto(address)
    page.get_by_label("Saved questions").select_option("documents")
    query = page.get_by_label("Query")
    expect(query).to_have_value(re.compile("ct:Document"))
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#result tbody tr")).to_have_count(documents)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8").splitlines()) > documents
    page.locator("#result a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("id:doc-")


def test_the_editor_runs_with_the_keyboard_and_says_what_is_wrong(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(address, locale="fr-BE")
    page.goto(address)
    query = page.get_by_label("Requête")
    query.fill("CONSTRUCT { <a:s> <a:p> '<img src=x onerror=alert(1)>' } {}")
    query.press("Control+Enter")
    expect(page.locator("#result pre")).to_contain_text("<img src=x")
    query.fill("ASK {}")
    query.press("Control+Enter")
    expect(page.locator("#result pre")).to_have_text("true")


def test_prefixes_are_declared_and_the_address_keeps_the_query(
    new_page: Callable[..., Page], address: str
) -> None:
    page = new_page(address)
    page.goto(address)
    text = "SELECT ?d ?n { ?d a ct:Document ; dcterms:identifier ?n } # all\nORDER BY ?n"
    page.get_by_label("Query").fill(text)
    expect(page.locator("#colours .keyword")).to_have_text(["SELECT", "a", "ORDER", "BY"])
    expect(page.locator("#colours .comment")).to_have_text("# all")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_label("Query")).to_have_value(re.compile("^PREFIX ct: .*\nPREFIX dcterms: .*\nSELECT"))
    names = page.locator("#result tbody td:nth-child(2)")
    expect(names.first).to_be_visible()
    ordered = names.all_inner_texts()
    page.locator("#result th button").last.dblclick()
    expect(page.locator("#result th").last).to_have_attribute("aria-sort", "descending")
    assert names.all_inner_texts() == ordered[::-1]
    again = new_page(address)
    again.goto(page.url)
    expect(again.get_by_label("Query")).to_have_value(page.get_by_label("Query").input_value())


def test_a_parameter_of_a_saved_question_is_filled_in(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(address)
    page.goto(address)
    page.get_by_label("Saved questions").select_option("accusations")
    page.get_by_label("Side of the accused, such as CN").fill("US")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Query")).to_have_value(re.compile(r'VALUES \?accused_side { "US" }'))
    page.get_by_role("button", name="Run").click()
    accused = page.locator("#result tbody td:nth-child(3)")
    expect(accused.first).to_be_visible()
    assert set(accused.all_inner_texts()) <= {"United States", "US Department of Justice"}


def test_the_ontology_is_a_page_with_diagrams(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(address)
    page.goto(address)
    page.get_by_role("link", name="Ontology").click()
    expect(page.locator("svg.diagram")).to_have_count(2)
    page.locator("svg.diagram a", has_text=re.compile("^rebuts$")).click()
    expect(page.locator("#rebuts")).to_be_in_viewport()
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ontologie ClaimTrack")


def test_a_refused_query_shows_the_reason(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-GB")  # Without the guard: the refusal is a failed request.
    page.goto(address)
    page.get_by_label("Query").fill("SELECT * { SERVICE <http://example.org/> {} }")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("SERVICE in line 1, column 12 is refused")
    page.close()
