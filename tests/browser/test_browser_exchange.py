"""Import & export in a real browser: choose acts, take a file away, bring a graph back in."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest
from conftest import running_app, visit
from example import extractions
from playwright.sync_api import Page, expect

from kg.model import ActType
from kg.store import open_store

pytestmark = pytest.mark.browser

ACTS = [act for extraction in extractions() for act in extraction.acts]


@pytest.fixture(scope="module")
def empty_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(
        tmp_path_factory.mktemp("empty") / "store", tmp_path_factory.mktemp("log") / "log"
    ) as url:
        yield url


def export_tab(page: Page, url: str) -> None:
    visit(page, url)
    page.get_by_role("tab", name="Export").click()


def saved(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value.path()


def test_the_chosen_acts_are_taken_away_as_a_table_and_a_network(page: Page, app_url: str) -> None:
    export_tab(page, f"{app_url}/exchange?type=rebuttal")
    rebuttals = {act.id for act in ACTS if act.type is ActType.REBUTTAL}
    expect(page.get_by_text(f"Chosen: {len(rebuttals)} of {len(ACTS)} acts.")).to_be_visible()
    rows = csv.DictReader(saved(page, "Table of acts (CSV)").read_text(encoding="utf-8").splitlines())
    assert {row["id"] for row in rows} == rebuttals
    assert nx.read_graphml(saved(page, "GraphML"), force_multigraph=True).number_of_edges() == len(rebuttals)


def test_a_saved_question_with_a_parameter_chooses(page: Page, app_url: str) -> None:
    export_tab(page, f"{app_url}/exchange?question=accusations&p_accused_side=US")
    page.get_by_text("Only what a saved question answers").click()
    accused = {act.act for act in ACTS if act.type is ActType.ACCUSATION and act.target.side == "US"}
    expect(page.get_by_text(f"The answer names {len(accused)} acts or statements.")).to_be_visible()
    rows = csv.DictReader(saved(page, "Table of acts (CSV)").read_text(encoding="utf-8").splitlines())
    assert {row["act"] for row in rows} == accused


def test_a_parameter_is_filled_into_the_query(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/sparql?question=long-unanswered")
    days = page.get_by_label("Number of days")
    days.fill("100")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Query")).to_have_value(re.compile(r'VALUES \?days { "?100'))
    days.fill("soon")
    page.keyboard.press("Tab")
    expect(page.get_by_text("'soon' cannot be days")).to_be_visible()


def test_an_exported_graph_is_shown_and_brought_in(
    new_page: Callable[..., Page], app_url: str, empty_url: str, tmp_path: Path, store_directory: Path
) -> None:
    source = new_page(app_url)
    export_tab(source, f"{app_url}/exchange")
    file = tmp_path / "graph.ttl"
    file.write_bytes(saved(source, "Turtle").read_bytes())
    page = visit(new_page(empty_url), f"{empty_url}/exchange")
    page.get_by_test_id("stFileUploader").locator("input").set_input_files(file)
    page.get_by_text("graph.ttl").wait_for()
    page.get_by_role("button", name=re.compile("Look")).last.click()
    expect(
        page.get_by_text(f"“graph.ttl”: {len(extractions())} statements, {len(ACTS)} acts")
    ).to_be_visible()
    page.get_by_role("button", name=f"Save {len(extractions())} statements").click()
    expect(page.get_by_text(f"Saved: {len(extractions())}.")).to_be_visible()
    visit(page, f"{empty_url}/exchange")
    page.get_by_role("tab", name="Export").click()
    again = saved(page, "N-Quads").read_bytes()
    with open_store(store_directory) as store:
        assert again.count(b"\n") == sum("vocabulary" not in str(q.graph_name) for q in store.quads())
