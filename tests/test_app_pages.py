"""The logic of the pages, run without a browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from example import extractions
from linking import Said, a_statement
from streamlit.testing.v1 import AppTest

from kg.app.settings import STORE_VARIABLE
from kg.disputes.linking import link_store, read_threads
from kg.model import Topic
from kg.reviews.keeping import stored_reviews
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
    nonsense |= {name: "x" for name in ("pile", "below", "edit", "bulk", "n", "row", "part")}
    for page in ("claims", "graph", "timeline", "statement", "dispute", "review", "analysis", "sparql"):
        app.query_params["page"] = "-1"
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


@pytest.mark.parametrize("page", ["claims", "timeline", "dispute", "review"])
def test_every_list_names_the_filter_that_leaves_nothing(app: AppTest, page: str) -> None:
    if page == "timeline":
        at(app, page, topic="corruption", to="2020-12-31")
    else:
        at(app, page, q="nowhere at all")
    name = "To" if page == "timeline" else "Words"
    assert f"because of the filter “{name}”" in texts_of(app)
    next(button for button in app.button if f"“{name}”" in button.label).click().run()
    assert "because of the filter" not in texts_of(app)
    assert not app.exception


def test_a_long_list_says_how_much_of_it_is_shown(app: AppTest) -> None:
    at(app, "claims")
    assert "Showing 10 of" in texts_of(app)
    app.button(key="more_claims").click().run()
    assert app.query_params["n"] == "20"
    assert "Showing 20 of" in texts_of(app)


def test_a_decision_that_cannot_be_saved_says_so(
    app: AppTest, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.app.reviewing.WAIT", 0)
    at(app, "review")
    app.text_input(key="w_reviewer").set_value("Ada").run()
    with open_store(directory, writable=True):
        app.button(key="do_accepted").click().run()
    assert "Nothing was saved" in app.error[0].value
    assert not app.success


def test_decisions_are_made_under_a_name_and_counted(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "store"
    shutil.copytree(directory, own)
    monkeypatch.setenv(STORE_VARIABLE, str(own))
    app = at(AppTest.from_file(SCRIPT, default_timeout=60), "review")
    assert app.button(key="do_accepted").disabled
    app.text_input(key="w_reviewer").set_value("Ada").run()
    app.button(key="do_accepted").click().run()
    assert app.success[0].value == "Accepted: 1. Saved."
    app.button(key="bulk_rejected").click().run()
    app.button(key="bulk_yes").click().run()
    assert app.success[0].value == "Rejected: 10. Saved."
    with open_store(own) as store:
        reviews = stored_reviews(store)
    assert [review.reviewer for review in reviews] == ["Ada"] * 11
    app.button(key="undo").click().run()
    assert app.success[0].value == "Undone: 10. Saved."


def test_a_link_of_a_dispute_can_be_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    burned = Said("Soldiers burned the school of Maltevo.", "XA", "XB", topic=Topic.AGGRESSION)
    again = Said("Soldiers burned the school of Maltevo again.", "XC", "XB", topic=Topic.AGGRESSION)
    with open_store(tmp_path / "store", writable=True) as store:
        for name, day, said in (("one", "2024-03-01", burned), ("two", "2024-03-05", again)):
            store.ingest(a_statement(name, day, said))
        link_store(store)
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    app = at(AppTest.from_file(SCRIPT, default_timeout=60), "dispute")
    with open_store(tmp_path / "store") as store:
        (thread,) = read_threads(store)
    at(app, "dispute", dispute=thread.id)
    assert "1 acts were joined" in texts_of(app)
    app.text_input(key="w_reviewer").set_value("Ada").run()
    next(button for button in app.button if button.label == "Does not belong here").click().run()
    assert app.success[0].value == "Rejected: 1. Saved."
    with open_store(tmp_path / "store") as store:
        assert len(read_threads(store)) == 2
    assert "joined" not in texts_of(app)
