"""Finds the files that ClaimTrack needs beside its code, installed or in the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def ontology_folder() -> Path:
    """Return the folder of the ontology, its shapes and the saved questions.

    A wheel holds it inside the package (``kg/_ontology``), the repository beside it (``ontology``).

    Raises:
        FileNotFoundError: if the installation is incomplete.
    """
    for folder in (_PACKAGE / "_ontology", _PACKAGE.parent / "ontology"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no ontology beside {_PACKAGE}: install ClaimTrack again")


def ontology_file(name: str) -> Path:
    """Return the path of one file of the ontology, such as ``ct-shapes.ttl``."""
    return ontology_folder() / name
