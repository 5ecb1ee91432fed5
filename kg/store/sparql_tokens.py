r"""Splits SPARQL text into tokens, the way the engine's parser reads it.

The engine needs no space between a keyword and what follows (``SERVICEex:x{`` is a call), gives up a
long string at an invalid escape and then reads ``\"\"\"`` as an empty string and a new quotation mark, and
reads ``?a<?b#>`` as a comparison and a comment.  So the expressions below follow the grammar's terminals
to the letter (SPARQL 1.1 section 19.8): what is taken for a string here must be one for the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Kinds of token that matter for safety."""

    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    LABEL = "label"
    LANGUAGE = "language"
    NAME = "name"
    """A prefixed name, or a prefix with its colon."""
    WORD = "word"
    """A keyword, a function, a number, or several of them run together."""
    OPEN = "open"
    CLOSE = "close"
    OTHER = "other"


class Token(NamedTuple):
    """A token and its place.

    ``depth`` counts the brackets around it.  ``comparison`` tells that a token taken for an IRI could
    also be ``<`` followed by something else.
    """

    kind: Kind
    text: str
    start: int
    depth: int
    comparison: bool = False


_NAME_CHARACTER = r"[\w\-·\u0300-\u036f\u203f-\u2040]"
_ESCAPE = (
    r"(?:\\[tbnrf\\\"']|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
    r"|\\U(?!0000[dD][89a-fA-F])(?:000[0-9a-fA-F]|0010)[0-9a-fA-F]{4})"
)
_LOCAL = rf"(?:{_NAME_CHARACTER}|:|%[0-9a-fA-F]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TERMINALS = {
    "ignored": r"[ \t\r\n]+|#[^\r\n]*",
    Kind.IRI: r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})*>",
    Kind.STRING: (
        rf'"""(?:(?:"|"")?(?:[^"\\]|{_ESCAPE}))*"""'
        rf"|'''(?:(?:'|'')?(?:[^'\\]|{_ESCAPE}))*'''"
        rf'|"(?:[^"\\\n\r]|{_ESCAPE})*"'
        rf"|'(?:[^'\\\n\r]|{_ESCAPE})*'"
    ),
    Kind.VARIABLE: r"[?$]\w+",
    Kind.LABEL: rf"_:\w(?:(?:{_NAME_CHARACTER}|\.)*{_NAME_CHARACTER})?",
    Kind.LANGUAGE: r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*",
    # The part before a colon is taken whole, even where the grammar sees "1.SERVICEex": what matters
    # is that a keyword in it is seen.
    Kind.NAME: rf"(?:\w(?:{_NAME_CHARACTER}|\.)*+)?:(?:{_LOCAL}(?:(?:{_LOCAL}|\.)*{_LOCAL})?)?",
    Kind.WORD: rf"\w(?:{_NAME_CHARACTER}|\.)*",
    Kind.OPEN: r"[({\[]",
    Kind.CLOSE: r"[)}\]]",
    Kind.OTHER: r".",
}
_PATTERN = re.compile("|".join(f"(?P<{name}>{regex})" for name, regex in _TERMINALS.items()), re.DOTALL)
_BEFORE_AN_OPERAND = frozenset((Kind.OPEN, Kind.OTHER))


class Form(StrEnum):
    """The four forms of query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def answers_graph(self) -> bool:
        """Whether the answer is a graph, not a table or a truth value."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


def query_form(text: str) -> Form | None:
    """Return the form of a query; None for an update or nonsense."""
    for token in tokens(text):
        if token.kind is Kind.WORD:
            # The keyword may run into the next word (SELECTDISTINCT); prefixes and base come before.
            found = (form for form in Form if token.text.upper().startswith(form.value))
            form = next(found, None)
            if form or token.text.upper() not in ("PREFIX", "BASE", "VERSION"):
                return form
    return None


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query or update without white space and comments; never raises."""
    brackets: list[str] = []
    previous = Kind.OTHER
    for match in _PATTERN.finditer(text):
        if match.lastgroup == "ignored":
            continue
        kind = Kind(str(match.lastgroup))
        if kind is Kind.CLOSE and brackets:
            brackets.pop()
        # Comparisons stand in round brackets, after an operand.
        comparison = kind is Kind.IRI and brackets[-1:] == ["("] and previous not in _BEFORE_AN_OPERAND
        yield Token(kind, match[0], match.start(), len(brackets), comparison)
        if kind is Kind.OPEN:
            brackets.append(match[0])
        previous = kind


def place(text: str, start: int) -> str:
    """Return where an offset is, for people: line and column from 1."""
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return f"line {line}, column {column}"
