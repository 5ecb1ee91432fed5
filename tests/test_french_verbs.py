"""Verbs that the French tagger mistakes get their part of speech and lemma back; true nouns keep theirs."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.lexicon.french_verbs import COMPONENT, VerbTables, model_tables


@pytest.fixture(scope="module")
def model() -> Language:
    french = spacy.load("fr_core_news_md")
    french.add_pipe(COMPONENT)
    return french


@pytest.fixture(scope="module")
def tables(model: Language) -> VerbTables:
    return model_tables(model, ["museler", "mépriser", "tuer", "taire", "prendre"])


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("truque", "truquer"),
        ("dénonçait", "dénoncer"),
        ("exigea", "exiger"),
        ("rejettent", "rejeter"),
        ("harcèle", "harceler"),
        ("relève", "relever"),
        ("essuie", "essuyer"),
        ("dément", "démentir"),
        ("enfreignent", "enfreindre"),
        ("nuit", "nuire"),
        ("muselle", "museler"),
        ("méprise", "mépriser"),
        ("tue", "tuer"),
        ("prise", "prendre"),
        ("wagon", ""),
    ],
)
def test_infinitive_of_a_form(tables: VerbTables, form: str, infinitive: str) -> None:
    assert tables.infinitive(form) == infinitive


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("La mafia truque des matchs.", "truque", "truquer"),
        ("Washington vassalise l'Europe.", "vassalise", "vassaliser"),
        ("Téhéran arme les houthis.", "arme", "armer"),
        ("Les pirates ont crypté nos serveurs.", "crypté", "crypter"),
        ("Le manuel travestit l'histoire de la conquête.", "travestit", "travestir"),
        ("L'armée pilonne les quartiers est.", "pilonne", "pilonner"),
    ],
)
def test_mistaken_verb_is_repaired(model: Language, sentence: str, form: str, lemma: str) -> None:
    token = next(t for t in model(sentence) if t.text == form)
    assert (token.pos_, token.lemma_) == ("VERB", lemma)


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("La torture des suspects était systématique.", "torture"),
        ("Les attaques du sénateur se répètent.", "attaques"),
        ("Une fraude massive a faussé le vote.", "fraude"),
        ("Le rapport cite des cas de triche, fraude et chantage.", "fraude"),
    ],
)
def test_noun_stays_a_noun(model: Language, sentence: str, form: str) -> None:
    token = next(t for t in model(sentence) if t.text == form)
    assert token.pos_ == "NOUN"
