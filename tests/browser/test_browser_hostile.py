"""Texts that try to be more than text, on every page and in the exported picture: they stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import OpenPage, running_app, visit
from factory import a_document, a_party, an_act
from hostile import EVIL, PAYLOADS
from playwright.sync_api import Page, expect

from kg.identifiers import document_iri
from kg.model import ActType, Extraction
from kg.store import open_store
from kg.views.graph import key

pytestmark = pytest.mark.browser

PAGES = ["", "graph", "graph?level=actors", "graph?level=acts", "dispute", "claims", "timeline", "sparql"]


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


@pytest.fixture(scope="module")
def hostile() -> list[Extraction]:
    return [_extraction(number, payload) for number, payload in enumerate(PAYLOADS)]


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


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text(new_page: OpenPage, hostile_url: str, path: str) -> None:
    page = visit(new_page(hostile_url), f"{hostile_url}/{path}")
    if path.startswith("graph"):
        page.locator(".canvas[data-ready='yes']").wait_for()
    assert_only_text(page)


def test_hostile_statements_are_shown_letter_for_letter(
    new_page: OpenPage, hostile_url: str, hostile: list[Extraction]
) -> None:
    page = new_page(hostile_url)
    for extraction in (hostile[2], hostile[40], hostile[58], hostile[-2]):
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
