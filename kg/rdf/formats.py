"""The six RDF formats: their names, and streaming writers and readers.

N-Quads, TriG and JSON-LD keep the named graphs.  Turtle, N-Triples and RDF/XML have none: the graphs are
merged, and ``ct:inDocument`` still tells where an act was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import GraphError
from kg.rdf.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class Format:
    """One RDF format.

    Attributes:
        name: how users call for it (``--format turtle``).
        label: how its specification spells it.
        extension: of file names, without the dot.
        media_type: for content negotiation.
        syntax: pyoxigraph's name for it.
    """

    name: str
    label: str
    extension: str
    media_type: str
    syntax: ox.RdfFormat

    @property
    def keeps_graphs(self) -> bool:
        """Whether named graphs survive."""
        return self.syntax.supports_datasets


_ALL = (
    Format("turtle", "Turtle", "ttl", "text/turtle", ox.RdfFormat.TURTLE),
    Format("trig", "TriG", "trig", "application/trig", ox.RdfFormat.TRIG),
    Format("nquads", "N-Quads", "nq", "application/n-quads", ox.RdfFormat.N_QUADS),
    Format("ntriples", "N-Triples", "nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
    Format("jsonld", "JSON-LD", "jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
    Format("rdfxml", "RDF/XML", "rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML),
)
FORMATS = {format_.name: format_ for format_ in _ALL}
"""All formats by name."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def format_named(name: str) -> Format:
    """Return a format by its name, file extension or media type.

    Raises:
        GraphError: if there is none such.
    """
    for format_ in _ALL:
        if name.lower().lstrip(".") in (format_.name, format_.extension, format_.media_type):
            return format_
    raise GraphError(f"{name!r}: no RDF format. There are: {', '.join(FORMATS)}")


def write(quads: Iterable[ox.Quad], format_: Format, out: IO[bytes]) -> None:
    """Write quads one by one; no more than one is held in memory.

    Same quads in the same order, same bytes.  RDF/XML cannot hold control characters: they become
    U+FFFD there, one for one, so that offsets into the text still fit.
    """
    statements: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
    if not format_.keeps_graphs:
        statements = (quad.triple for quad in quads)
    if format_.name == "rdfxml":
        rows = (_xml_safe(quad.triple) for quad in quads)
        ox.serialize(
            rows, cast(IO[bytes], _Filtered(out, _escape_returns)), format_.syntax, prefixes=_USED_IN_XML
        )
    elif format_.name in ("turtle", "trig"):
        filtered = _SortedHeader(out)
        ox.serialize(statements, cast(IO[bytes], filtered), format_.syntax, prefixes=PREFIXES)
        filtered.finish()
    else:
        ox.serialize(statements, out, format_.syntax)


def read(source: IO[bytes] | bytes, format_: Format) -> Iterator[ox.Quad]:
    """Yield the quads of a file or of bytes.

    Raises:
        GraphError: if it is malformed; the message tells the line.
    """
    try:
        yield from ox.parse(source, format_.syntax)
    except SyntaxError as error:
        raise GraphError(f"malformed {format_.label}: {error}") from error


# the XML serialiser declares every prefix it is given on the root element
_USED_IN_XML = {name: base for name, base in PREFIXES.items() if name not in ("id", "graph", "voc", "xsd")}


def xml_text(text: str) -> str:
    """Return ``text`` with U+FFFD for every character that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _xml_safe(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or not _NOT_XML.search(value.value):
        return triple
    text = xml_text(value.value)
    safe = ox.Literal(text, language=value.language) if value.language else ox.Literal(text)
    return ox.Triple(triple.subject, triple.predicate, safe)


def _escape_returns(data: bytes) -> bytes:
    """An XML parser reads a bare carriage return as a line feed, and every later offset would be wrong."""
    return data.replace(b"\r", b"&#13;")


class _Filtered:
    """A binary file that changes what is written to it."""

    def __init__(self, out: IO[bytes], change: Callable[[bytes], bytes]) -> None:
        self._out = out
        self._change = change

    def write(self, data: bytes) -> int:
        self._out.write(self._change(data))
        return len(data)

    def flush(self) -> None:
        self._out.flush()


class _SortedHeader:
    """Sorts the prefix lines at the top: Oxigraph writes them in another order on every run."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._header: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._header is None:
            self._out.write(data)
        else:
            self._header += data
            if any(line and not line.startswith(b"@prefix") for line in self._header.split(b"\n")[:-1]):
                self.finish()
        return len(data)

    def flush(self) -> None:
        self._out.flush()

    def finish(self) -> None:
        """Write what is still held back."""
        if self._header is not None:
            lines = self._header.split(b"\n")
            count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
            self._out.write(b"\n".join([*sorted(lines[:count]), *lines[count:]]))
            self._header = None
