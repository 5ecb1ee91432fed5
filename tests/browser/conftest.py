"""The app in a real browser: our server over a real store, Debian's Chromium, and a guard at every page.

The browser can resolve no name, so nothing leaves the machine even by mistake.  The guard records whatever
would have left it, and collects console errors, page errors and failed requests; a test that opens a page
fails if there is any.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from example import extractions
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kg.store import open_store

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PATIENCE = 60_000
"""Milliseconds to wait for the page: the machine may be busy.  No test asserts a time."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Guard:
    """What a page did that it must not do."""

    external: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def check(self) -> None:
        assert not self.external, f"left the machine: {self.external}"
        assert not self.errors, f"page errors: {self.errors}"
        assert not self.console, f"console errors: {self.console}"
        assert not self.failed, f"failed requests: {self.failed}"


@contextmanager
def running_app(store: Path, log: Path) -> Iterator[str]:
    """Run ``kg app`` over a store; yield its address; check that no page raised."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("kg")), "app", "--store", str(store), "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=log.parent)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(process, url, log)
        yield url
    finally:
        process.terminate()
        process.wait(20)
    assert not re.search("Traceback|Error:", log.read_text()), log.read_text()[-4000:]


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            pytest.fail(f"the app ended:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the app does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def store_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three documents whose acts were chosen by hand."""
    directory = tmp_path_factory.mktemp("store") / "store"
    with open_store(directory, writable=True) as store, store.batch():
        for extraction in extractions():
            store.ingest(extraction)
    return directory


@pytest.fixture(scope="session")
def app_url(store_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(store_directory, tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Empty profiles by their options, shared so that Streamlit's scripts are loaded only once."""
    made: dict[str, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def new_page(
    browser: Browser, contexts: dict[str, BrowserContext], request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Return a function that opens a guarded page for the app at an address."""
    opened: list[tuple[Page, Guard]] = []

    def make(url: str, **options: object) -> Page:
        look = {"viewport": {"width": 1400, "height": 950}, "locale": "en-GB"} | options
        if repr(look) not in contexts:
            contexts[repr(look)] = browser.new_context(**look)  # type: ignore[arg-type]
        page = contexts[repr(look)].new_page()
        page.set_default_timeout(PATIENCE)
        opened.append((page, _guard(page, url)))
        return page

    yield make
    SHOTS.mkdir(parents=True, exist_ok=True)
    for number, (page, _) in enumerate(opened):
        page.screenshot(path=SHOTS / f"{request.node.name.replace('/', '_')}_{number}.png")
        page.close()
    for _, guard in opened:
        guard.check()


def _guard(page: Page, url: str) -> Guard:
    guard = Guard()
    own = (url, url.replace("http", "ws", 1), "data:", "blob:")

    def note(address: str) -> None:
        if not address.startswith(own):
            guard.external.append(address)

    page.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    page.on("console", lambda m: guard.console.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: guard.errors.append(str(error)))
    page.on("response", lambda r: guard.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    return guard


@pytest.fixture
def page(new_page: OpenPage, app_url: str) -> Page:
    """A guarded page on a desktop, in English."""
    return new_page(app_url)


def settle(page: Page) -> None:
    """Wait until the page is drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.get_by_role("heading", level=1).first.wait_for()
    # parts whose code is still on its way stand in as grey boxes that no key reaches
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def visit(page: Page, url: str) -> Page:
    """Open an address and wait until the page is drawn."""
    page.goto(url)
    settle(page)
    return page
