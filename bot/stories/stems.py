"""The stem of a word: most English words that are new to an archive are names, which need no stemmer for it.

The stemmer takes some 50 microseconds a word, since it is written in Python, and works by endings. A word
without any of the endings that it looks at stays as it is; one whose only ending is a plural "s", a "'s" or
a "y" loses or changes that. About half of the words of news are of these kinds, and of new ones more.
"""

from __future__ import annotations

from summaries.language import stem

_ENDINGS = (
    "ies", "sses", "ed", "ing", "edly", "ingly", "anci", "enci", "ogi", "li", "ator", "ogist", "ful", "ness",
    "ic", "iti", "al", "ism", "ion", "er", "ous", "ant", "ent", "e", "ll",
)  # fmt: skip
"""The endings that the steps of the English Snowball stemmer look at; longer ones end in one of these."""

_EXCEPTIONS = frozenset(
    ("andes", "atlas", "bias", "cosmos", "early", "gently", "howe", "idly", "news", "only", "singly", "skies",
     "skis", "sky", "ugly")
)  # fmt: skip
_VOWELS = frozenset("aeiou")


def stem_of(word: str, language: str) -> str:
    """Return the stem of one lower-cased word, as `summaries.language.stem` gives it."""
    return (_evident(word) if language == "en" else None) or stem(word, language)


def _evident(word: str) -> str | None:
    """Return the stem of an English word where no stemmer is needed to tell; else None."""
    left = word.removesuffix("'s")
    if len(left) < 3 or word in _EXCEPTIONS or not left.isalpha():
        return None
    if left[-1] == "s" and left[-2] not in "us":
        left = left[:-1]
        if _VOWELS.isdisjoint(left[:-1]):
            return None
    if left[-1] == "y" and left[-2] not in _VOWELS:
        if left[-2] == "y" or len(left) < 3:
            return None
        left = f"{left[:-1]}i"
    return None if left.endswith(_ENDINGS) else left
