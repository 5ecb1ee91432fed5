"""What three users come for, from the first page to the file they leave with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from conftest import OpenPage, running_app, settle, visit
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from rdflib import RDFS, Graph, Literal, URIRef

from kg.identifiers import BASE, VOC, reading_iri

pytestmark = pytest.mark.browser

STATEMENT = """Statement by the Ministry of Foreign Affairs of Tarsilia

Marvenia accuses Tarsilia of poisoning the river Lirne. We firmly reject this accusation.
The government of Marvenia has lied to its own people. Orvane denied the allegations of Marvenia.
"""


LOOKS = {
    "desktop": {"viewport": {"width": 1400, "height": 950}},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
everywhere = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)


@pytest.fixture
def own_url(store_directory: Path, tmp_path: Path) -> Iterator[str]:
    """An app over a store of its own, which the journey may change."""
    shutil.copytree(store_directory, tmp_path / "store")
    with running_app(tmp_path / "store", tmp_path / "log") as url:
        yield url


@everywhere
def test_journalist_pastes_a_statement_and_leaves_with_a_picture(
    own_url: str, new_page: OpenPage, look: dict[str, object]
) -> None:
    page = visit(new_page(own_url, **look), f"{own_url}/exchange")
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


@everywhere
def test_analyst_follows_a_dispute_corrects_two_acts_and_exports_turtle(
    own_url: str, new_page: OpenPage, look: dict[str, object], tmp_path: Path
) -> None:
    page = visit(new_page(own_url, **look), f"{own_url}/dispute?state=contested")
    page.locator(".ct-row").filter(has_text="Tarsilia").first.click()
    expect(page.get_by_role("heading", name="In order of time")).to_be_visible()
    settle(page)
    dispute, acts = page.url, []
    for topic in ("sanctions", "corruption"):
        page.get_by_role("link", name="Check or correct").nth(len(acts)).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Review")
        acts.append(_correct_topic(page, topic))
        visit(page, dispute)
        expect(page.locator(".ct-chip", has_text="corrected by Ada")).to_have_count(len(acts))
    with page.expect_download() as download:
        page.get_by_role("button", name="Turtle").click()
    graph = Graph().parse(data=download.value.path().read_bytes(), format="turtle")
    for act, topic in zip(acts, ("sanctions", "corruption"), strict=True):
        found = set(graph.objects(URIRef(reading_iri(act)), URIRef(f"{BASE}ns#topic")))
        assert URIRef(f"{VOC}topic/{topic}") in found
    assert set(graph.objects(None, RDFS.label)) >= {Literal("Ada")}
    reviews = graph.subjects(URIRef(f"{BASE}ns#decision"), URIRef(f"{VOC}review/corrected"))
    targets = {graph.value(review, URIRef("http://www.w3.org/ns/oa#hasTarget")) for review in reviews}
    assert targets == {URIRef(reading_iri(act)) for act in acts}


def _choose(page: Page, topic: str) -> None:
    """Pick a topic of the form; opens the list again where a page that is still being drawn has closed it."""
    topics = page.get_by_role("combobox", name="Topics").last
    option = page.get_by_role("option", name=topic, exact=True)
    for _ in range(3):
        topics.click()
        try:
            option.click(timeout=10_000)
            break
        except PlaywrightTimeoutError:
            settle(page)
    topics.press("Escape")  # closes the list, which lies over the form
    expect(page.get_by_role("option")).to_have_count(0)


def _correct_topic(page: Page, topic: str) -> str:
    """Add a topic to the open record on the Review page; return the record's id."""
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-do_correct button")).to_be_enabled()
    settle(page)
    page.locator(".st-key-do_correct button").click()
    page.get_by_role("button", name="Save the correction").wait_for()
    settle(page)
    _choose(page, topic)
    settle(page)
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("Corrected: 1. Saved.")).to_be_visible()
    return re.findall(r"act=([\w-]+)", page.url)[0]


@everywhere
def test_researcher_asks_and_opens_the_answer_in_gephi(
    new_page: OpenPage, app_url: str, tmp_path: Path, look: dict[str, object]
) -> None:
    page = visit(new_page(app_url, **look), f"{app_url}/sparql")
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
    expect(page).to_have_url(re.compile("query=PREFIX"))
    again = visit(new_page(app_url, **look), page.url)
    expect(again.get_by_text(re.compile(r"^Rows: \d+ in"))).to_be_visible()
