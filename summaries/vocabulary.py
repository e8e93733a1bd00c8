"""The content words of each piece of text between two spaces, remembered: news repeats its words."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from summaries.language import root, roots, stop_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN = 300_000
"""Pieces remembered in a language before starting anew: those of some 10,000 articles, 50 MB."""

AROUND = "\"'“”‘’()[],.;:!?…–—"
"""What most often stands around a word and is no part of it."""

LONGEST = 40
"""Characters up to which a piece is remembered; where no spaces part words, pieces do not come again."""


class Vocabulary(dict[str, tuple[str, ...]]):
    """From a piece between spaces, punctuation and all, to the roots of its content words.

    Words never reach across a space, so that the roots of the pieces are those of the sentence.

    Args:
        language: ISO 639-1 or None.
    """

    def __init__(self, language: str | None) -> None:
        self._language = language
        self._stop = stop_words(language)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        given: tuple[str, ...]
        bare = piece.lower().strip(AROUND)
        if len(bare) > 1 and bare.isascii() and bare.isalnum():  # most pieces are one word and need no search
            given = () if bare in self._stop else (root(bare),)
        else:
            given = tuple(roots([word.lower() for word in words(piece)], self._language))
        if len(piece) <= LONGEST:
            if len(self) >= KNOWN:
                self.clear()
            self[piece] = given
        return given

    def roots(self, pieces: Iterable[str]) -> list[str]:
        """The roots of the content words in pieces of text, in order."""
        return list(chain.from_iterable(map(self.__getitem__, pieces)))


@lru_cache(maxsize=32)
def vocabulary(language: str | None) -> Vocabulary:
    """The one vocabulary of a language; it grows with what is read."""
    return Vocabulary(language)
