"""The few HTML pages of the endpoint.  They load nothing but this server's own style and script."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.endpoint.negotiation import choose
from kg.identifiers import BASE
from kg.rdf.namespaces import PREFIXES
from kg.store.results import Term, plain

ASSETS = Path(__file__).with_name("assets")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Texts of strangers are shown here, so a page may run and load nothing but its own files."""

_TEXTS = {
    "en": {
        "lang": "en",
        "other": "fr",
        "other_name": "Français",
        "title": "ClaimTrack: SPARQL",
        "saved": "Saved questions",
        "none": "Write your own query",
        "query": "Query",
        "run": "Run (Ctrl+Enter)",
        "rows": "rows",
        "download": "Download",
        "links": "What this server offers",
        "hint": "Known prefixes are declared for you. The address of the page keeps the query.",
        "ontology": "Ontology",
    },
    "fr": {
        "lang": "fr",
        "other": "en",
        "other_name": "English",
        "title": "ClaimTrack : SPARQL",
        "saved": "Questions enregistrées",
        "none": "Écrire sa propre requête",
        "query": "Requête",
        "run": "Exécuter (Ctrl+Entrée)",
        "rows": "lignes",
        "download": "Télécharger",
        "links": "Ce que ce serveur propose",
        "hint": "Les préfixes connus sont déclarés pour vous. L'adresse de la page garde la requête.",
        "ontology": "Ontologie",
    },
}


async def query_page(request: Request) -> Response:
    """Show the page for queries, in the language that is asked for or that the browser prefers."""
    template = Template((ASSETS / "query.html").read_text(encoding="utf-8"))
    texts = _TEXTS[chosen_language(request)]
    return _html(template.substitute({name: escape(text) for name, text in texts.items()}))


def chosen_language(request: Request) -> str:
    """Return ``en`` or ``fr``: what the request asks for, or what the browser prefers."""
    asked = request.query_params.get("lang")
    if asked in _TEXTS:
        return asked
    wanted = re.sub(r"-\w+", "", request.headers.get("accept-language", ""))  # fr-BE is French
    return choose(wanted, tuple(_TEXTS)) or "en"


def html_page(language: str, title: str, side: str, body: str) -> Response:
    """Show a page of finished HTML with a heading, something beside it, and a way to the queries."""
    template = Template((ASSETS / "thing.html").read_text(encoding="utf-8"))
    return _html(template.substitute(language=language, title=escape(title), side=side, body=body))


def description_page(iri: str, triples: Iterable[ox.Triple]) -> Response:
    """Show triples as tables, one for each subject, that of ``iri`` first."""
    subjects: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        subjects[plain(triple.subject)].append(triple)
    order = sorted(subjects, key=lambda subject: (subject != iri, subject))
    sections = "".join(_section(subject, subjects[subject]) for subject in order)
    return html_page("en", _short(iri), "", f"<p><code>{escape(iri)}</code></p>{sections}")


def _section(subject: str, triples: list[ox.Triple]) -> str:
    rows = "".join(
        f"<tr><td>{_shown(triple.predicate)}</td><td>{_shown(triple.object)}</td></tr>" for triple in triples
    )
    anchor = escape(subject.replace("#", "/").rpartition("/")[2])
    return f'<section id="{anchor}"><h2>{_shown(triples[0].subject)}</h2><table>{rows}</table></section>'


def _shown(term: Term) -> str:
    if isinstance(term, ox.Literal):
        language = f' lang="{escape(term.language)}"' if term.language else ""
        return f"<span{language}>{escape(term.value)}</span>"
    if not isinstance(term, ox.NamedNode):
        return escape(str(term))
    return f'<a href="{escape(address(term.value))}">{escape(_short(term.value))}</a>'


def address(iri: str) -> str:
    """Return where a page links to: our IRIs lead to this server."""
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    # An IRI of a stranger may be a script.
    return iri if iri.startswith(("http:", "https:")) else "#"


def _short(iri: str) -> str:
    """Return an IRI with a prefix, if one fits."""
    fitting = [(len(base), name, base) for name, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    _, name, base = max(fitting)
    return f"{name}:{iri.removeprefix(base)}"


def _html(text: str) -> Response:
    headers = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "vary": "accept, accept-language",
    }
    return HTMLResponse(text, headers=headers)
