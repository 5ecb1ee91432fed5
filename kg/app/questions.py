"""The saved questions with their parameters, for the pages that ask one."""

from __future__ import annotations

import streamlit as st

from kg.app import state
from kg.app.texts import language, t
from kg.errors import QueryError
from kg.store.questions import Parameter, Question, list_questions


def choose_question() -> str | None:
    """Draw a box to choose a saved question and fields for its parameters; return its SPARQL.

    Empty if none is chosen; None if a value is not one that its parameter takes.
    """
    questions = {question.name: question for question in list_questions()}
    chosen = state.one_of(
        t("saved_question"),
        list(questions),
        param="question",
        words=lambda name: questions[name].title[language()],
        placeholder=t("saved_question_placeholder"),
    )
    return _filled(questions[chosen]) if chosen else ""


def _filled(question: Question) -> str | None:
    st.text(question.description[language()])
    values = {parameter.name: _value(parameter) for parameter in question.parameters}
    try:
        return question.with_values(values)
    except QueryError as error:
        st.warning(t("wrong_value"), icon=":material/edit:")
        st.text(str(error))
        return None


def _value(parameter: Parameter) -> str:
    default = parameter.default.strip('"') if parameter.default else t("any")
    return state.words_in(parameter.label[language()], param=f"p_{parameter.name}", placeholder=default)
