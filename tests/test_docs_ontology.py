"""Generated documentation is up to date and leads nowhere that does not exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from kg.endpoint.diagrams import CONNECTED, SHOWN
from kg.rdf.ontology import read_ontology

DOCS = Path(__file__).parent.parent / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = generator()


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_the_committed_page_is_up_to_date(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == GENERATE.PAGES[name](), "run `make docs` and commit what changed"


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_links_inside_a_page_lead_somewhere(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    anchors = set(re.findall(r'<a id="([^"]+)">', page))
    anchors |= {heading.lower() for heading in re.findall(r"^#+ ([\w-]+)$", page, re.MULTILINE)}
    wanted = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert len(wanted) > 20
    assert wanted <= anchors


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_links_to_files_lead_somewhere(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", page):
        assert (DOCS / target).exists(), target


def test_the_diagram_is_true_to_the_ontology() -> None:
    domains = {term.local: term.domain for term in read_ontology().properties}
    for name, start in SHOWN.items():
        assert f"ct:{start}" in domains[name], name
    assert CONNECTED.keys() >= set(SHOWN.values())
