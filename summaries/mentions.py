"""Who or what a sentence opens with, when the article has introduced it before: "The driver", "Trafny"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.language import root, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

PHRASE = 4
"""Words of the opening phrase that are looked at."""

_MARKS = "\"'“”‘’„«»‹›「『（([-–— "
_PART = re.compile(r"[^,;:.!?()\"“”«»]+")


class Introduced:
    """What an article has told the reader so far."""

    def __init__(self, language: str | None) -> None:
        self._language = language or ""
        self._articles = ARTICLES.get(self._language, frozenset())
        self._stop = stop_words(language)
        self._stems: set[str] = set()
        self._surnames: set[str] = set()

    def opens_with(self, sentence: str, found: Sequence[str]) -> str:
        """The stem of what the sentence opens with, if it was introduced before; "" if not.

        "The driver" points back at a driver met before, "Trafny" at a Deven Trafny; "The Virgin Group" and
        "Police" stand by themselves.
        """
        phrase = found[: PHRASE + 1]
        if not phrase:
            return ""
        if phrase[0].lower() not in self._articles and _bare(phrase[0]) not in self._surnames:
            return ""
        part = _PART.match(sentence.lstrip(_MARKS)[:120])
        phrase = words(part.group())[: PHRASE + 1] if part else []
        if not phrase:
            return ""
        if phrase[0].lower() in self._articles:
            return self._thing(phrase[1:])
        name = _bare(phrase[0])
        following = phrase[1] if len(phrase) > 1 else ""
        if name in self._surnames and not following[:1].isupper():
            return root(name.lower())
        return ""

    def _thing(self, phrase: Iterable[str]) -> str:
        head = ""
        for word in phrase:
            lowered = word.lower()
            if lowered in self._stop:
                break
            if word[:1].isupper() and self._language != "de":
                return ""
            head = root(_bare(lowered))
            if head in self._stems:
                return head
        return ""

    def hear(self, found: Iterable[str], stems: Iterable[str]) -> None:
        """Take in a sentence: its words, its stems, and the surnames that it gives with a first name."""
        self._stems.update(stems)
        before = False
        for word in found:
            capital = word[0].isupper()
            if capital and before:
                self._surnames.add(_bare(word))
            before = capital and word.lower() not in self._stop


def _bare(word: str) -> str:
    """The word without a possessive ending."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word
