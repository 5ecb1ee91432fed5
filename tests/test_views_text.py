"""Untrusted text stays text."""

from __future__ import annotations

import csv
import html
import io
import re
from html.parser import HTMLParser

import pytest
from hostile import PAYLOADS
from hypothesis import given
from hypothesis import strategies as st

from kg.views.tables import to_csv, to_json
from kg.views.text import as_html, as_markdown, fold, one_line


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 60
    assert len(set(PAYLOADS)) == len(PAYLOADS)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("text", PAYLOADS)
def test_html_escape_leaves_no_tag_and_loses_nothing(text: str) -> None:
    parser = _Tags()
    parser.feed(f'<p title="{as_html(text)}">{as_html(text)}</p>')
    assert parser.tags == ["p"]
    assert html.unescape(as_html(text)) == text


@pytest.mark.parametrize("text", PAYLOADS)
def test_markdown_escape_leaves_no_sign_unescaped(text: str) -> None:
    escaped = as_markdown(text)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)[\[\]`*_<>$~|#!:]", escaped.replace("\\\\", ""))
    assert not re.search(r"https?:|www\.", escaped)


@given(st.text())
def test_one_line_is_one_short_line(text: str) -> None:
    line = one_line(text, 40)
    assert len(line) <= 40
    assert not re.search(r"[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069\x00-\x1f]", line)


def test_fold_ignores_case_and_accents() -> None:
    assert fold("Élysée STRASSE") == fold("elysee strasse")


def test_csv_runs_no_formula_in_a_spreadsheet() -> None:
    rows = [{"quote": text} for text in PAYLOADS]
    cells = [cell for (cell,) in csv.reader(io.StringIO(to_csv(rows, ["quote"]), newline=""))][1:]
    assert len(cells) == len(PAYLOADS)
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    assert all(
        cell.removeprefix("'") == text.removeprefix("'") for cell, text in zip(cells, PAYLOADS, strict=True)
    )


def test_json_keeps_every_text_as_it_is() -> None:
    import json

    assert [row["quote"] for row in json.loads(to_json([{"quote": text} for text in PAYLOADS]))] == PAYLOADS
