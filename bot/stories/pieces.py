"""The words of many texts at once: what stands between two spaces is read when it is first met.

A text is parted at its spaces, which costs next to nothing, and each piece, such as "said," or "U.S.-led", is
remembered with its words. What lies between two words on either side of a space follows from how the one
piece ends and the other begins. The result is that of `bot.stories.terms.tokens`, text by text.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt

from bot.stories.lexicon import LONGEST_WORD, RUN, SKIPPED, Entry, lexicon
from bot.stories.terms import BESIDE, GAPS, OPENS, Flags, parted, undated, unfolded

REMEMBERED = 100_000
"""Pieces of one language that are remembered before starting anew: some 25 MB."""

_PUNCTUATION = frozenset('.,;:!?)"')

_TAKES = 4
_TAKES_BESIDE = 8
_SILENT = 16
"""What is told of a piece beside BESIDE and OPENS, which are of the gap behind it: its first word follows
upon a sentence's end that stands before the piece; and may be beside the word there; it is no word and no
sign, as between two spaces."""

_END = 0
"""Number of what stands behind every text: a word that counts for nothing, so that no two texts touch."""
_NEWLINE = 1

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The words of several texts end to end, a column for each thing known of them.

    Behind the last word of each text stands one that is none: its number is 0, and it has no flags.

    Attributes:
        keys: numbers of the stems.
        flags: as `bot.stories.lexicon` gives them; CONTENT is taken off what is part of a date or a time.
        gaps: what stands before each: BESIDE when it is one character, OPENS when a sentence starts.
        texts: in which text each stands, from 0.
        places: as how many-th word of its text, from 0.
        stemmed: the stems of each text in order, parted by spaces.
        stems: number -> stem, of these words and others.
    """

    keys: npt.NDArray[np.uint32]
    flags: Flags
    gaps: Flags
    texts: Numbers
    places: Numbers
    stemmed: Sequence[str]
    stems: Mapping[int, str]

    def having(self, flag: int) -> npt.NDArray[np.bool_]:
        """Return which words have a flag."""
        found: npt.NDArray[np.bool_] = (self.flags & flag) > 0
        return found


class Pieces(dict[str, int]):
    """The pieces of one language that were met so far, numbered. Threads may share it."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._known = lexicon(language)
        self._lock = Lock()
        self._start()

    def _start(self) -> None:
        self.clear()
        self.stems: dict[int, str] = {}
        # Of each word of a piece: its number, flags, and what stands before it within the piece.
        self._keys = array("I")
        self._flags = bytearray()
        self._gaps = bytearray()
        # Of each piece: where its words are, what it tells of the gaps around it, and its stems.
        self._starts = array("I")
        self._counts = array("I")
        self._told = bytearray()
        self._stemmed: list[str] = []
        self._learn([(0, "", 0)], [0], OPENS)
        self["\n"] = self._learn([], [], OPENS)

    def _learn(self, words: Sequence[Entry], gaps: Sequence[int], told: int) -> int:
        """Remember words as a new piece; return its number."""
        start = len(self._keys)
        for key, stem, flags in words:
            self._keys.append(key)
            self._flags.append(flags)
            self.stems[key] = stem
        self._gaps.extend(gaps)
        stemmed = words[0][1] if len(words) == 1 else " ".join(stem for _, stem, _ in words)
        return self._note(start, len(words), told, stemmed)

    def _note(self, start: int, count: int, told: int, stemmed: str) -> int:
        self._starts.append(start)
        self._counts.append(count)
        self._told.append(told)
        self._stemmed.append(stemmed)
        return len(self._stemmed) - 1

    def __missing__(self, piece: str) -> int:
        bare = piece[:-1]
        if not piece.isascii():
            number = self._read(piece)
        elif piece.isalpha() and len(piece) <= LONGEST_WORD:
            number = self._learn([self._known[piece]], [0], BESIDE | _TAKES | _TAKES_BESIDE)
        elif bare.isalpha() and len(bare) <= LONGEST_WORD and piece[-1] in _PUNCTUATION:
            word = self[bare]
            told = _TAKES | _TAKES_BESIDE | (GAPS[f"{piece[-1]} "] & OPENS)
            number = self._note(self._starts[word], 1, told, self._stemmed[word])
        else:
            number = self._read(piece)
        self[piece] = number
        return number

    def _read(self, piece: str) -> int:
        """Learn a piece of any form."""
        parts = parted(piece)
        written, head, tail = parts[1::2], parts[0], parts[-1]
        if not written:
            silent = _SILENT if not piece or piece.isspace() else 0
            return self._learn([], [], GAPS[f"{piece} "] & OPENS | silent)
        words = [self._known[word] for word in written]
        gaps = [GAPS[gap] for gap in parts[:-1:2]]
        behind = GAPS[f"{tail} "]
        takes = 0 if head and not head.isspace() else _TAKES if head else _TAKES | _TAKES_BESIDE
        gaps[0] = 0 if takes else gaps[0] & OPENS
        if words[0][2] == SKIPPED:
            takes = 0
        if words[-1][2] == SKIPPED:
            behind &= ~BESIDE
        if any(flags >= RUN for _, _, flags in words):
            words, gaps, _ = unfolded(written, words, gaps, [])
        return self._learn(words, gaps, behind | takes)

    def read(self, texts: Sequence[str]) -> Columns:
        """Read texts of this language."""
        with self._lock:
            if len(self) > REMEMBERED:
                self._start()
            numbers = [_END]
            ends: list[int] = []
            stemmed: list[str] = []
            for text in texts:
                found = list(map(self.__getitem__, text.replace("\n", " \n ").split(" ")))
                stemmed.append(" ".join(filter(None, map(self._stemmed.__getitem__, found))))
                numbers += found
                ends.append(len(numbers))
                numbers.append(_END)
            pieces = np.array(numbers, dtype=np.int64)
            counts = np.frombuffer(self._counts, dtype=np.uint32)[pieces].astype(np.int64)
            starts = np.frombuffer(self._starts, dtype=np.uint32)[pieces].astype(np.int64)
            first = np.cumsum(counts) - counts
            at = np.repeat(starts - first, counts) + np.arange(int(counts.sum()))
            keys = np.frombuffer(self._keys, dtype=np.uint32)[at]
            flags = np.frombuffer(self._flags, dtype=np.uint8)[at]
            gaps = np.frombuffer(self._gaps, dtype=np.uint8)[at]
            told = np.frombuffer(self._told, dtype=np.uint8)[pieces]
            stems = self.stems
        gaps[first[counts > 0]] |= _taken(pieces, told)[counts > 0]
        lasts = first[ends]
        opening = np.r_[0, lasts][:-1] + 1
        gaps[opening] |= OPENS
        sizes = lasts - opening + 1
        within = np.arange(len(keys) - 1) - np.repeat(opening - 1, sizes)
        return Columns(
            keys[1:],
            undated(flags, gaps)[1:],
            gaps[1:],
            np.repeat(np.arange(len(texts)), sizes),
            within,
            stemmed,
            stems,
        )


def _taken(pieces: Numbers, told: Flags) -> Flags:
    """Return what the first word of each piece takes over from the pieces before it: BESIDE, OPENS."""
    telling = (told & _SILENT) == 0
    behind = told & np.uint8(BESIDE | OPENS)
    newline = np.flatnonzero(pieces == _NEWLINE)
    behind[newline] |= behind[newline - 1] & np.uint8(BESIDE)
    last = np.maximum.accumulate(np.where(telling, np.arange(len(pieces)), 0))
    before = np.zeros(len(pieces), dtype=np.uint8)
    before[1:] = behind[last[:-1]]
    before[1:][~telling[:-1]] &= OPENS
    takes = np.where(told & _TAKES, OPENS, 0) | np.where(told & _TAKES_BESIDE, BESIDE, 0)
    taken: Flags = before & takes.astype(np.uint8)
    return taken


@lru_cache(maxsize=8)
def pieces(language: str) -> Pieces:
    """Return the pieces of a language; an empty code takes each word as it is."""
    return Pieces(language)
