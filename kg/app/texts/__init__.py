"""Words of the interface, in English and French.

One file a language, with the same keys; the reader's language is ``?lang=``, else the browser's, else
English.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import streamlit as st
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

LANGUAGES = {"en": "English", "fr": "Français"}


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the words of one language by key."""
    return dict(tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")))


def settle_language() -> str:
    """Decide the session's language once, before anything is drawn."""
    if "lang" not in st.session_state:
        wanted = st.query_params.get("lang") or (st.context.locale or "en")[:2]
        st.session_state["lang"] = wanted if wanted in LANGUAGES else "en"
    return language()


def language() -> str:
    """Return the reader's language."""
    chosen = st.session_state.get("lang")
    return chosen if chosen in LANGUAGES else "en"


def t(name: str, /, **values: object) -> str:
    """Return the words for ``name``; numbers among ``values`` are written as the language does."""
    words = {k: number(v) if isinstance(v, int) else v for k, v in values.items()}
    return texts(language())[name].format(**words)


def number(value: int) -> str:
    """Write a number as the reader's language does."""
    return str(format_decimal(value, locale=language()))


def day(value: datetime.date, form: str = "medium") -> str:
    """Write a day as the reader's language does."""
    return str(format_date(value, format=form, locale=language()))


def time_text(moment: datetime.datetime) -> str:
    """Write a moment, in the machine's own time zone, as the reader's language does."""
    local = moment.astimezone()
    return str(format_datetime(local.replace(tzinfo=None), format="medium", locale=language()))


def date_text(date: str) -> str:
    """Write a possibly partial ISO date; a partial one stays as it is, since a day would be invented."""
    try:
        return day(datetime.date.fromisoformat(date))
    except ValueError:
        return date or t("undated")
