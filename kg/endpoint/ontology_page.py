"""The ontology as a page, in English or French: diagrams, classes, properties, concepts, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from kg.endpoint import diagrams
from kg.endpoint.pages import address, chosen_language, html_page
from kg.rdf.ontology import Ontology, Scheme, Term, expanded, read_ontology

_TEXTS = {
    "en": {
        "version": "Version",
        "namespace": "Namespace",
        "as_rdf": "The same as RDF: ask this address for text/turtle, application/ld+json, …",
        "connections": "How the classes are connected",
        "kinds": "Kinds of acts and of propositions",
        "classes": "Classes",
        "properties": "Properties",
        "concepts": "Concepts",
        "rules": "Rules that every graph keeps (SHACL)",
        "parents": "Kind of",
        "aligned": "Aligned with",
        "own": "Properties",
        "domain": "From",
        "range": "To",
        "functional": "At most one value",
        "or": "or",
        "concept": "Concept",
        "label": "Label",
        "meaning": "Meaning",
        "group": "Group",
        "codes": "Codes elsewhere",
        "other": "fr",
        "other_name": "Français",
    },
    "fr": {
        "version": "Version",
        "namespace": "Espace de noms",
        "as_rdf": "La même chose en RDF : demandez cette adresse en text/turtle, application/ld+json, …",
        "connections": "Comment les classes sont reliées",
        "kinds": "Sortes d'actes et de propositions",
        "classes": "Classes",
        "properties": "Propriétés",
        "concepts": "Concepts",
        "rules": "Règles que suit tout graphe (SHACL)",
        "parents": "Sorte de",
        "aligned": "Aligné avec",
        "own": "Propriétés",
        "domain": "De",
        "range": "Vers",
        "functional": "Une valeur au plus",
        "or": "ou",
        "concept": "Concept",
        "label": "Nom",
        "meaning": "Sens",
        "group": "Groupe",
        "codes": "Codes ailleurs",
        "other": "en",
        "other_name": "English",
    },
}


def ontology_page(request: Request) -> Response:
    """Show the ontology in the language that is asked for or that the browser prefers."""
    language = chosen_language(request)
    ontology = read_ontology()
    words = _TEXTS[language]
    body = "".join(_Writer(ontology, language).parts())
    switch = f'<a href="?lang={words["other"]}" lang="{words["other"]}">{words["other_name"]}</a>'
    return html_page(language, ontology.title[language], switch, body)


class _Writer:
    """Writes the parts of the page in one language."""

    def __init__(self, ontology: Ontology, language: str) -> None:
        self._ontology = ontology
        self._language = language
        self._words = _TEXTS[language]

    def parts(self) -> Iterator[str]:
        """Yield the page from top to bottom."""
        words, ontology = self._words, self._ontology
        yield f"<p>{escape(ontology.description[self._language])}</p>"
        yield f"<p>{words['namespace']} <code>{ontology.iri}#</code>, {words['version']} "
        yield f"<code>{ontology.version_iri}</code>. {words['as_rdf']}</p>"
        yield f"<h2>{words['connections']}</h2>{diagrams.connections(ontology, words['connections'])}"
        yield f"<h2>{words['kinds']}</h2>{diagrams.kinds(ontology, words['kinds'])}"
        for heading, terms in (("classes", ontology.classes), ("properties", ontology.properties)):
            yield f"<h2>{words[heading]}</h2>"
            yield from map(self._term, terms)
        yield f"<h2>{words['concepts']}</h2>"
        yield from map(self._scheme, ontology.schemes)
        yield f"<h2>{words['rules']}</h2><ul>"
        for shape in ontology.shapes:
            yield f'<li lang="en"><b>{shape.local}</b>: {escape("; ".join(shape.messages))}.</li>'
        yield "</ul>"

    def _term(self, term: Term) -> str:
        words, language = self._words, self._language
        own = [p.name for p in self._ontology.properties if term.name in p.domain]
        facts = {
            "parents": _linked(term.parents, ", "),
            "aligned": _linked(term.aligned, ", "),
            "own": _linked(own, ", "),
            "domain": _linked(term.domain, f" {words['or']} "),
            "range": _linked(term.range, f" {words['or']} "),
            "functional": "✓" if term.functional else "",
        }
        rows = "".join(
            f"<tr><th scope=row>{words[name]}</th><td>{shown}</td></tr>"
            for name, shown in facts.items()
            if shown
        )
        return (
            f'<section id="{term.local}"><h3>{escape(term.label[language])} <code>{term.name}</code></h3>'
            f"<p>{escape(term.comment[language])}</p>{f'<table>{rows}</table>' if rows else ''}</section>"
        )

    def _scheme(self, scheme: Scheme) -> str:
        words, language = self._words, self._language
        columns = "".join(
            f"<th scope=col>{words[name]}</th>" for name in ("concept", "label", "meaning", "group", "codes")
        )
        rows = "".join(
            f'<tr><td><a href="{address(f"{scheme.iri}/{concept.local}")}">{concept.local}</a></td>'
            f"<td>{escape(concept.label[language])}</td><td>{escape(concept.definition[language])}</td>"
            f"<td>{concept.group}</td><td>{escape(', '.join(concept.codes))}</td></tr>"
            for concept in scheme.concepts
        )
        return (
            f"<section><h3>{escape(scheme.title[language])} <code>{scheme.iri}</code></h3>"
            f"<p>{escape(scheme.description[language])}</p>"
            f"<div class=scroll tabindex=0><table><tr>{columns}</tr>{rows}</table></div></section>"
        )


def _linked(names: Iterable[str], between: str) -> str:
    """Return names with links: our own to their place on the page, others to where they are defined."""
    links = []
    for name in names:
        local = name.removeprefix("ct:")
        href = f"#{local}" if local != name else expanded(name)
        links.append(f'<a href="{escape(href)}">{escape(name)}</a>')
    return between.join(links)
