"""Each page in a real browser: it draws, says nothing in the console and asks nothing of the network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import OpenPage, settle, visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def place_of(page: Page, node: str) -> tuple[float, float]:
    """Return where a node of the graph is on the screen."""
    canvas = page.locator(".canvas[data-ready='yes']")
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    place = canvas.evaluate(
        "(box, id) => { const n = box.view.network; return n.canvasToDOM(n.getPositions([id])[id]); }", node
    )
    return box["x"] + place["x"], box["y"] + place["y"]


def test_overview_leads_to_the_evidence(page: Page, app_url: str) -> None:
    visit(page, app_url)
    expect(page.get_by_role("heading", level=1)).to_have_text("ClaimTrack")
    page.get_by_role("button", name=re.compile("^Marvenia accuses Tarsilia")).click()
    expect(page).to_have_url(re.compile(r"/graph\?.*accuses"))
    settle(page)
    expect(page.locator(".ct-card").first).to_contain_text("poisoning the river Ombre")


def test_graph_click_shows_the_quoted_evidence(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/graph")
    page.mouse.click(*place_of(page, "side-cn"))
    expect(page).to_have_url(re.compile("node=side-cn"))
    expect(page.locator(".ct-card").first).to_be_visible()
    page.get_by_role("link", name="In its statement").first.click()
    expect(page).to_have_url(re.compile(r"/statement\?.*act="))
    settle(page)
    expect(page.locator(".ct-chosen-cue").first).to_be_visible()


def test_graph_edges_and_labels_come_from_the_link(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/graph?level=acts&kinds=actor,accusation")
    canvas = page.locator(".canvas[data-ready='yes']")
    canvas.wait_for()
    shapes = canvas.evaluate("box => [...new Set(box.view.nodes.get().map(n => n.shape))].sort()")
    assert shapes == ["diamond", "dot"]


def test_graph_keeps_positions_when_a_filter_changes(page: Page, app_url: str) -> None:
    read = "box => box.view.network.getPositions()"
    visit(page, f"{app_url}/graph")
    before = page.locator(".canvas[data-ready='yes']").evaluate(read)
    visit(page, f"{app_url}/graph?rel=answers")
    after = page.locator(".canvas[data-ready='yes']").evaluate(read)
    assert 0 < len(after) < len(before)
    assert after == {name: before[name] for name in after}


def test_graph_export_opens_offline(page: Page, app_url: str, new_page: OpenPage, tmp_path: Path) -> None:
    visit(page, f"{app_url}/graph")
    with page.expect_download() as download:
        page.get_by_role("button", name="Standalone page").click()
    file = tmp_path / "graph.html"
    download.value.save_as(file)
    alone = new_page("file://")
    alone.goto(file.as_uri())
    expect(alone.get_by_role("heading", level=1)).to_have_text("Who accuses whom")
    alone.wait_for_function("typeof network !== 'undefined' && network.body.nodeIndices.length > 3")


def test_claims_filters_find_words(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/claims")
    page.get_by_label("Words").fill("withdraw remark")
    page.keyboard.press("Enter")
    expect(page.locator(".ct-card")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=withdraw"))


def test_claims_download_holds_what_is_listed(page: Page, app_url: str, tmp_path: Path) -> None:
    visit(page, f"{app_url}/claims?q=withdraw")
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").first.click()
    rows = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [row["source"] for row in rows] == ["Tarsilia"]
    assert "We withdraw" in rows[0]["quote"]


def test_statement_marks_are_buttons(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/statement")
    page.get_by_role("button", name=re.compile(r"^1\. ")).first.click()
    expect(page.locator(".ct-number[aria-pressed='true']")).to_have_count(1)
    expect(page).to_have_url(re.compile("act="))


def test_timeline_signs_work_by_keyboard(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/timeline")
    sign = page.locator(".ct-sign").first
    sign.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ct-sign[aria-pressed='true']")).to_have_count(1)
    expect(page.locator(".ct-card").first).to_be_visible()


def test_dispute_tells_who_accuses_and_who_answers_in_time(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/dispute?state=contested")
    page.locator(".ct-row").filter(has_text="Tarsilia").first.click()
    expect(page).to_have_url(re.compile("dispute="))
    expect(page.locator(".ct-state-contested")).to_contain_text("somebody rebuts it")
    expect(page.get_by_text("Accuses first", exact=True)).to_be_visible()
    expect(page.locator(".ct-card-rebuttal").first).to_contain_text("answers")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator(".ct-row").first).to_be_visible()


def test_sparql_answers_and_refuses(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/sparql")
    page.get_by_role("button", name=re.compile("Run")).click()
    expect(page.get_by_text(re.compile(r"^Rows: \d+ in"))).to_be_visible()
    page.get_by_label("Query").fill("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The query was not run.")).to_be_visible()
    expect(page.get_by_text(re.compile("SERVICE .* is refused"))).to_be_visible()


def test_export_gives_turtle_that_parses(page: Page, app_url: str) -> None:
    from rdflib import Graph

    visit(page, f"{app_url}/exchange")
    page.get_by_role("tab", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Turtle").click()
    assert len(Graph().parse(download.value.path(), format="turtle")) > 100


def test_search_jumps_to_an_actor_from_any_page(page: Page, app_url: str) -> None:
    visit(page, f"{app_url}/sparql")
    page.get_by_label(re.compile("Search actors")).fill("tarsilia")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Tarsilia")).first.click()
    expect(page).to_have_url(re.compile(r"/claims\?actor="))


def test_menu_reaches_every_page(page: Page, app_url: str) -> None:
    visit(page, app_url)
    names = page.get_by_test_id("stSidebarNavLink").all_inner_texts()
    assert len(names) >= 8
    for number, name in enumerate(names):
        page.get_by_test_id("stSidebarNavLink").nth(number).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "ClaimTrack" if number == 0 else name.split("\n")[-1]
        )
        settle(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
