"""Lexicon entries and their strict loader.

A file holds groups; what a group says holds for each of its entries unless the entry says otherwise::

    [[group]]
    family = "accusing"
    pos = "verb"
    source = ["subj"]
    target = ["obj"]
    content = ["prep:de", "comp"]
    entries = [
      { lemma = "accuser", example = "(SRC: Rome) (CUE: accuse) (TAR: Tunis) de mensonge." },
    ]

Argument positions name where a role stands relative to the head word, whatever the surface order:

    subj         logical subject (of a passive: the agent)
    obj          logical object (of a passive: the grammatical subject)
    iobj         indirect object, dative pronoun included (fr "lui", en "told him")
    prep:WORD    complement introduced by this preposition
    comp         complement clause, finite or infinitive
    poss         possessor: "their", "X's", "of X", "de X", a nationality adjective ("Russian lies")
    agent        "by X", "par X", "de la part de X" beside a noun
    mod          of an adjective: the noun it modifies, or its subject when predicative
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import LexiconError
from kg.model import RebuttalKind, Topic


class Family(StrEnum):
    """What a word does."""

    ACCUSING = "accusing"
    """Says that somebody accuses: accuse, blame, indict, denounce; source, target, content."""
    WRONGDOING = "wrongdoing"
    """Names a wrong: lie, bomb, slander, illegal; ``target`` is the position of the wrongdoer."""
    REBUTTING = "rebutting"
    """Says that an accusation does not hold: deny, baseless, no evidence; source, target, content."""
    ALLEGATION = "allegation"
    """Noun for what is alleged or for its carrier (claim, rumour, report): what a rebuttal is about."""
    REPORTING = "reporting"
    """Attributes content to a source: say, announce, selon, according to; source, content."""
    HEDGING = "hedging"
    """Marks that the holder does not vouch: allegedly, reportedly, présumé."""
    OPPOSING = "opposing"
    """Acts against what it governs (fight, prevent, condemn): its subject is not the doer of its object."""
    SUFFERING = "suffering"
    """Undergoes what it governs (suffer, face): its subject is not the doer of its object."""
    RETRACTING = "retracting"
    """Takes back what was said (withdraw, retract, se rétracter); source, target, content."""
    DEMANDING = "demanding"
    """Wants something of somebody (demand, urge, must); source (none: the holder), target, content."""
    WARNING = "warning"
    """Says what will follow for somebody (warn, bear the consequences); likewise."""
    STANDING = "standing"
    """Takes a stand and accuses nobody (support, oppose, believe); source, content."""


class Pos(StrEnum):
    """Part of speech of the head."""

    VERB = "verb"
    NOUN = "noun"
    ADJ = "adj"
    ADV = "adv"
    PREP = "prep"


POSITIONS = frozenset({"subj", "obj", "iobj", "comp", "poss", "agent", "mod"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexicon entry.

    Attributes:
        language: ``"fr"`` or ``"en"``.
        lemma: the lemma; several words for an idiom ("mettre en cause", "have nothing to do with"),
            matched in order on lemmas or lower-case forms with at most two words between neighbours.
        head: index of the word among the lemma's words that the arguments hang on.
        source, target, content: argument positions in order of preference.  For a wrongdoing word,
            ``target`` is where the wrongdoer stands and ``content`` where the victim stands.
        weight: how often the word alone makes an act when somebody holds its clause, 0 to 1.
        about: for rebutting and accusing words that are neutral by themselves ("reject", "false"): the
            content must be headed by an allegation noun, a wrongdoing word or refer to one.
        kind: of a rebutting word.
        topic: of a wrongdoing or accusing word, ``None`` if it takes the topic of its content.
        judicial: courts or police do it, even when the sentence names nobody ("was indicted").
        example: a sentence with the roles marked, which is itself a test.
    """

    language: str
    family: Family
    pos: Pos
    lemma: str
    example: str
    head: int = 0
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    weight: float = 0.9
    about: bool = False
    kind: RebuttalKind | None = None
    topic: Topic | None = None
    judicial: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the lemma."""
        return tuple(self.lemma.split())

    @property
    def name(self) -> str:
        """Short name for explanations, as in ``fr/accusing/accuser``."""
        return f"{self.language}/{self.family}/{self.lemma}"


_ALLOWED = {f.name for f in fields(Entry)} - {"language"}


def _entry(values: dict[str, Any], language: str, where: str) -> Entry:
    unknown = set(values) - _ALLOWED
    if unknown:
        raise LexiconError(
            f"{where}: unknown key {sorted(unknown)[0]!r}; allowed: {', '.join(sorted(_ALLOWED))}"
        )
    for key in ("source", "target", "content"):
        positions = values.get(key, [])
        positions = [positions] if isinstance(positions, str) else positions
        for position in positions:
            if position not in POSITIONS and not position.startswith("prep:"):
                raise LexiconError(f"{where}: {key} names no argument position: {position!r}")
        values[key] = tuple(positions)
    try:
        values["family"] = Family(values["family"])
        values["pos"] = Pos(values["pos"])
        values["kind"] = RebuttalKind(values["kind"]) if values.get("kind") else None
        values["topic"] = Topic(values["topic"]) if values.get("topic") else None
        entry = Entry(language=language, **values)
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"{where}: {error}") from error
    if not entry.example:
        raise LexiconError(f"{where}: an entry needs an example sentence")
    if entry.head >= len(entry.words):
        raise LexiconError(f"{where}: head {entry.head} is not a word of the lemma")
    return entry


def parse_lexicon(text: str, language: str, file: str) -> Iterator[Entry]:
    """Yield the entries of one lexicon file.

    Raises:
        LexiconError: the file is not TOML, or an entry has an unknown key, position or value, or no
            example.  The message names the file and the entry.
    """
    try:
        groups = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: {error}") from error
    if set(groups) - {"group"}:
        raise LexiconError(
            f"{file}: only [[group]] tables are known, not {sorted(set(groups) - {'group'})[0]!r}"
        )
    for group in groups.get("group", []):
        common = {key: value for key, value in group.items() if key != "entries"}
        for values in group.get("entries", []):
            yield _entry({**common, **values}, language, f"{file}, entry {values.get('lemma', '?')!r}")


@cache
def load_lexicon(language: str) -> tuple[Entry, ...]:
    """Return all entries of a language, in file order.

    Raises:
        LexiconError: see :func:`parse_lexicon`; also for an entry that occurs twice in a family.
    """
    folder = files("kg.lexicon") / language
    entries: list[Entry] = []
    seen: set[tuple[str, str, str]] = set()
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for entry in parse_lexicon(file.read_text(encoding="utf-8"), language, f"{language}/{file.name}"):
            key = (entry.family, entry.pos, entry.lemma)
            if key in seen:
                raise LexiconError(
                    f"{language}/{file.name}, entry {entry.lemma!r}: occurs twice in {entry.family}"
                )
            seen.add(key)
            entries.append(entry)
    return tuple(entries)
