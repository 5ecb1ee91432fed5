"""The pages by name, and links between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from kg.app.texts import t

_DIRECTORY = Path(__file__).parent / "pages"
PAGES = {
    "overview": "home",
    "graph": "hub",
    "dispute": "forum",
    "claims": "table_rows",
    "statement": "article",
    "timeline": "timeline",
    "review": "fact_check",
    "sparql": "database",
    "exchange": "swap_vert",
}
"""Names of the pages in the order of the menu, with their icons."""


def page_file(name: str) -> str:
    """Return the file of a page, by which Streamlit names it."""
    return str(_DIRECTORY / f"{name}.py")


def menu() -> list[Any]:
    """Return the menu as Streamlit takes it.

    It has no sections: Streamlit draws them as lists inside lists, which screen readers cannot follow.
    """
    return [
        st.Page(
            page_file(name),
            title=t(f"page_{name}"),
            icon=f":material/{icon}:",
            url_path=name,
            default=name == "overview",
        )
        for name, icon in PAGES.items()
    ]


def go(name: str, **params: str) -> None:
    """Open another page with these parameters."""
    st.switch_page(page_file(name), query_params=params)


def link(name: str, label: str, *, icon: str | None = None, **params: str) -> None:
    """Draw a link to another page.  ``label`` is rendered as Markdown: ours, or escaped."""
    st.page_link(page_file(name), label=label, icon=icon, query_params=params)
