"""Texts that try to be more than text, on every page and in the exported picture: they stay text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import OpenPage, running_app, settle, visit
from factory import a_document, a_party, an_act
from hostile import EVIL, PAYLOADS
from playwright.sync_api import Page, expect

from kg.identifiers import document_iri
from kg.model import ActType, Extraction
from kg.store import open_store
from kg.views.graph import key

pytestmark = pytest.mark.browser

CONSTRUCT = "CONSTRUCT { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"
LABELS = f"{CONSTRUCT} WHERE {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }}"
PAGES = {
    "": 0,
    "graph": 0,
    "graph?level=actors": 0,
    "graph?level=acts&more=10": 0,
    "dispute?n=90": 60,
    "claims?type=accusation&n=80": 60,
    "claims?tab=actors": 0,
    "timeline": 10,
    f"sparql?{urlencode({'query': LABELS})}": 0,
    "exchange": 0,
    "analysis": 0,
    "analysis?part=pairs": 0,
}
"""Pages, and how many payloads at least must be seen there as text: pictures and tables are painted."""


def _extraction(number: int, payload: str) -> Extraction:
    """A document whose title, speaker, parties, quotes and text are all the payload."""
    document = a_document(
        f"They lie: {payload} We deny it.\n",
        f"hostile-{number}",
        title=payload,
        speaker=payload,
        publisher=payload,
        date="2024-01-02",
        url=f"https://{EVIL}/{number}",
    )
    target = a_party(document, payload, payload[:40].casefold())
    source = a_party(document, f"{payload} accuser", f"accuser {number}")
    sentence = document.text.strip()
    accusation = an_act(document, sentence, "lie", source=source, target=target, reasons=(payload,))
    rebuttal = an_act(
        document,
        sentence,
        "deny",
        type=ActType.REBUTTAL,
        source=target,
        target=source,
        rebuts=(accusation.id,),
    )
    return Extraction(document, (accusation, replace(rebuttal, holders=(payload,))))


def _all_in_one() -> Extraction:
    """A document that holds every payload, so that a page of one document shows them all."""
    text = "\n".join(f"They lie {number}: {payload[:400]}" for number, payload in enumerate(PAYLOADS))
    document = a_document(text, "hostile-all", title="All of them", date="2024-01-03")
    source = a_party(document, "Accuser", "accuser")
    acts = []
    for number, payload in enumerate(PAYLOADS):
        target = a_party(document, payload, "target")
        acts.append(
            an_act(document, f"They lie {number}: {payload[:400]}", "lie", source=source, target=target)
        )
    return Extraction(document, tuple(acts))


@pytest.fixture(scope="module")
def hostile() -> list[Extraction]:
    return [*(_extraction(number, payload) for number, payload in enumerate(PAYLOADS)), _all_in_one()]


@pytest.fixture(scope="module")
def hostile_url(hostile: list[Extraction], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    with open_store(folder / "store", writable=True) as store, store.batch():
        for extraction in hostile:
            store.ingest(extraction)
    with running_app(folder / "store", folder / "log") as url:
        yield url


def assert_only_text(page: Page) -> None:
    """Nothing ran, and no element of the page came from the data."""
    assert page.evaluate("window.__xss") is None
    injected = page.evaluate(
        """evil => [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a =>
            /^on/.test(a.name) ||
            (['src', 'href', 'srcset', 'data', 'action', 'poster', 'style'].includes(a.name) &&
            (a.value.includes(evil) || /^(javascript|data:text)/i.test(a.value)))
        )).map(e => e.outerHTML.slice(0, 200))""",
        EVIL,
    )
    assert injected == []


def _seen(page: Page) -> set[int]:
    """Return which payloads stand on the page letter for letter, but for spaces and what cannot be seen."""
    shown = _plain(page.get_by_test_id("stMain").evaluate("part => part.textContent"))
    return {number for number, payload in enumerate(PAYLOADS) if _plain(payload)[:60] in shown}


def _plain(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c)[0] != "C")


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text(new_page: OpenPage, hostile_url: str, path: str) -> None:
    page = visit(new_page(hostile_url), f"{hostile_url}/{path}")
    if path.startswith("graph"):
        page.locator(".canvas[data-ready='yes']").wait_for()
    assert_only_text(page)
    assert len(_seen(page)) >= PAGES[path]


def test_hostile_records_are_reviewed_as_text(new_page: OpenPage, hostile_url: str) -> None:
    page = visit(new_page(hostile_url), f"{hostile_url}/review?type=accusation&edit=correct")
    page.get_by_label("Your name").fill(f"<img src=https://{EVIL}/x.png onerror=window.__xss=1>")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save the correction")).to_be_visible()
    assert_only_text(page)
    seen = _seen(page)
    next_ = page.get_by_test_id("stMain").get_by_role("button", name="Next").last
    for number in range(2, 9):
        next_.click()
        expect(page).to_have_url(re.compile(f"page={number}"))
        settle(page)
        assert_only_text(page)
        seen |= _seen(page)
    assert len(seen) >= 60
    page.locator(".st-key-do_accepted button").click()
    expect(page.get_by_text("Accepted: 1. Saved.")).to_be_visible()
    visit(page, f"{hostile_url}/review?pile=decided")
    assert_only_text(page)


def test_hostile_texts_are_previewed_as_text(new_page: OpenPage, hostile_url: str) -> None:
    page = visit(new_page(hostile_url), f"{hostile_url}/exchange")
    lines = [f"Marvenia accuses Tarsilia of {' '.join(payload.split())[:300]} lies." for payload in PAYLOADS]
    page.get_by_label("Text", exact=True).fill("\n\n".join(lines))
    page.get_by_label("Title", exact=True).fill(PAYLOADS[0])
    page.get_by_role("button", name="Look what is in it").first.click()
    expect(page.locator(".ct-card").first).to_be_visible()
    settle(page)
    assert_only_text(page)


def test_hostile_statements_are_shown_letter_for_letter(
    new_page: OpenPage, hostile_url: str, hostile: list[Extraction]
) -> None:
    page = new_page(hostile_url)
    for extraction in (hostile[2], hostile[40], hostile[58], hostile[-3], hostile[-1]):
        name = key(document_iri(extraction.document))
        visit(page, f"{hostile_url}/statement?doc={name}&act={extraction.acts[0].id}")
        text = page.locator(".ct-figure.ct-text")
        expect(text).to_contain_text("They lie")
        shown = text.evaluate(
            """text => { const copy = text.cloneNode(true);
            copy.querySelectorAll('button').forEach(button => button.remove());
            return copy.textContent; }"""
        )
        assert shown == re.sub("\r\n?", "\n", extraction.document.text)
        assert_only_text(page)
    assert len(_seen(page)) >= 60


def test_hostile_words_in_search_and_filters(new_page: OpenPage, hostile_url: str) -> None:
    page = visit(new_page(hostile_url), f"{hostile_url}/claims")
    page.get_by_label(re.compile("Search actors")).fill(f"![x](https://{EVIL}/p.png)")
    page.keyboard.press("Enter")
    expect(
        page.get_by_test_id("stMain").get_by_role("button").filter(has_text=EVIL.split(".")[0]).first
    ).to_be_visible()
    assert_only_text(page)


def test_hostile_picture_on_its_own_page(new_page: OpenPage, hostile_url: str, tmp_path: Path) -> None:
    page = visit(new_page(hostile_url), f"{hostile_url}/graph?level=acts")
    with page.expect_download() as download:
        page.get_by_role("button", name="Standalone page").click()
    file = tmp_path / "graph.html"
    download.value.save_as(file)
    alone = new_page("file://")
    alone.goto(file.as_uri())
    alone.wait_for_function("typeof network !== 'undefined' && network.body.nodeIndices.length > 60")
    for node in alone.evaluate("network.body.nodeIndices.slice(0, 40)"):
        x, y = alone.evaluate(
            """id => { network.focus(id, {scale: 1, animation: false});
            const p = network.canvasToDOM(network.getPositions([id])[id]);
            const box = document.getElementById('mynetwork').getBoundingClientRect();
            return [p.x + box.x, p.y + box.y]; }""",
            node,
        )
        alone.mouse.move(x - 3, y)
        alone.mouse.move(x, y)
    assert_only_text(alone)
