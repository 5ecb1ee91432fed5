"""The Streamlit app.  Everything that imports streamlit is in here.

:func:`launch` opens it.  ``shell/main.py`` is the script around every page, ``pages/`` holds the pages, and
the other modules what pages share.  What is drawn comes from :mod:`kg.views`, which knows no screen.
"""

from __future__ import annotations

from pathlib import Path


def launch(store: Path, port: int) -> None:
    """Open the app over ``store`` on 127.0.0.1 and block; see :func:`kg.app.server.launch`."""
    from kg.app import server  # streamlit takes a second to import, so only when the app starts

    server.launch(store, port)
