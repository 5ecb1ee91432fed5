"""The logic of the pages, run without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from example import extractions
from streamlit.testing.v1 import AppTest

from kg.app.settings import STORE_VARIABLE
from kg.store import open_store

SCRIPT = Path(__file__).parents[1] / "kg" / "app" / "shell" / "main.py"
PAGES = sorted(path.stem for path in (SCRIPT.parents[1] / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apptest") / "store"
    with open_store(path, writable=True) as store, store.batch():
        for extraction in extractions():
            store.ingest(extraction)
    return path


@pytest.fixture
def app(directory: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(STORE_VARIABLE, str(directory))
    return AppTest.from_file(SCRIPT, default_timeout=60)


@pytest.fixture
def empty_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "nothing"))
    return AppTest.from_file(SCRIPT, default_timeout=60)


def at(app: AppTest, page: str, **params: str) -> AppTest:
    """Run the app at a page with these parameters of the link."""
    app.run()
    app.switch_page(f"../pages/{page}.py")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def texts_of(app: AppTest) -> str:
    """Return what a page says in plain text and in our markup."""
    return "\n".join(str(part.value) for part in (*app.text, *app.html, *app.info, *app.warning))


@pytest.mark.parametrize("page", PAGES)
def test_page_draws(app: AppTest, page: str) -> None:
    assert at(app, page).title[0].value


@pytest.mark.parametrize("page", PAGES)
def test_page_over_an_empty_store_says_what_to_do(empty_app: AppTest, page: str) -> None:
    said = texts_of(at(empty_app, page))
    assert "Nothing is in here yet" in said or "nothing to export" in said


def test_language_of_the_link_wins(app: AppTest) -> None:
    app.query_params["lang"] = "fr"
    assert at(app, "graph").title[0].value == "Graphe"


def test_unknown_language_is_english(app: AppTest) -> None:
    app.query_params["lang"] = "xx"
    assert at(app, "graph").title[0].value == "Graph"


def test_language_can_be_changed(app: AppTest) -> None:
    at(app, "claims")
    app.sidebar.selectbox(key="lang").set_value("fr").run()
    assert app.title[0].value == "Affirmations et acteurs"
    assert app.query_params["lang"] == "fr"


def test_filters_come_from_the_link_and_go_back_to_it(app: AppTest) -> None:
    at(app, "claims", topic="espionage")
    assert app.multiselect(key="w_topic").value == ["espionage"]
    app.multiselect(key="w_topic").set_value([]).run()
    assert "topic" not in app.query_params


def test_nonsense_in_the_link_is_ignored(app: AppTest) -> None:
    nonsense = {
        name: "<script>" for name in ("actor", "topic", "type", "from", "to", "node", "level", "more")
    }
    for page in ("claims", "graph", "timeline", "statement", "dispute"):
        at(app, page, doc="x", act="y", dispute="z", **nonsense)


def test_the_filter_to_blame_can_be_cleared(app: AppTest) -> None:
    at(app, "claims", topic="espionage", q="nowhere")
    assert "because of the filter “Words”" in texts_of(app)
    next(button for button in app.button if "Words" in button.label).click().run()
    assert "q" not in app.query_params
    assert app.dataframe


def test_statement_steps_through_the_documents(app: AppTest) -> None:
    at(app, "statement")
    last = app.selectbox(key="w_doc").value
    next(button for button in app.button if button.label == "Previous").click().run()
    assert app.selectbox(key="w_doc").value != last


def test_saved_question_fills_the_editor(app: AppTest) -> None:
    at(app, "sparql")
    chosen = app.selectbox(key="w_question").options[1]
    assert chosen
    app.selectbox(key="w_question").select_index(1).run()
    assert "SELECT" in app.text_area[0].value
    assert app.query_params["question"]


def test_sparql_says_why_it_refuses(app: AppTest) -> None:
    at(app, "sparql")
    app.text_area[0].set_value("DROP ALL")
    app.button[-1].click().run()
    assert "not run" in app.warning[0].value
    assert "update" in app.code[0].value


def test_pasting_nothing_asks_for_text(app: AppTest) -> None:
    at(app, "exchange")
    next(button for button in app.button if button.label.startswith("Look")).click().run()
    assert "Paste a text" in texts_of(app)


def test_search_says_when_nothing_is_found(app: AppTest) -> None:
    at(app, "overview")
    app.text_input(key="search").set_value("zzzz qqqq").run()
    assert "Nothing holds all of these words: zzzz qqqq" in texts_of(app)
