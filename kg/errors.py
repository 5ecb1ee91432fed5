"""Every error that ClaimTrack raises on purpose.

    KGError
    ├── InputError              what the user gave cannot be used
    │   ├── DocumentError       a file or text cannot be read
    │   ├── LexiconError        a lexicon, gazetteer or actor file is malformed
    │   ├── ReviewError         a person's decision cannot be read or applied
    │   └── EvaluationError     gold or predicted acts cannot be read or compared
    ├── GraphError              RDF that does not say what it must
    │   ├── VocabularyError     a term the ontology does not define
    │   └── ShapeError          a graph violates the shapes
    └── StoreError              the store cannot do what was asked
        ├── StoreLocked         another process is writing
        └── QueryError          a query is malformed, refused or too costly
            ├── QueryRefused    a query would reach outside the store, or change it
            ├── QueryTimeout    a query was stopped at its time limit
            ├── QueryTooLarge   a query was stopped at its memory or size limit
            └── QueryBusy       too many queries are running

Each message names the file or record and, where there is one, the remedy.  Only :mod:`kg.cli` turns
errors into exit codes; library code never prints and never exits.
"""


class KGError(Exception):
    """Base of all errors raised on purpose."""


class InputError(KGError):
    """What the user gave cannot be used."""


class DocumentError(InputError):
    """A document cannot be read.

    Args:
        name: the file or record, as the user knows it.
        reason: what is wrong, in plain words.
        remedy: what the user can do about it.
    """

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(f"{name}: {reason}. {remedy}")
        self.name = name
        self.reason = reason
        self.remedy = remedy


class LexiconError(InputError):
    """A lexicon, gazetteer or actor file is malformed."""


class ReviewError(InputError):
    """A person's decision cannot be read or applied."""


class EvaluationError(InputError):
    """Gold or predicted acts cannot be read or compared."""


class GraphError(KGError):
    """RDF that does not say what it must."""


class VocabularyError(GraphError):
    """A term that the ontology does not define."""


class ShapeError(GraphError):
    """A graph violates the shapes."""


class StoreError(KGError):
    """The store cannot do what was asked."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class QueryError(StoreError):
    """A query is malformed, refused or too costly."""


class QueryTimeout(QueryError):
    """A query was stopped at its time limit."""


class QueryRefused(QueryError):
    """A query would reach outside the store, or would change it."""


class QueryTooLarge(QueryError):
    """A query was stopped at its memory limit, or its answer at its size limit."""


class QueryBusy(QueryError):
    """Too many queries are running; the same query may work a moment later."""
