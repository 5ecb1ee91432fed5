"""How long the app's pages take to be drawn over a store with many acts, in a real browser.

    python benchmarks/bench_app.py [ACTS] [--store DIR]

Makes a store of a thousand acts and one of ACTS (a million unless said), with the index that the app keeps
beside a store, and opens every page of both: each time in a new browser profile, so that nothing is cached.
Printed are the fastest of some rounds for both and their ratio.  A store of a million acts takes half an hour
to make and 10 GB; with ``--store`` it is kept and found again.  Exit code 1 if a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
import app_store  # noqa: E402
from conftest import FLAGS, running_app, settle  # noqa: E402  the tests know how to start the app

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ROUNDS = 3
SMALL, MILLION = 1_000, 1_000_000
PATIENCE = 600_000
PICTURE_SECONDS = 3.0
"""Bound for the first picture of the graph with 300 nodes."""
PAGES = {
    "graph of 300 actors": "graph?level=actors",
    "graph of sides": "graph",
    "graph of every act": "graph?level=acts",
    "overview": "",
    "disputes": "dispute",
    "claims": "claims",
    "claims, words and topic": "claims?q=bribed&topic=corruption",
    "statement": "statement",
    "timeline": "timeline",
    "review": "review",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An app over a store: where it is and how the browser is."""

    browser: Browser
    url: str

    def seconds(self, path: str, act: Callable[[Page], None] | None = None) -> float:
        """Return how long a page takes from the address to the picture, or an act on it takes."""
        context = self.browser.new_context(viewport={"width": 1400, "height": 950}, locale="en-GB")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        started = time.perf_counter()
        page.goto(f"{self.url}/{path}")
        _drawn(page, path)
        spent = time.perf_counter() - started
        if act:
            settle(page)
            started = time.perf_counter()
            act(page)
            spent = time.perf_counter() - started
        context.close()
        return spent


def _drawn(page: Page, path: str) -> None:
    if path.startswith("graph"):
        page.locator(".canvas[data-ready='yes']").wait_for()
    else:
        settle(page)


def _decide(page: Page) -> None:
    """Accept a record with a key, and wait until it is said to be saved."""
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-do_accepted button")).to_be_enabled()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("a")
    expect(page.get_by_text("Accepted: 1. Saved.")).to_be_visible()


def measure(browser: Browser, store: Path, rounds: int) -> dict[str, float]:
    """Return the fastest time of every page over a store."""
    found: dict[str, float] = {}
    with running_app(store, store.parent / f"{store.name}.log") as url:
        opened = Opened(browser, url)
        found["first page after the start"] = opened.seconds("")
        for name, path in PAGES.items():
            found[name] = min(opened.seconds(path) for _ in range(rounds))
        found["a decision, saved and shown"] = min(opened.seconds("review", _decide) for _ in range(rounds))
    return found


def prepare(store: Path, acts: int) -> None:
    """Make a store and its index, unless it is there."""
    if (store / "CURRENT").exists() and (store / "derived").exists():
        return
    started = time.perf_counter()
    if not (store / "CURRENT").exists():
        app_store.build(store, acts)
    app_store.index(store, acts)
    print(f"made a store of {acts:,} acts in {time.perf_counter() - started:.0f} s", flush=True)


def main() -> int:
    """Measure and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("acts", nargs="?", type=int, default=MILLION)
    parser.add_argument("--store", type=Path, help="where the large store is, or is to be kept")
    asked = parser.parse_args()
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory(prefix="claimtrack-bench-") as name, sync_playwright() as playwright:
        small, large = Path(name) / "small", asked.store or Path(name) / "large"
        prepare(small, SMALL)
        prepare(large, asked.acts)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        few, many = (measure(browser, store, ROUNDS) for store in (small, large))
        browser.close()
    print(f"{'seconds to the picture':<32}{SMALL:>10,} acts{asked.acts:>12,} acts    ratio")
    for page, spent in many.items():
        print(f"{page:<32}{few[page]:>15.2f}{spent:>17.2f}{spent / few[page]:>9.2f}")
    holds = many["graph of 300 actors"] <= PICTURE_SECONDS
    print(f"first picture of 300 nodes <= {PICTURE_SECONDS:g} s: {'ok' if holds else 'MISSED'}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
