"""What three users come for, from the first page to the file they leave with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from conftest import OpenPage, running_app, settle, visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STATEMENT = """Statement by the Ministry of Foreign Affairs of Tarsilia

Marvenia accuses Tarsilia of poisoning the river Lirne. We firmly reject this accusation.
The government of Marvenia has lied to its own people. Orvane denied the allegations of Marvenia.
"""


@pytest.fixture
def own_url(store_directory: Path, tmp_path: Path) -> Iterator[str]:
    """An app over a store of its own, which the journey may change."""
    shutil.copytree(store_directory, tmp_path / "store")
    with running_app(tmp_path / "store", tmp_path / "log") as url:
        yield url


def test_journalist_pastes_a_statement_and_leaves_with_a_picture(
    own_url: str, new_page: OpenPage, tmp_path: Path
) -> None:
    page = visit(new_page(own_url, viewport={"width": 390, "height": 844}), f"{own_url}/exchange")
    page.get_by_label("Text", exact=True).fill(STATEMENT)
    page.get_by_label("Title", exact=True).fill("Tarsilia answers")
    page.get_by_role("button", name="Look what is in it").first.click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    expect(page.locator(".ct-card").first).to_be_visible()
    save = page.get_by_role("button", name=re.compile("^Save"))
    save.wait_for()
    found = page.locator(".ct-card").count()
    save.click()
    expect(page.get_by_text("Saved: 1.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Overview").click()
    settle(page)
    page.get_by_role("link", name=re.compile("Tarsilia answers")).click()
    expect(page.get_by_role("heading", name=f"Acts: {found}")).to_be_visible()
    visit(page, f"{own_url}/graph")
    page.locator(".canvas[data-ready='yes']").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as an image").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_bad_file_is_named_and_the_good_one_is_read(own_url: str, new_page: OpenPage) -> None:
    page = visit(new_page(own_url), f"{own_url}/exchange")
    files = [
        {"name": "good.txt", "mimeType": "text/plain", "buffer": STATEMENT.encode()},
        {"name": "bad.txt", "mimeType": "text/plain", "buffer": b"\x00\x01\x02\x03" * 400},
    ]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("bad.txt")).to_be_visible()
    page.get_by_role("button", name="Look what is in it").last.click()
    expect(page.get_by_text(re.compile("^bad.txt: "))).to_be_visible()
    expect(page.locator(".ct-card").first).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".ct-card")).to_have_count(0)


def test_researcher_asks_and_opens_the_answer_in_gephi(
    new_page: OpenPage, app_url: str, tmp_path: Path
) -> None:
    page = visit(new_page(app_url), f"{app_url}/sparql")
    page.get_by_label("Query").fill(
        "PREFIX ct: <https://w3id.org/claimtrack/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        " SELECT ?from ?to { ?a a ct:Accusation ; ct:speaker/rdfs:label ?from ; ct:target/rdfs:label ?to }"
    )
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile(r"^Rows: \d+ in"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="GEXF (Gephi)").click()
    file = tmp_path / "answer.gexf"
    download.value.save_as(file)
    assert nx.read_gexf(file).has_edge("Marvenia", "Tarsilia")
