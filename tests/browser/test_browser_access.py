"""Accessible in light and dark, usable on a phone: axe-core and layout on every page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import OpenPage, settle, visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "graph?node=side-cn",
    "dispute",
    "dispute?dispute=FIRST",
    "claims",
    "claims?tab=actors",
    "statement",
    "timeline",
    "review",
    "review?edit=correct",
    "analysis",
    "sparql",
    "exchange",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STREAMLIT = {("presentation-role-conflict", "stFileUploaderDropzone")}
"""Faults of Streamlit's own parts, by rule and element."""


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in STREAMLIT)
    ]


def _visit(page: Page, url: str, path: str) -> Page:
    if "FIRST" in path:
        visit(page, f"{url}/dispute")
        page.locator(".ct-row").first.click()
        page.locator(".ct-state").wait_for()
        settle(page)
    else:
        visit(page, f"{url}/{path}")
    if path.startswith("review"):
        page.get_by_label("Your name").fill("Ada")
        page.keyboard.press("Enter")
        expect(page.locator(".st-key-do_accepted button")).to_be_enabled()
        settle(page)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_fits_a_phone(new_page: OpenPage, app_url: str, path: str) -> None:
    page = _visit(new_page(app_url), app_url, path)
    light = _faults(page)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(22, 24, 29)")
    assert {"light": light, "dark": _faults(page)} == {"light": [], "dark": []}
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    for part in (page.locator("html"), page.get_by_test_id("stMain")):
        assert part.evaluate("part => part.scrollWidth - part.clientWidth") == 0


def test_page_is_in_the_language_of_its_reader(new_page: OpenPage, app_url: str) -> None:
    page = visit(new_page(app_url, locale="fr-BE"), f"{app_url}/statement")
    expect(page.get_by_role("heading", level=1)).to_have_text("Déclaration")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.locator(".ct-figure.ct-text").get_attribute("lang") in ("en", "fr")


def test_graph_has_a_twin_for_the_keyboard(new_page: OpenPage, app_url: str) -> None:
    page = visit(new_page(app_url), f"{app_url}/graph")
    page.get_by_role("combobox", name="Detail").focus()
    page.keyboard.type("China")
    page.keyboard.press("Enter")
    expect(page.locator(".ct-card").first).to_be_visible()
