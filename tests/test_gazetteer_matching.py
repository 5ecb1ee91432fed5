"""Matching in context: case, doubt, compounds, tokenisation, and any text at all."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer.gazetteer import load_gazetteer
from kg.gazetteer.matching import fold, split_atoms

# Matches as words=key, in order; "?" after a key: ambiguous.
CASES = [
    # Capitals
    ("en", "They told us that the US lied .", "US=US"),
    ("en", "The turkey came from Turkey .", "Turkey=TR"),
    ("en", "Polish the shoes of Polish officials .", "Polish=PL? Polish=PL"),
    ("en", "THEY BLAME US AND CHINA", "US=US? CHINA=CN"),
    ("fr", "LA CHINE ACCUSE LES ÉTATS-UNIS", "CHINE=CN ÉTATS-UNIS=US"),
    ("fr", "LA CHINE ACCUSE LES ETATS-UNIS", "CHINE=CN ETATS-UNIS=US"),
    ("fr", "Les Chinois accusent des pirates chinois .", "Chinois=CN chinois=CN"),
    ("fr", "Le kremlin de Kazan n' est pas le Kremlin .", "Kremlin=RU"),
    # Doubt
    ("en", "Chad denied it .", "Chad=TD?"),
    ("fr", "Le Tchad a nié .", "Tchad=TD"),
    ("fr", "L' armée congolaise a nié .", "congolaise=CD?"),
    ("en", "Brussels and Seoul", "Brussels=EU? Seoul=KR"),
    ("fr", "Hier , Michelle Obama a parlé .", "Obama=person-barack-obama?"),
    ("fr", "Hier , le président Obama a parlé .", "Obama=person-barack-obama"),
    ("en", "Critics say President Trump lied .", "Trump=person-donald-trump"),
    ("en", "Critics of Ivanka Trump lied .", "Trump=person-donald-trump?"),
    ("fr", "Dominique a menti .", "Dominique=DM?"),
    ("fr", "Dominique de Villepin a menti .", "Dominique_de_Villepin=person-dominique-de-villepin"),
    # Two actors of one side are no doubt
    ("en", "The Hariri affair", "Hariri=person-saad-hariri"),
    # Compounds
    ("en", "anti - Russian rhetoric", ""),
    ("en", "pro - Kremlin media", ""),
    ("en", "Iran - backed militia", "Iran=IR?"),
    ("en", "Chinese - made drones", "Chinese=CN?"),
    ("en", "US - China relations", "US=US China=CN"),
    ("fr", "des séparatistes pro-russes", ""),
    # Look-alikes
    ("en", "Latin American leaders in the South China Sea", ""),
    ("en", "the West Bank and the West", "the_West=WEST"),
    ("en", "African Americans and Americans", "Americans=US"),
    ("fr", "les accords de Minsk et Minsk", "Minsk=BY"),
    ("fr", "en mer de Chine méridionale", ""),
    ("en", "Michael Jordan and Jordan", "Jordan=JO?"),
    # Longest match
    ("en", "South Korea and Guinea - Bissau", "South_Korea=KR Guinea_-_Bissau=GW"),
    ("fr", "la République démocratique du Congo", "République_démocratique_du_Congo=CD"),
    ("fr", "l' Organisation des Nations unies", "Organisation_des_Nations_unies=UN"),
    ("en", "the UN Security Council", "UN_Security_Council=organ-un-security-council"),
    ("fr", "Le Monde diplomatique", "Le_Monde_diplomatique=media-le-monde-diplomatique"),
    # Tokens that a tokeniser left whole
    ("en", "China's lies , China’s lies", "China's=CN China’s=CN"),
    ("fr", "l'Iran , l’Iran , d'Israël", "l'Iran=IR l’Iran=IR d'Israël=IL"),
    ("fr", "les États -Unis , les Etats -- Unis", "États_-Unis=US Etats_--_Unis=US"),
    ("en", "the U.S. , the U.S.A. , the U.K.", "U.S.=US U.S.A.=US U.K.=GB"),
    # Punctuation and paragraphs part words
    ("en", "They are New , Zealand", ""),
    ("en", "South \n\n Korea", "Korea=KR?"),
    ("en", "South \n Korea", "South_\n_Korea=KR"),
    # Names inside other words
    ("en", "Panamanian Indiana Romanesque Chinatown", "Panamanian=PA"),
    ("fr", "Indochine Marocain", "Marocain=MA"),
]  # fmt: skip


def shown(words: list[str], language: str) -> str:
    return " ".join(
        "_".join(words[m.start : m.end]) + f"={m.entry.key}" + "?" * m.ambiguous
        for m in load_gazetteer().find(words, language)
    )


def test_cases_are_many() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_match_in_context(language: str, text: str, expected: str) -> None:
    assert shown(text.split(" "), language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Côte d’Ivoire, N’Djamena, l’OTAN, la Bosnie-Herzégovine, la Maison-Blanche et Port-au-Prince.",
            "CI TD NATO BA US HT",
        ),
        (
            "en",
            "Xi Jinping's U.S. visit, Côte d'Ivoire, Guinea-Bissau, Kim Jong-un and al-Assad's Syria.",
            "person-xi-jinping US CI GW person-kim-jong-un person-bashar-al-assad SY",
        ),
    ],
)
def test_tokens_of_spacy_match(language: str, text: str, expected: str) -> None:
    words = [token.text for token in spacy.blank(language)(text)]
    assert [m.entry.key for m in load_gazetteer().find(words, language)] == expected.split()


def test_alternatives_are_named() -> None:
    (match,) = load_gazetteer().find(["Congo"], "fr")
    assert [other.key for other in match.alternatives] == ["CG"]


def test_other_language_finds_nothing() -> None:
    assert load_gazetteer().find(["China"], "de") == []


@pytest.mark.parametrize(
    ("text", "folded"), [("ÉLYSÉE", "elysee"), ("Œuvre", "oeuvre"), ("Łódź", "lodz"), ("Erdoğan", "erdogan")]
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.lists(st.text(max_size=8) | st.sampled_from(["États", "-", "Unis", "U.S.", "le", "Monde", "'s"])))
def test_any_tokens_give_ordered_matches_inside_them(words: list[str]) -> None:
    for language in ("fr", "en"):
        end = 0
        for match in load_gazetteer().find(words, language):
            assert end <= match.start < match.end <= len(words)
            end = match.end


@given(st.text(max_size=20))
def test_any_token_can_be_split(token: str) -> None:
    assert all(atom.folded for atom in split_atoms(token))
