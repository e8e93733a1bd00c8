"""Nouns that point back, and the articles, titles and verbs that stand beside them, by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from summaries.fragments import FINITE

ARTICLES = {
    "en": frozenset({"the"}),
    "de": frozenset({"der", "die", "das", "den", "dem"}),
    "fr": frozenset({"le", "la", "les"}),
    "es": frozenset({"el", "la", "los", "las"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le"}),
    "pt": frozenset({"o", "a", "os", "as"}),
    "nl": frozenset({"de", "het"}),
}
"""The definite articles of the languages that have them as words."""

_OF_SURNAMES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Herr", "Frau", "Mme", "Sr", "Sra"})

HONORIFICS = _OF_SURNAMES | {"Sir", "M", "Sen", "Rep", "Gov"}
"""What stands before a surname and introduces nobody."""

TITLES = _OF_SURNAMES | {"Dhr", "Mevr"}
"""Those that newspapers use only for somebody who was introduced with the full name."""

SUFFIXED = frozenset({"sv", "no", "da"})
"""Languages whose nouns bear the article at their end: "Mannen" is "The man"."""

SURNAMED = frozenset({"en", "fr", "es", "it", "pt", "nl", "sv", "no", "da"})
"""Languages that write names alone with capitals and people by their surnames."""

VERBS = frozenset({
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must",
    "came", "comes", "began", "begins", "took", "takes", "went", "goes", "made", "makes", "left", "leaves",
    "fell", "falls", "rose", "rises", "led", "leads", "drew", "draws", "gave", "gives", "got", "gets", "ran",
    "runs", "saw", "sees", "met", "meets", "won", "wins", "lost", "loses", "kept", "keeps", "brought",
    "brings", "put", "puts", "set", "sets", "grew", "grows", "became", "becomes", "did", "does",
})  # fmt: skip
"""Right before one of these nothing more is said of a noun: "The push came", but "The push for peace"."""

_KINDS = Path(__file__).with_name("kinds.txt")


@cache
def kinds(line: str) -> frozenset[str]:
    """A line of the file beside this one, by its name: "en who"."""
    for listed in _KINDS.read_text(encoding="utf-8").splitlines():
        name, _, nouns = listed.partition(": ")
        if name == line:
            return frozenset(nouns.split(" | "))
    return frozenset()


def is_verb(word: str) -> bool:
    """Whether a word is a form of a verb by which a noun ends."""
    return word in VERBS or word in FINITE or word.endswith("ed")
