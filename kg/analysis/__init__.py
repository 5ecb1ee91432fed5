"""Analysis of disputes with networkx: who accuses whom, who answers, who stands with whom.

``analyse`` reads a store with aggregated questions and returns an :class:`Analysis`; ``render_report`` makes
a page of it that a browser shows without any server, ``archive`` a ZIP file with its tables and figures too.
Nothing here judges whether an accusation is true: the numbers count what was said, and by whom.
"""

from __future__ import annotations

from dataclasses import replace

from kg.analysis.analysing import Analysis, analyse_counts
from kg.analysis.evidence import Finder
from kg.analysis.figures import figures
from kg.analysis.files import all_files, archive, report_file_name
from kg.analysis.gathering import gather
from kg.analysis.options import Level, Options
from kg.analysis.reading import read_counts
from kg.analysis.report import render_report
from kg.analysis.tables import Table, tables
from kg.store import Store

__all__ = [
    "Analysis",
    "Level",
    "Options",
    "Table",
    "all_files",
    "analyse",
    "archive",
    "figures",
    "render_report",
    "report_file_name",
    "tables",
]

_DEFAULT = Options()


def analyse(store: Store, options: Options = _DEFAULT) -> Analysis:
    """Return the analysis of a store with the evidence of the numbers that a report shows.

    Args:
        store: open for reading or writing.
        options: period, level of detail and lengths of lists.

    Raises:
        ReviewError: a person's decision cannot be applied.
        QueryError: the store cannot be read.
    """
    counts = read_counts(store, options)
    analysis = analyse_counts(counts, options)
    return replace(analysis, evidence=gather(Finder(store, counts), analysis))
