"""Graphs that a request names for an update, written into the update (SPARQL 1.1 protocol, section 2.2.3)."""

from __future__ import annotations

from kg.errors import QueryError
from kg.store.engine import Scope, node
from kg.store.sparql_tokens import Kind, Token, tokens


def with_using(text: str, scope: Scope) -> str:
    """Return an update whose operations with WHERE look into the graphs of ``scope``.

    Raises:
        QueryError: the update chooses graphs itself, which the protocol forbids together with the
            parameters, or has an operation that cannot be limited.
    """
    if scope.default is None and scope.named is None:
        return text
    clauses = "".join(
        [f"USING {node(iri)} " for iri in scope.default or ()]
        + [f"USING NAMED {node(iri)} " for iri in scope.named or ()]
    )
    pieces, done = [], 0
    for place in _where_clauses(list(tokens(text))):
        pieces += [text[done:place], clauses]
        done = place
    return "".join([*pieces, text[done:]])


def _where_clauses(found: list[Token]) -> list[int]:
    places = []
    for before, token in zip([None, *found[:-1]], found, strict=True):
        word = token.text.upper() if token.kind is Kind.WORD and token.depth == 0 else ""
        if word in ("USING", "WITH"):
            raise QueryError(f"the update has {word}, so the request cannot name graphs too")
        if "WHERE" in word:
            if word != "WHERE" or (before and before.text.upper() == "DELETE"):
                raise QueryError("DELETE WHERE cannot be limited to graphs; write DELETE { … } WHERE { … }")
            places.append(token.start)
    return places
