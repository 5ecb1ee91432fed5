"""Widgets whose value lives in the link, under stable ids.

Streamlit's own binding writes the *label* into the link, so a link made in French would not open in English.
Defaults are left out of the link; a value that is no option is ignored.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def read(param: str, default: str = "") -> str:
    """Return a parameter of the link."""
    return str(st.query_params.get(param, default))


def write(param: str, value: str | None, default: str = "") -> None:
    """Set a parameter of the link, or drop it when it is the default."""
    if value is None or value == default:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = value


def count_of(param: str, default: int, most: int = 10_000) -> int:
    """Return how many things the link asks for: at least the default, at most ``most``."""
    asked = read(param)
    return min(most, max(default, int(asked))) if asked.isdecimal() and len(asked) < 7 else default


def one_of(
    label: str,
    options: Sequence[str],
    *,
    param: str,
    words: Callable[[str], str],
    default: str = "",
    **look: Any,
) -> str:
    """A selectbox over ``options``; with an empty default it may be cleared."""
    current = read(param, default)
    key = f"w_{param}"
    st.session_state[key] = current if current in options else (default or None)
    chosen = st.selectbox(
        label,
        options,
        key=key,
        format_func=words,
        on_change=lambda: write(param, st.session_state[key], default),
        **look,
    )
    return chosen or default


def switch(
    label: str, options: Sequence[str], *, param: str, words: Callable[[str], str], **look: Any
) -> str:
    """A segmented control over ``options``, of which one always holds; the first is the default."""
    current = read(param, options[0])
    key = f"w_{param}"
    st.session_state[key] = current if current in options else options[0]
    chosen = st.segmented_control(
        label,
        options,
        key=key,
        format_func=words,
        required=True,
        on_change=lambda: write(param, st.session_state[key], options[0]),
        **look,
    )
    return chosen or options[0]


def some_of(
    label: str, options: Sequence[str], *, param: str, words: Callable[[str], str], **look: Any
) -> tuple[str, ...]:
    """Pills over ``options``, all chosen at first."""
    raw = st.query_params.get(param)
    key = f"w_{param}"
    st.session_state[key] = [o for o in options if raw is None or o in raw.split(",")]

    def changed() -> None:
        chosen = [o for o in options if o in st.session_state[key]]
        write(param, None if len(chosen) == len(options) else ",".join(chosen))

    chosen = st.pills(
        label, options, selection_mode="multi", key=key, format_func=words, on_change=changed, **look
    )
    return tuple(o for o in options if o in chosen)


def any_of(
    label: str, options: Sequence[str], *, param: str, words: Callable[[str], str], **look: Any
) -> tuple[str, ...]:
    """A multiselect over ``options``, none chosen at first, which means no bound."""
    raw = read(param).split(",")
    key = f"w_{param}"
    st.session_state[key] = [o for o in options if o in raw]
    chosen = st.multiselect(
        label,
        options,
        key=key,
        format_func=words,
        on_change=lambda: write(param, ",".join(st.session_state[key])),
        **look,
    )
    return tuple(chosen)


def words_in(label: str, *, param: str, **look: Any) -> str:
    """A line of text."""
    key = f"w_{param}"
    st.session_state[key] = read(param)
    words: str = st.text_input(
        label, key=key, on_change=lambda: write(param, st.session_state[key].strip()), **look
    )
    return words.strip()


def ticked(label: str, *, param: str, **look: Any) -> bool:
    """A checkbox, off at first."""
    key = f"w_{param}"
    st.session_state[key] = read(param) == "1"
    return st.checkbox(
        label, key=key, on_change=lambda: write(param, "1" if st.session_state[key] else ""), **look
    )


def day_in(label: str, *, param: str, first: datetime.date, last: datetime.date, **look: Any) -> str:
    """A day, none at first; written and returned as an ISO date."""
    key = f"w_{param}"
    try:
        current = datetime.date.fromisoformat(read(param))
    except ValueError:
        current = None
    st.session_state[key] = min(max(current, first), last) if current else None
    chosen = st.date_input(
        label,
        key=key,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        on_change=lambda: write(param, st.session_state[key] and st.session_state[key].isoformat()),
        **look,
    )
    return chosen.isoformat() if chosen else ""


def clear(*params: str) -> None:
    """Drop parameters of the link."""
    for param in params:
        st.query_params.pop(param, None)
