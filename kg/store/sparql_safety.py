"""Refuses SPARQL that would reach outside the store, wherever it hides.

Refused in queries and updates: SERVICE (calls another server) and LOAD (fetches a document).  FROM and
FROM NAMED select graphs of this store and never fetch; naming a graph that the store does not hold is
refused, so that nobody takes an empty answer for an answer about that address.  A read query may not be
an update.  The engine then parses what is left, so a text need not be valid here, only harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from kg.errors import QueryRefused, QueryTooLarge
from kg.store.sparql_tokens import Kind, Token, place, tokens

MAX_LENGTH = 200_000
"""Code points of a query."""
MAX_UPDATE_LENGTH = 50_000_000
"""Code points of an update, which may carry data."""
MAX_DEPTH = 64
"""Brackets inside brackets: the engine's parser recurses and would overflow its stack."""

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OF_INTEREST = ("SERVICE", "FROM", *_UPDATES)
_SERVICE = "it would send data of this store to another server"
_LOAD = "it would fetch a document from the network or the disk"


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that stays inside the store.

    Attributes:
        text: the query.
        has_dataset: whether FROM clauses choose the graphs.
    """

    text: str
    has_dataset: bool


def check_query(text: str, knows_graph: Callable[[str], bool]) -> CheckedQuery:
    """Return a read query as harmless, or refuse it.

    Args:
        text: the query.
        knows_graph: tells whether the store holds a named graph with this IRI.

    Raises:
        QueryRefused: the message names the clause, its place and the reason.
        QueryTooLarge: the text is too long or nested too deeply.
    """
    if _surely_harmless(text):
        return CheckedQuery(text, has_dataset=False)
    found = _checked_tokens(text, MAX_LENGTH)
    _refuse_word(text, found, "SERVICE", _SERVICE)
    for token in found:
        if token.depth == 0 and token.kind is Kind.WORD and token.text.upper() in _UPDATES:
            reason = "a query only reads; this is an update"
            raise QueryRefused(f"{token.text} in {place(text, token.start)} is refused: {reason}")
    graphs = list(_dataset_graphs(found))
    for token, graph in graphs:
        if not knows_graph(graph):
            reason = f"this store holds no graph <{graph}>, and FROM never fetches one"
            raise QueryRefused(f"FROM in {place(text, token.start)} is refused: {reason}")
    return CheckedQuery(text, bool(graphs))


def check_update(text: str) -> None:
    """Refuse an update that would reach outside the store.

    Raises:
        QueryRefused: the message names the clause, its place and the reason.
        QueryTooLarge: the text is too long or nested too deeply.
    """
    found = _checked_tokens(text, MAX_UPDATE_LENGTH)
    _refuse_word(text, found, "SERVICE", _SERVICE)
    _refuse_word(text, found, "LOAD", _LOAD)


def _surely_harmless(text: str) -> bool:
    """Return whether no word of interest is anywhere in the text: most queries, known without tokens."""
    brackets = sum(map(text.count, "([{"))
    upper = text.upper()
    return (
        len(text) <= MAX_LENGTH and brackets <= MAX_DEPTH and not any(word in upper for word in _OF_INTEREST)
    )


def _checked_tokens(text: str, max_length: int) -> list[Token]:
    if len(text) > max_length:
        raise QueryTooLarge(f"the text has {len(text)} characters; at most {max_length} are read")
    found = list(tokens(text))
    deepest = max(found, key=lambda token: token.depth, default=None)
    if deepest and deepest.depth > MAX_DEPTH:
        where = place(text, deepest.start)
        raise QueryTooLarge(f"brackets are nested more than {MAX_DEPTH} deep in {where}")
    return found


def _refuse_word(text: str, found: list[Token], keyword: str, reason: str) -> None:
    if keyword.casefold() not in text.casefold():
        return  # The engine knows no escapes in keywords, so nothing can hide.
    for token, following in zip(found, [*found[1:], None], strict=True):
        if _has_keyword(token, following, keyword):
            raise QueryRefused(f"{keyword} in {place(text, token.start)} is refused: {reason}")
        if token.comparison and set("'#)") & set(token.text):
            raise QueryRefused(
                f"{token.text} in {place(text, token.start)} can be read in two ways, and one of them may "
                f"hide {keyword}. Put a space after < if you compare, or use a prefix for the IRI"
            )


def _has_keyword(token: Token, following: Token | None, keyword: str) -> bool:
    """Return whether a token is or holds the keyword: none needs a space around it."""
    if token.kind is Kind.WORD:
        return keyword in token.text.upper()
    if token.kind is not Kind.NAME or keyword not in token.text.partition(":")[0].upper():
        return False
    # A prefix may well be called "service"; but "SERVICEex:x {" is a call, and so is "LOADex:x ;".
    if keyword == "SERVICE":
        return following is not None and following.text == "{"
    return token.depth == 0 and (following is None or following.kind is not Kind.IRI)


def _dataset_graphs(found: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield each FROM clause's token and graph IRI."""
    prefixes: dict[str, str] = {}
    base = ""
    for before, token in zip([None, *found[:-1]], found, strict=True):
        if before is None or token.depth:
            continue
        if before.kind is Kind.NAME and before.text.endswith(":") and token.kind is Kind.IRI:
            prefixes[before.text[:-1]] = urljoin(base, token.text[1:-1])
        elif before.kind is Kind.WORD and before.text.upper() == "BASE":
            base = token.text[1:-1]
        elif before.kind is Kind.WORD and before.text.upper().endswith(("FROM", "NAMED")):
            if token.kind in (Kind.IRI, Kind.NAME):
                yield before, _expanded(token, prefixes, base)
        elif token.kind is Kind.NAME and token.text.upper().startswith("FROM"):
            prefix = token.text.partition(":")[0]
            if prefix not in prefixes and before.text.upper() != "PREFIX":
                yield token, token.text[4:]


def _expanded(token: Token, prefixes: dict[str, str], base: str) -> str:
    if token.kind is Kind.IRI:
        return urljoin(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, prefix) + local
