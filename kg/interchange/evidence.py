"""The evidence as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), in JSON-LD.

One annotation a reading: its target is the sentence in the source document, with a quotation and offsets
(a viewer such as Hypothesis finds the quotation again in the live page), its bodies are tags.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from kg.identifiers import ID, document_iri
from kg.interchange.json_lists import write_list
from kg.model import Act, Document, Extraction, Quote

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context that the model demands."""

INLINE_CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "SpecificResource": "oa:SpecificResource",
    "classifying": "oa:classifying",
    "tagging": "oa:tagging",
    "describing": "oa:describing",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "value": "rdf:value",
    "language": "dc:language",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "AnnotationPage": "as:OrderedCollectionPage",
}
"""The part of that context that is used here, for readers without a network."""

SURROUNDINGS = 32
"""Code points of prefix and suffix."""

Json = dict[str, Any]


def write_annotations(
    extractions: Iterable[Extraction], out: IO[bytes], context: str | Json = CONTEXT
) -> None:
    """Write all evidence as one annotation page; :data:`INLINE_CONTEXT` is for use without a network."""
    head = {"@context": context, "id": f"{ID}annotations", "type": "AnnotationPage"}
    items = (_annotation(extraction.document, act) for extraction in extractions for act in extraction.acts)
    write_list(head, "items", items, out)


def _annotation(document: Document, act: Act) -> Json:
    summary = f"{act.source.name} → {act.target.name}: {act.type.value}"
    return {
        "id": f"{ID}{act.id}-annotation",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "value": summary, "language": "en"},
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in (act.type, *act.topics)),
        ],
        "target": {
            "source": document.metadata.url or document_iri(document),
            "selector": [
                _quote_selector(document, Quote(act.start, act.end, act.sentence)),
                {"type": "TextPositionSelector", "start": act.start, "end": act.end},
            ],
        },
    }


def _quote_selector(document: Document, quote: Quote) -> Json:
    return {
        "type": "TextQuoteSelector",
        "exact": quote.text,
        "prefix": document.text[max(0, quote.start - SURROUNDINGS) : quote.start],
        "suffix": document.text[quote.end : quote.end + SURROUNDINGS],
    }
