"""Tells French from English, and either from a language that ClaimTrack has no model for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

SUPPORTED = ("en", "fr")
"""Languages with a model."""

_SAMPLE = 20_000
"""Characters that are looked at: more do not change the answer."""
_FOREIGN = 0.5
"""Probability that another language must reach before a text is called foreign."""
_RESIDUE = 0.02
"""Probability left for French and English together, below which a text is called foreign: a short
sentence with foreign names stays above it."""


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of ``text``; empty if it has no words.

    One of :data:`SUPPORTED`, unless the text is clearly in another language.
    """
    if not any(map(str.isalpha, text)):
        return ""
    ranking = dict(_identifier().rank(text[:_SAMPLE]))
    best = max(ranking, key=lambda code: float(ranking[code]))
    residue = sum(ranking[code] for code in SUPPORTED)
    if best not in SUPPORTED and ranking[best] >= _FOREIGN and residue < _RESIDUE:
        return str(best)
    return max(SUPPORTED, key=lambda code: float(ranking[code]))


def language_name(code: str) -> str:
    """Return the English name of a language code, or the code itself."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Load the identifier once a process: it takes about a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
