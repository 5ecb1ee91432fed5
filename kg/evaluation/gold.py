"""Where gold comes from: a folder of annotated documents, or the decisions of people."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.documents.reading import read
from kg.errors import DocumentError, EvaluationError
from kg.evaluation.acts import COMPARED, ComparedAct, from_act, from_gold
from kg.evaluation.comparison import GoldDocument
from kg.model import Document
from kg.rdf.reviews import Decision
from kg.reviews.effective import ReviewedAct

SUFFIX = ".gold.json"
"""End of the name of a gold file; the text beside it ends in ``.txt``."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its gold."""

    document: Document
    gold: GoldDocument


def read_gold(folder: Path) -> Iterator[Annotated]:
    """Yield the annotated documents of a folder and of the folders in it, one a language.

    Raises:
        EvaluationError: there are none, a text is missing, or a file is not gold; it names the file.
        DocumentError: a text cannot be read.
    """
    paths = sorted((*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*/*{SUFFIX}")))
    if not paths:
        raise EvaluationError(
            f"{folder}: no files NAME{SUFFIX} in it or in its folders. See docs/evaluation.md"
        )
    for path in paths:
        document = _text_of(path)
        yield Annotated(document, _gold(path, document))


def _text_of(path: Path) -> Document:
    text = path.with_name(path.name.removesuffix(SUFFIX) + ".txt")
    if not text.is_file():
        raise EvaluationError(f"{path}: {text.name} is not beside it. Put the annotated text there")
    for item in read([text]):
        if isinstance(item, DocumentError):
            raise item
        return item
    raise EvaluationError(f"{text}: nothing to read in it")


def _gold(path: Path, document: Document) -> GoldDocument:
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        acts = tuple(from_gold(record, document.name, document.text) for record in stated["acts"])
        language = stated.get("lang") or document.metadata.language
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EvaluationError(f"{path}: not gold: {error!r}") from error
    return GoldDocument(document.name, language, tuple(act for act in acts if act.type in COMPARED))


@dataclass(frozen=True, slots=True)
class ReviewedGold:
    """What people decided, as gold, and what the machine reads of the same records, by document."""

    documents: tuple[GoldDocument, ...]
    predicted: dict[str, list[ComparedAct]]


def gold_of_reviews(reviewed: Iterable[ReviewedAct], languages: dict[str, str]) -> ReviewedGold:
    """Return the decisions of people as gold.

    An accepted record is gold as it was seen, a corrected one as it was corrected, and a rejected one is
    spurious.  Records that nobody decided about, and those that are disputed, are left out on both sides.

    Args:
        reviewed: records with their decisions.
        languages: language of each document by its name; unknown for those left out.
    """
    gold: defaultdict[str, list[ComparedAct]] = defaultdict(list)
    predicted: defaultdict[str, list[ComparedAct]] = defaultdict(list)
    for item in reviewed:
        if item.review is None or item.review.decision is Decision.DISPUTED:
            continue
        for act, side in ((item.act, gold), (item.found, predicted)):
            if act is not None and act.type in COMPARED:
                side[act.document].append(from_act(act))
    names = sorted({*gold, *predicted})
    documents = (GoldDocument(name, languages.get(name, ""), tuple(gold[name])) for name in names)
    return ReviewedGold(tuple(documents), dict(predicted))
