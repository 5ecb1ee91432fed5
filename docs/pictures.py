"""Takes the pictures of the app that the README and docs/app.md show.

Builds a store from ``data/`` with the links between its statements, opens the app over it and takes a picture
of every page on a desktop (light and dark) and on a phone::

    python docs/pictures.py            # writes docs/images/*.png
    python docs/pictures.py --all DIR  # every page, look and width, for looking through
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
KG = str(Path(sys.executable).with_name("kg"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PORT = 8597
ADDRESS = f"http://127.0.0.1:{PORT}"
PATIENCE = 120_000
"""Milliseconds to wait for a page."""
PAGES = {
    "overview": "",
    "graph": "graph?node=side-xt",
    "disputes": "dispute",
    "dispute": "dispute?order=repeated",
    "claims": "claims",
    "actors": "claims?tab=actors",
    "statement": "statement",
    "timeline": "timeline?from=2023-01-01",
    "review": "review",
    "analysis": "analysis",
    "sparql": "sparql?question=contested",
    "exchange": "exchange",
}
"""Pages by the name of their picture.  On ``dispute`` the first one of the list is opened."""


class Look(NamedTuple):
    """How a page is looked at."""

    name: str
    width: int
    height: int
    scheme: str


LOOKS = (
    Look("", 1400, 950, "light"),
    Look("-dark", 1400, 950, "dark"),
    Look("-phone", 390, 844, "light"),
    Look("-phone-dark", 390, 844, "dark"),
)
KEPT = {
    "": set(PAGES) - {"actors", "disputes"},
    "-dark": {"graph"},
    "-phone": {"review", "dispute"},
    "-phone-dark": set[str](),
}
"""The pictures that are kept in the repository, by look."""


@contextmanager
def running_app() -> Iterator[None]:
    """Build the example store in a temporary folder and run the app over it."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-pictures-") as folder:
        store = ["--store", f"{folder}/store"]
        data = ["data/statements", "data/example-dispute"]
        subprocess.run([KG, "ingest", *data, *store], cwd=ROOT, check=True)
        subprocess.run([KG, "link", *store], cwd=ROOT, check=True)
        app = subprocess.Popen([KG, "app", *store, "--port", str(PORT)], cwd=folder)
        try:
            _wait(app)
            yield
        finally:
            app.terminate()
            app.wait(20)


def _wait(app: subprocess.Popen[bytes]) -> None:
    while app.poll() is None:
        try:
            with urllib.request.urlopen(f"{ADDRESS}/_stcore/health", timeout=5) as answer:
                if answer.read() == b"ok":
                    return
        except URLError:
            continue
    raise SystemExit("the app ended")


def settle(page: Page) -> None:
    """Wait until the page is drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.get_by_role("heading", level=1).first.wait_for()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def take(browser: Browser, look: Look, names: set[str], folder: Path) -> None:
    """Take the pictures of some pages in one look."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height}, color_scheme=look.scheme, locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    for name, path in PAGES.items():
        if name not in names:
            continue
        page.goto(f"{ADDRESS}/{path}")
        settle(page)
        if name == "dispute":
            page.locator(".ct-row").first.click()
            page.locator(".ct-state").wait_for()
            settle(page)
        if name == "graph":
            page.locator(".canvas[data-ready='yes']").wait_for()
        if name == "review":
            page.get_by_label("Your name").fill("Ada")
            page.keyboard.press("Enter")
            expect(page.locator(".st-key-do_accepted button")).to_be_enabled()
            settle(page)
        page.screenshot(path=folder / f"{name}{look.name}.png")
    context.close()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, help="take every picture, into this folder")
    folder = parser.parse_args().all
    target = folder or IMAGES
    target.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with running_app(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for look in LOOKS:
            take(browser, look, set(PAGES) if folder else KEPT[look.name], target)
        browser.close()


if __name__ == "__main__":
    main()
