"""Who holds each clause: one kind of holder after the other, in sentences made for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.attributions.holders import HolderKind
from kg.cli import app
from kg.held import NARRATOR, HeldClause, clause_text, find_held_clauses
from kg.model import Document, Metadata

DIRECT, INDIRECT, ACCORDING = HolderKind.DIRECT, HolderKind.INDIRECT, HolderKind.ACCORDING
NEWS, SPEECH, QA, DEBATE = "news report", "speech", "spokesperson q&a", "parliamentary debate"


@dataclass(frozen=True)
class Case:
    """A text, some words of it, and the chain that holds them: kind and words or name of each level."""

    language: str
    text: str
    words: str
    chain: tuple[tuple[HolderKind, str], ...]
    genre: str = NEWS
    speaker: str = ""


def narrated(language: str, text: str, words: str, *chain: tuple[HolderKind, str]) -> Case:
    return Case(language, text, words, chain)


def spoken(language: str, text: str, words: str, *chain: tuple[HolderKind, str]) -> Case:
    return Case(language, text, words, ((HolderKind.SPEAKER, "Kenya"), *chain), SPEECH, "Kenya")


QUESTION = ((HolderKind.QUESTION, "unnamed"),)
CHINA = (HolderKind.SPEAKER, "China")

CASES = {
    # The default holder.
    "narrator": narrated("en", "Rain fell on the town. The army shelled the port.", "shelled"),
    "narrateur": narrated("fr", "La pluie tombait. L'armée a bombardé le port.", "bombardé"),
    "speaker": spoken("en", "They have sold our port.", "sold"),
    "orateur": spoken("fr", "Ils ont vendu notre port.", "vendu"),
    "first person adds none": spoken("en", "I say that they lied.", "lied"),
    "la première personne n'ajoute rien": spoken("fr", "Je dis qu'ils ont menti.", "menti"),
    # Turns, questions and answers.
    "question": Case("en", "Q: Do you spy on Belgium? A: We do not.", "spy", QUESTION, QA, "China"),
    "answer": Case("en", "Q: Do you spy on Belgium? A: That is a lie.", "lie", (CHINA,), QA, "China"),
    "réponse": Case("fr", "Q : Espionnez-vous ? R : C'est un mensonge.", "mensonge", (CHINA,), QA, "Chine"),
    "question reports": Case(
        "en", "Q: Belgium says you spy. A: We do not.", "spy", (*QUESTION, (INDIRECT, "Belgium")), QA, "China"
    ),
    "turn": Case(
        "en", "MR. SMITH: They lied.\n\nMS. JONES: He knows it.",
        "knows", ((HolderKind.TURN, "JONES"),), DEBATE
    ),
    # Direct quotation.
    "quoted before": narrated(
        "en", "“The ministry lied to us”, Anna Berg said.", "lied", (DIRECT, "Anna Berg")
    ),
    "quoted after": narrated(
        "en", "The mayor replied: “Nobody warned us about the flood.”", "warned", (DIRECT, "mayor")
    ),
    "two quotations": narrated(
        "en", "“The ministry lied to us”, Anna Berg said. “It hid the figures.”", "hid", (DIRECT, "Anna Berg")
    ),
    "straight marks": narrated(
        "en", 'The mayor replied: "Nobody warned us about the flood."', "warned", (DIRECT, "mayor")
    ),
    "cité, verbe après": narrated(
        "fr", "« Le ministère nous a menti », affirme Anna Berg.", "menti", (DIRECT, "Anna Berg")
    ),
    "cité, nom après le verbe": narrated(
        "fr", "« Le ministère nous a menti », a déclaré la maire.", "menti", (DIRECT, "maire")
    ),
    "cité après deux points": narrated(
        "fr", "Le maire a répondu : « Personne ne nous a prévenus. »", "prévenus", (DIRECT, "maire")
    ),
    # Some words quoted, and scare quotes, which are nobody's.
    "mixed": narrated(
        "en", "The ambassador called the report “a fairy tale”.",
        "fairy", (DIRECT, "ambassador"),
    ),
    "mixte": narrated(
        "fr", "Le maire a dénoncé une « chasse aux sorcières ».", "sorcières", (DIRECT, "maire")
    ),
    "scare quotes": narrated("en", "The so-called “election” took place on Sunday.", "election"),
    "guillemets de distance": narrated("fr", "Cette « élection » a eu lieu dimanche.", "élection"),
    # Indirect speech.
    "said that": narrated(
        "en", "The minister said that Russia had bombed a town.",
        "bombed", (INDIRECT, "minister"),
    ),
    "bare clause": narrated(
        "en", "Prosecutors believe the bank committed fraud.", "fraud", (INDIRECT, "Prosecutors")
    ),
    "aside": narrated("en", "The plane was shot down, the general said.", "shot", (INDIRECT, "general")),
    "accused of": narrated("en", "Peru accused Chile of stealing the map.", "stealing", (INDIRECT, "Peru")),
    "claim that": narrated(
        "en", "Peru rejects the claim that it stole the map.",
        "stole", (INDIRECT, "unnamed"),
    ),
    "their words": spoken("en", "They say that we sold the port.", "sold", (INDIRECT, "They")),
    "dit que": narrated("fr", "Le préfet a dit que la route rouvrirait.", "rouvrirait", (INDIRECT, "préfet")),
    "incise": narrated(
        "fr", "Le pont s'est effondré, a indiqué le préfet.",
        "effondré", (INDIRECT, "préfet"),
    ),
    "parle de": narrated("fr", "Le directeur parle d'un complot.", "complot", (INDIRECT, "directeur")),
    "accuse de": narrated(
        "fr", "La Norvège accuse la Suède d'avoir volé la carte.",
        "volé", (INDIRECT, "Norway"),
    ),
    "leurs mots": spoken("fr", "Ils prétendent que nous avons vendu le port.", "vendu", (INDIRECT, "Ils")),
    # According to.
    "according to, first": narrated(
        "en", "According to Amnesty, the army tortures prisoners.",
        "tortures", (ACCORDING, "Amnesty International")
    ),
    "according to, last": narrated(
        "en", "The army tortures prisoners, according to Amnesty.",
        "tortures", (ACCORDING, "Amnesty International")
    ),
    "selon": narrated(
        "fr", "Selon Amnesty, l'armée torture des prisonniers.",
        "torture", (ACCORDING, "Amnesty International")
    ),
    "selon, à la fin": narrated(
        "fr", "L'usine aurait pollué la rivière, selon le préfet.", "pollué", (ACCORDING, "préfet")
    ),
    "d'après": narrated("fr", "D'après le préfet, le pont a cédé.", "cédé", (ACCORDING, "préfet")),
    # Nested reports.
    "two levels": narrated(
        "en", "Peru claims that Chile said that Bolivia had lied.",
        "lied", (INDIRECT, "Peru"), (INDIRECT, "Chile")
    ),
    "deux niveaux": narrated(
        "fr", "La Norvège affirme que la Suède a dit que le Danemark avait menti.", "menti",
        (INDIRECT, "Norway"), (INDIRECT, "Sweden"),
    ),
    "reported according to": narrated(
        "en", "The newspaper reported that, according to the police, two men stole the car.", "stole",
        (INDIRECT, "newspaper"), (ACCORDING, "police"),
    ),
    "media of a state": spoken(
        "en", "Belgian media say that we use hackers.", "hackers", (INDIRECT, "Belgium (Belgian media)")
    ),
    # Words that look like attribution and are none.
    "an affair shows": narrated("en", "The affair shows that the bank was badly run.", "run"),
    "l'affaire montre": narrated("fr", "L'affaire montre que la banque était mal gérée.", "gérée"),
    "not said": narrated("en", "The minister did not say that the army shelled the port.", "shelled"),
}  # fmt: skip


def clauses_of(case: Case) -> list[HeldClause]:
    metadata = Metadata(language=case.language, genre=case.genre, speaker=case.speaker)
    return list(find_held_clauses(Document("case", case.text, metadata)))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_chain_of_holders(case: Case) -> None:
    (clause,) = [c for c in clauses_of(case) if any(case.words in piece.text for piece in c.pieces)]
    found = [
        (
            h.kind,
            h.label.split()[-1] if h.label else h.words.text if h.words and h.side == "unnamed" else h.name,
        )
        for h in clause.holders
    ]
    assert len(found) == len(case.chain)
    for (kind, name), (wanted_kind, wanted) in zip(found, case.chain, strict=True):
        assert kind is wanted_kind
        assert wanted.casefold() == name.casefold()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_words_are_those_of_the_text_and_each_is_in_one_clause(case: Case) -> None:
    places = []
    for clause in clauses_of(case):
        quotes = [q for h in clause.holders for q in (h.words, h.cue) if q is not None]
        for piece in (*clause.pieces, *quotes):
            assert case.text[piece.start : piece.end] == piece.text
        places += [(piece.start, piece.end) for piece in clause.pieces]
    places.sort()
    assert all(end <= start for (_, end), (start, _) in zip(places, places[1:], strict=False))
    assert places


HEDGED = {
    "conditional": ("fr", "Selon l'AFP, l'usine aurait pollué la rivière.", "pollué", True),
    "allegedly": ("en", "The firm allegedly bribed a minister.", "bribed", True),
    "may have": ("en", "The firm may have bribed a minister.", "bribed", True),
    "asserted": ("en", "The firm bribed a minister.", "bribed", False),
    "affirmé": ("fr", "L'usine a pollué la rivière.", "pollué", False),
}


@pytest.mark.parametrize(("language", "text", "words", "expected"), HEDGED.values(), ids=HEDGED)
def test_hearsay_is_marked(language: str, text: str, words: str, expected: bool) -> None:
    clauses = clauses_of(Case(language, text, words, ()))
    (clause,) = [c for c in clauses if any(words in piece.text for piece in c.pieces)]
    assert clause.is_hedged is expected


def test_text_names_the_narrator_and_the_words() -> None:
    (first, second) = clauses_of(narrated("en", "The plane was shot down, the general said.", ""))
    assert clause_text(first).splitlines() == [
        "[0] The plane was shot down",
        '    indirect speech: general ["general" "said"]',
    ]
    assert NARRATOR in clause_text(second)


def test_command_prints_text_and_json(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    text = "Belgium said that China spies on it. The embassy did not comment on Monday.\n"
    path.write_text(text)
    path.with_name("report.meta.json").write_text('{"genre": "news report", "language": "en"}')
    shown = CliRunner().invoke(app, ["attributions", str(path)])
    assert shown.exit_code == 0
    assert "== report" in shown.stdout
    assert 'indirect speech: Belgium (BE) ["Belgium" "said"]' in shown.stdout
    printed = CliRunner().invoke(app, ["attributions", str(path), "--format", "json"])
    clauses = [json.loads(line) for line in printed.stdout.splitlines()]
    held = [clause for clause in clauses if clause["holders"]]
    assert [holder["side"] for holder in held[0]["holders"]] == ["BE"]
    assert all(text[p["start"] : p["end"]] == p["text"] for clause in clauses for p in clause["pieces"])


def test_command_warns_of_what_it_cannot_read(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["attributions", str(tmp_path / "none.txt")]).exit_code == 2
