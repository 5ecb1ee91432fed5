"""Saved questions: SPARQL files with a title, a description and parameters in English and French.

A file is a query that any engine can run as it is, after a header of comments:

    # title@en: Who accuses whom of what?
    # title@fr: Qui accuse qui de quoi ?
    # description@en: …
    # description@fr: …
    # parameter: accused_side text
    # accused_side@en: Side of the accused, such as CN
    # accused_side@fr: Camp de l'accusé, par exemple CN

Each parameter has one clause ``VALUES ?accused_side { UNDEF }`` in the query, whose value (``UNDEF`` for
any, or a default) is what :meth:`Question.with_values` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import isfinite
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.rdf.namespaces import XSD
from kg.resources import ontology_file

LANGUAGES = ("en", "fr")

_HEADER = re.compile(r"# (?P<key>\w+)(?:@(?P<language>\w+))?: (?P<value>\S.*)")
_VALUES = r"VALUES \?{name} \{{ ([^{{}}]*) \}}"


class ParameterType(StrEnum):
    """What may be given for a parameter."""

    TEXT = "text"
    IRI = "iri"
    INTEGER = "integer"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the user may give.

    Attributes:
        name: its variable in the query.
        type: what may be given.
        label: what it means, by language.
        default: what the query assumes, as SPARQL; empty if it then stands for anything.
    """

    name: str
    type: ParameterType
    label: Mapping[str, str]
    default: str


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question.

    Attributes:
        name: how it is called for, such as ``most-accused``.
        title: the question in words, by language (``en`` and ``fr``).
        description: what the answer holds, by language.
        parameters: what the user may choose; all are optional.
        text: the SPARQL query, without the header.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    def with_values(self, values: Mapping[str, str]) -> str:
        """Return the query for the given values, by name of parameter; an empty value is not given.

        Values are written as SPARQL literals, so that no value can change the query.

        Raises:
            QueryError: for a parameter that the question does not have, or a value of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                have = ", ".join(known) or "none"
                raise QueryError(f"{self.name}: has no parameter {name!r}. Its parameters: {have}")
            if value:
                clause = f"VALUES ?{name} {{ {_term(self.name, known[name], value)} }}"
                text = re.sub(_VALUES.format(name=name), clause.replace("\\", r"\\"), text)
        return text


def list_questions() -> tuple[Question, ...]:
    """Return all saved questions in the order of their names.

    Raises:
        QueryError: a file's header is incomplete, unknown or at odds with its query.
    """
    return tuple(_load(path) for path in sorted(ontology_file("queries").glob("*.rq")))


def described(found: Question) -> dict[str, object]:
    """Return a question without its query, for JSON."""
    return {
        "name": found.name,
        "title": dict(found.title),
        "description": dict(found.description),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type.value,
                "label": dict(parameter.label),
                "default": parameter.default,
            }
            for parameter in found.parameters
        ],
    }


def question(name: str) -> Question:
    """Return one saved question.

    Raises:
        QueryError: if there is none of that name.
    """
    known = {path.stem: path for path in ontology_file("queries").glob("*.rq")}
    if name not in known:
        raise QueryError(f"{name!r}: no such saved question. There are: {', '.join(sorted(known))}")
    return _load(known[name])


@cache
def _load(path: Path) -> Question:
    return parse(path.stem, path.read_text(encoding="utf-8"))


def parse(name: str, source: str) -> Question:
    """Return the question that a file's text holds.

    Raises:
        QueryError: the header is incomplete, unknown or at odds with the query.
    """
    lines = source.splitlines(keepends=True)
    length = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    texts, types = _header(name, lines[:length])
    text = "".join(lines[length:])
    parameters = tuple(
        Parameter(key, type_, _labels(name, texts, key), _default(name, key, text))
        for key, type_ in types.items()
    )
    title, description = _labels(name, texts, "title"), _labels(name, texts, "description")
    if unknown := texts.keys() - {"title", "description"} - types.keys():
        raise QueryError(f"{name}: unknown in the header: {', '.join(sorted(unknown))}")
    return Question(name, title, description, parameters, text)


Texts = dict[str, dict[str, str]]


def _header(name: str, lines: list[str]) -> tuple[Texts, dict[str, ParameterType]]:
    texts: Texts = {}
    types: dict[str, ParameterType] = {}
    for line in lines:
        found = _HEADER.fullmatch(line.strip())
        if not found:
            raise QueryError(f"{name}: no header line: {line.strip()!r}")
        key, language, value = found.group("key", "language", "value")
        if key == "parameter":
            parameter, _, type_ = value.partition(" ")
            types[parameter] = _type(name, type_)
        else:
            texts.setdefault(key, {})[language or ""] = value
    return texts, types


def _type(name: str, value: str) -> ParameterType:
    try:
        return ParameterType(value)
    except ValueError:
        raise QueryError(f"{name}: {value!r} is no type of parameter: {', '.join(ParameterType)}") from None


def _labels(name: str, texts: Texts, key: str) -> Mapping[str, str]:
    found = texts.get(key, {})
    if sorted(found) != sorted(LANGUAGES):
        raise QueryError(f"{name}: {key} must be given in {' and '.join(LANGUAGES)}")
    return found


def _default(name: str, key: str, text: str) -> str:
    found = re.findall(_VALUES.format(name=re.escape(key)), text)
    if len(found) != 1:
        raise QueryError(f"{name}: the query needs one clause 'VALUES ?{key} {{ UNDEF }}', not {len(found)}")
    return "" if found[0] == "UNDEF" else str(found[0])


def _term(question_name: str, parameter: Parameter, value: str) -> str:
    try:
        return str(_TERMS[parameter.type](value.strip()))
    except ValueError:
        raise QueryError(
            f"{question_name}: {value!r} cannot be {parameter.name}, which takes {parameter.type.value}"
        ) from None


def _decimal(value: str) -> Literal:
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    return Literal(format(number, "f"), datatype=XSD.decimal)


_TERMS: Mapping[ParameterType, Callable[[str], Literal | NamedNode]] = {
    ParameterType.TEXT: Literal,
    ParameterType.IRI: NamedNode,
    ParameterType.INTEGER: lambda value: Literal(str(int(value)), datatype=XSD.integer),
    ParameterType.DECIMAL: _decimal,
}
