"""The report, its tables and pictures: what they show, that it can be checked, and that nothing gets in."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.analysis import (
    Analysis,
    Level,
    Options,
    analyse,
    archive,
    figures,
    render_report,
    tables,
)
from kg.analysis.words import Words, _texts
from kg.cli import app
from kg.disputes.linking import link_store
from kg.model import Extraction
from kg.store.store import Store, open_store
from kg.views.style import BLUE, GREEN, GREY, PURPLE, VERMILLION
from tests.example import extractions
from tests.linking import Said, a_statement

HOSTILE = '<script>alert(1)</script> They lied & "<img src=x onerror=alert(2)>".'
PNG = b"\x89PNG\r\n"


class Seen(HTMLParser):
    """Anchors, links, tags and texts of a page; raises where tags do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in {"src", "href", "xlink:href", "srcset", "data", "action"}:
                self.loads.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += data


def a_store(found: list[Extraction]) -> Store:
    store = open_store(None, writable=True)
    for extraction in found:
        store.ingest(extraction)
    return store


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    store = a_store(extractions())
    link_store(store)
    return analyse(store)


@pytest.fixture(scope="module")
def pages(analysis: Analysis) -> dict[str, str]:
    """The report, in both languages."""
    return {language: render_report(analysis, language) for language in ("en", "fr")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_number_leads_to_acts_with_words_document_and_date(
    analysis: Analysis, pages: dict[str, str], language: str
) -> None:
    page = Seen(pages[language])
    inside = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert set(analysis.evidence) <= set(inside)
    for shown in analysis.evidence.values():
        least = 1 if shown.what == "carried" else min(shown.evidence.count, 12)
        assert least <= len(shown.evidence.items) <= shown.evidence.count
        for item in shown.evidence.items:
            assert item.act.sentence in page.words
            assert item.act.act in page.words
            assert item.source.title.split("\n")[0][:40] in page.words


def test_evidence_is_what_the_number_counts(analysis: Analysis) -> None:
    for row in analysis.pairs:
        ends = f"{row.source}--{row.target}"
        for what, count in (
            ("pair", row.accusations),
            ("answered", row.by_accused),
            ("open", row.unanswered),
        ):
            if count:
                items = analysis.evidence[f"{what}--{ends}"].evidence.items
                assert len({item.act.act for item in items}) == count
                assert all((not item.answers) == (what == "open") for item in items if what != "pair")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_loaded_and_nothing_runs(pages: dict[str, str], language: str) -> None:
    page = Seen(pages[language])
    assert all(load.startswith("#") for load in page.loads)
    assert not {"script", "iframe", "img", "object", "form", "link"} & set(page.tags)
    assert "url(http" not in pages[language]


def test_quoted_words_cannot_become_markup() -> None:
    said = Said(HOSTILE, "<b>Ruritania</b>", 'X"onclick="alert(3)')
    found = analyse(a_store([a_statement("evil", "2024-03-01", said, title="<i>t</i>", url="javascript:x")]))
    page = Seen(render_report(found, "en", app="https://app.example/"))
    assert not {"script", "img", "b", "i"} & set(page.tags) - {"b"}
    assert HOSTILE in page.words
    assert not [link for link in page.links if link.startswith("javascript")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_can_be_read_by_everybody(pages: dict[str, str], language: str) -> None:
    text = pages[language]
    page = Seen(text)
    assert f'<html lang="{language}">' in text
    assert len(page.ids) == len(set(page.ids))
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert text.count('role="img" aria-label="') == 4
    assert text.count("<th scope=") == text.count("<th ")


def test_both_languages_have_the_same_texts() -> None:
    english, french = _texts("en"), _texts("fr")
    assert english.keys() == french.keys()
    for key in english.keys() - {"articles"}:
        places = [set(re.findall(r"\{(\w+)\}", texts[key])) for texts in (english, french)]
        assert places[1] <= places[0] | {"n"}, key
        assert places[0] <= places[1], key


def test_wording_never_judges() -> None:
    words = " ".join(
        text for texts in (_texts("en"), _texts("fr")) for text in texts.values() if isinstance(text, str)
    )
    disclaimers = Words("en")("disclaimer") + Words("fr")("disclaimer")
    for word in ("true", "false", "proves", "guilty", "vraie", "fausse", "coupable", "liar"):
        assert len(re.findall(rf"\b{word}\b", words)) == len(re.findall(rf"\b{word}\b", disclaimers))


def test_sentences_can_be_quoted() -> None:
    said = Said("Soldiers burned the school.", "US", "XB")
    found = analyse(a_store([a_statement(f"d{n}", f"2024-03-0{n}", said) for n in (1, 2)]))
    pages = (Seen(render_report(found, language)) for language in ("en", "fr"))
    english, french = (" ".join(page.words.split()) for page in pages)
    assert "The United States accused XB 2 times (from 1 March 2024 to 2 March 2024), according to" in english
    assert "XB does not answer any of them in these documents." in english
    assert "États-Unis contre XB, d’après ces documents : 2 fois (du 1 mars 2024 au 2 mars 2024)." in french


def test_links_lead_to_the_pages_of_the_app(analysis: Analysis, pages: dict[str, str]) -> None:
    links = Seen(render_report(analysis, "en", app="https://app.example/")).links
    item = next(iter(analysis.evidence.values())).evidence.items[0]
    document = item.source.iri.rpartition("/")[2]
    assert f"https://app.example/statement?doc={document}&act={item.act.id}" in links
    pair = analysis.pairs[0]
    assert f"https://app.example/graph?node={pair.source}~accuses~{pair.target}" in links
    assert not [link for link in Seen(pages["en"]).links if "statement?" in link]


def test_the_same_store_gives_the_same_bytes(analysis: Analysis) -> None:
    store = a_store(list(reversed(extractions())))
    link_store(store)
    assert archive(analyse(store), "fr") == archive(analysis, "fr")


def test_tables_are_the_results(analysis: Analysis) -> None:
    found = tables(analysis)
    rows = list(csv.DictReader(io.StringIO(found["pairs"].to_csv())))
    assert [int(row["accusations"]) for row in rows] == [row.accusations for row in analysis.pairs]
    assert json.loads(found["standings"].to_json())[0]["node"] == analysis.standings[0].node
    assert len(found["edges"].rows) == analysis.graph.number_of_edges()
    assert {row[0] for row in found["camps"].rows} == set(range(1, len(analysis.camps.camps) + 1))


def test_the_archive_holds_report_tables_and_pictures(analysis: Analysis, pages: dict[str, str]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(analysis, "en"))) as packed:
        names = packed.namelist()
        assert packed.read("claimtrack-analysis.en.html").decode() == pages["en"]
        assert packed.read("figures/network.png").startswith(PNG)
    assert {f"tables/{name}.csv" for name in tables(analysis)} <= set(names)
    assert {f"figures/{name}.svg" for name in figures(analysis, "en")} <= set(names)


def test_pictures_are_drawn_in_colours_that_can_be_told_from_white(analysis: Analysis) -> None:
    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in (BLUE, GREEN, VERMILLION, PURPLE, GREY))
    drawn = b"".join(figures(analysis, "en").values()).decode()
    used = {colour.upper() for colour in re.findall(r"(?:fill|stroke): (#[0-9a-fA-F]{6})", drawn)}
    faint = {colour for colour in used - {"#FFFFFF"} if 1.05 / (luminance(colour) + 0.05) < 3}
    assert not faint
    assert {BLUE, VERMILLION} <= used


def test_a_store_without_acts_has_a_report_that_says_so() -> None:
    found = analyse(open_store(None, writable=True))
    assert "There is nothing to report here." in render_report(found, "en")
    assert figures(found, "en") == {}
    assert all(not table.rows for name, table in tables(found).items() if name != "balance")


def test_actors_are_shown_apart_if_asked(analysis: Analysis) -> None:
    store = a_store(extractions())
    apart = analyse(store, Options(Level.ACTORS))
    assert len(apart.standings) > len(analysis.standings)
    assert "A party is an actor" in render_report(apart, "en")


# The command --------------------------------------------------------------------------------------------


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store", writable=True) as store:
        for extraction in extractions():
            store.ingest(extraction)
    return tmp_path / "store"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["analyse", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_writes_page_archive_or_folder(on_disk: Path, tmp_path: Path) -> None:
    for name in ("page.html", "all.zip", "folder"):
        run(tmp_path / name, "--store", on_disk, "--lang", "fr")
    assert "Qui accuse qui" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert zipfile.is_zipfile(tmp_path / "all.zip")
    assert (tmp_path / "folder" / "tables" / "pairs.csv").exists()


def test_the_command_prints_a_summary_or_all_tables(on_disk: Path) -> None:
    assert "accuser" in run("--store", on_disk)
    found = json.loads(run("--store", on_disk, "--json", "--level", "actors", "--since", "2020"))
    assert found["pairs"][0]["accusations"] >= 1
