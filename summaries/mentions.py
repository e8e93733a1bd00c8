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

HONORIFICS = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Herr", "Frau", "Mme", "M", "Sr", "Sra", "Sen", "Rep", "Gov"}
)
"""What stands before a surname and introduces nobody."""

SURNAMED = frozenset({"en", "fr", "es", "it", "pt", "nl", "sv", "no", "da"})
"""Languages that write names alone with capitals and people by their surnames."""

FIRST_NAME = 14
"""Words within which the first name of a sentence is looked for: the length of an opening clause."""

PHRASE = 4
"""Words of the opening phrase that are looked at."""

REMEMBERED = 200
"""Sentences back that a name is looked for: more than articles have, so that endless texts take no longer."""

_MARKS = "\"'“”‘’„«»‹›「『（([-–— "
_SAYS = "According to "
_PART = re.compile(r"[^,;:.!?()\"“”«»]+")


class Introduced:
    """What an article has told the reader, sentence by sentence; looked into only where it is asked about."""

    def __init__(self, language: str | None) -> None:
        self._language = language or ""
        self._articles = ARTICLES.get(self._language, frozenset())
        self._stop = stop_words(language)
        self._sentences: list[str] = []
        self._stems: list[Sequence[str]] = []
        self._first: dict[str, int] = {}
        self._read = 0

    def tell(self, sentence: str, stems: Sequence[str]) -> None:
        """Add the article's next sentence and its stems."""
        self._sentences.append(sentence)
        self._stems.append(stems)

    def opens(self, order: int) -> str:
        """The stem of what a sentence opens with, if one before it introduced that; "" if not.

        "The driver" points back at a driver met before, "Trafny" at a Deven Trafny; "The Virgin Group" and
        "Police" stand by themselves.

        Args:
            order: the sentence's number, from 0.
        """
        if not order:
            return ""
        part = _PART.match(self._sentences[order].lstrip(_MARKS).removeprefix(_SAYS)[:120])
        phrase = words(part.group())[: PHRASE + 1] if part else []
        if not phrase:
            return ""
        if phrase[0].lower() in self._articles:
            return self._thing(phrase[1:], order)
        name = _bare(phrase[0])
        following = phrase[1] if len(phrase) > 1 else ""
        if not following[:1].isupper() and self._is_surname(name, order):
            return root(name.lower())
        if self._language not in SURNAMED:
            return ""
        return self._first_name(words(self._sentences[order])[:FIRST_NAME], order)

    def _first_name(self, found: Sequence[str], order: int) -> str:
        """The stem of the first name among the words, if it is a surname that was introduced before.

        "Not wanting to wait, Elliott left" and "When Ms Jenner denied that" ask who Elliott and Jenner are.
        """
        for at in range(1, len(found)):
            word = found[at]
            if not word[0].isupper() or word.lower() in self._stop or word in HONORIFICS:
                continue
            before = found[at - 1] if at > 1 else ""
            if before[:1].isupper() and before not in HONORIFICS and before.lower() not in self._stop:
                return ""
            following = found[at + 1] if at + 1 < len(found) else ""
            known = not following[:1].isupper() and self._is_surname(_bare(word), order)
            return root(_bare(word).lower()) if known else ""
        return ""

    def _thing(self, phrase: Iterable[str], order: int) -> str:
        for word in phrase:
            lowered = word.lower()
            if lowered in self._stop:
                break
            if word[:1].isupper() and self._language != "de":
                return ""
            head = root(_bare(lowered))
            if self._is_known(head, order):
                return head
        return ""

    def _is_known(self, stem: str, order: int) -> bool:
        """Whether the stem stands in a sentence before."""
        while self._read < order:
            for heard in self._stems[self._read]:
                self._first.setdefault(heard, self._read)
            self._read += 1
        return self._first.get(stem, order) < order

    def _is_surname(self, name: str, order: int) -> bool:
        """Whether a sentence before gave that name after a first name."""
        before = self._sentences[max(0, order - REMEMBERED) : order]
        return any(name in sentence and self._gives(sentence, name) for sentence in before)

    def _gives(self, sentence: str, name: str) -> bool:
        first = False
        for word in words(sentence):
            capital = word[0].isupper()
            if capital and first and _bare(word) == name:
                return True
            first = capital and word.lower() not in self._stop
        return False


def _bare(word: str) -> str:
    """The word without a possessive ending."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word
