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


def test_a_refused_query_shows_the_reason(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-GB")  # Without the guard: the refusal is a failed request.
    page.goto(address)
    page.get_by_label("Query").fill("SELECT * { SERVICE <http://example.org/> {} }")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("SERVICE in line 1, column 12 is refused")
    page.close()
