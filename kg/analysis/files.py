"""All results in one file."""

from __future__ import annotations

import io
import zipfile

from kg.analysis.analysing import Analysis
from kg.analysis.figures import figures
from kg.analysis.report import render_report
from kg.analysis.tables import tables

_THEN = (1980, 1, 1, 0, 0, 0)
"""A fixed time for every file, so that the same results give the same bytes."""


def report_file_name(language: str) -> str:
    """Return what the report is called on disk."""
    return f"claimtrack-analysis.{language}.html"


def all_files(analysis: Analysis, language: str, app: str | None = None) -> dict[str, bytes]:
    """Return the report, the tables (CSV and JSON) and the pictures (SVG and PNG) by path.

    Args:
        analysis: the results.
        language: ``en`` or ``fr``, for the report and the pictures.
        app: address of the app, ending in ``/``, that links lead to; None for no links.
    """
    found = {report_file_name(language): render_report(analysis, language, app).encode()}
    for name, table in tables(analysis).items():
        found[f"tables/{name}.csv"] = table.to_csv().encode()
        found[f"tables/{name}.json"] = table.to_json().encode()
    for format in ("svg", "png"):
        for name, picture in figures(analysis, language, format).items():
            found[f"figures/{name}.{format}"] = picture
    return found


def archive(analysis: Analysis, language: str, app: str | None = None) -> bytes:
    """Return :func:`all_files` as a ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in all_files(analysis, language, app).items():
            packed.writestr(zipfile.ZipInfo(path, _THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
