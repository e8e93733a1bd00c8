"""The words of a text as stories compare them: stemmed, in every script, with what tells names from words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from bot.stories.lexicon import (
    CALENDAR,
    CAPITAL,
    CONTENT,
    DAY,
    MINUTE,
    NUMBER,
    RUN,
    SKIPPED,
    UNSPACED,
    Entry,
    Lexicon,
    key_of,
    lexicon,
)
from summaries.language import stop_words

# Vowel signs and accents that Python's \w leaves out of words.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff"

WORD = re.compile(
    f"[{UNSPACED}]+"
    r"|\d+(?:[.,]\d+)*(?:(?i:st|nd|rd|th)\b)?"  # 1,000 and 6.3 and 20th
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    f"|[\\w{_MARKS}]+(?:['’][^\\W\\d_]{{1,2}}\\b)?"  # Egypt's
)
"""A word as it stands in a text; hyphens part words, since one writer's al-Sadr is another's al Sadr."""

_SPLIT = re.compile(f"({WORD.pattern})")
# The same for ASCII, twice as fast.
_SPLIT_ASCII = re.compile(
    r"((?:[A-Za-z]\.){2,}|[A-Za-z_]\w*(?:'[A-Za-z]{1,2}\b)?|\d+(?:[.,]\d+)*(?:(?i:st|nd|rd|th)\b)?)", re.ASCII
)
_SENTENCE_END = re.compile(r"[.!?:\n\"“”‘«»]\s*$")

BESIDE = 1
OPENS = 2
COLON = 4
_LONGEST_GAP = 8

Flags: TypeAlias = npt.NDArray[np.uint8]


class Term(NamedTuple):
    """One word of a text.

    Attributes:
        key: the stem's number, 0..2**32 - 1.
        stem: lower-cased and stemmed; never holds white space or ASCII punctuation.
        start: offset of the word in its text, in characters.
        end: offset after it.
        content: it tells what a text is about: no stop word, no weekday, no day of a month, no time of day.
        capital: it is written with a capital.
        opening: it starts a sentence, so that a capital tells nothing.
        number: it is written in digits.
        small: it is a stop word.
    """

    key: int
    stem: str
    start: int
    end: int
    content: bool
    capital: bool
    opening: bool
    number: bool
    small: bool


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of a text in order, a column for each thing known of them.

    Attributes:
        keys: numbers of the stems.
        stems: as many.
        flags: as `bot.stories.lexicon` gives them; CONTENT is taken off what is part of a date or a time.
        gaps: what stands before each: BESIDE when it is one character, OPENS when a sentence starts.
        spans: (start, end) of each in the text; empty unless asked for.
    """

    keys: npt.NDArray[np.uint32]
    stems: Sequence[str]
    flags: Flags
    gaps: Flags
    spans: Sequence[tuple[int, int]] = ()

    def having(self, flag: int) -> npt.NDArray[np.bool_]:
        """Return which words have a flag."""
        found: npt.NDArray[np.bool_] = (self.flags & flag) > 0
        return found


def reading_language(language: str | None, usual: str | None) -> str | None:
    """Return the language to read a text in.

    A headline is too short to tell for certain, and then sounds like a language that hardly anybody writes
    news in; one without a list of small words is read like most of the archive.
    """
    return language if language and stop_words(language) else usual


class _Gaps(dict[str, int]):
    """What stands between two words, and what it tells."""

    def __missing__(self, gap: str) -> int:
        told = BESIDE if len(gap) == 1 else 0
        if "\n" in gap if not gap or gap.isspace() else _SENTENCE_END.search(gap):
            told |= OPENS
        if gap == ":":
            told |= COLON
        if len(gap) <= _LONGEST_GAP and len(self) < 10_000:
            self[gap] = told
        return told


GAPS = _Gaps()
"""What every gap tells: BESIDE, OPENS and COLON, added up."""


def parted(text: str) -> list[str]:
    """Return gap, word, gap, word ... gap: the words of a text as they stand, and all between them."""
    return (_SPLIT_ASCII if text.isascii() else _SPLIT).split(text)


def tokens(text: str, language: str | None, *, spans: bool = False) -> Tokens:
    """Read a text; a run in a script without spaces gives its pairs of characters.

    Args:
        text: as it was published.
        language: ISO 639-1; None takes each word as it is.
        spans: where each word stands is wanted too.
    """
    known = lexicon(language or "")
    parts = parted(text)
    written = parts[1::2]
    entries = list(map(known.__getitem__, written))
    gaps = list(map(GAPS.__getitem__, parts[:-1:2]))
    if not entries:
        return Tokens(np.zeros(0, np.uint32), (), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
    places: list[tuple[int, int]] = []
    if spans:
        ends = list(accumulate(map(len, parts)))
        places = list(zip(ends[:-1:2], ends[1::2], strict=True))
    keys, stems, flags = zip(*entries, strict=True)
    told = np.frombuffer(bytes(flags), dtype=np.uint8)
    before = np.frombuffer(bytearray(gaps), dtype=np.uint8)
    if (told >= RUN).any():
        entries, gaps, places = unfolded(written, entries, gaps, places)
        if not entries:
            return Tokens(np.zeros(0, np.uint32), (), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
        keys, stems, flags = zip(*entries, strict=True)
        told = np.frombuffer(bytes(flags), dtype=np.uint8)
        before = np.frombuffer(bytearray(gaps), dtype=np.uint8)
    before[0] |= OPENS
    return Tokens(np.array(keys, dtype=np.uint32), stems, undated(told, before), before, places)


def unfolded(
    written: Sequence[str], entries: Sequence[Entry], gaps: Sequence[int], places: Sequence[tuple[int, int]]
) -> tuple[list[Entry], list[int], list[tuple[int, int]]]:
    """Return the words with runs without spaces as pairs of characters, and without the skipped."""
    found: list[Entry] = []
    before: list[int] = []
    where: list[tuple[int, int]] = []
    alone = 0
    for at, (word, entry, gap_) in enumerate(zip(written, entries, gaps, strict=True)):
        if entry[2] == SKIPPED:
            alone = BESIDE
            continue
        gap, alone = gap_ & ~alone, 0
        if entry[2] != RUN:
            found.append(entry)
            before.append(gap)
            where += places[at : at + 1]
            continue
        for start in range(max(1, len(word) - 1)):
            pair = word[start : start + 2]
            found.append((key_of(pair), pair, CONTENT))
            before.append(0 if start else gap)
            where += [(first + start, first + start + len(pair)) for first, _ in places[at : at + 1]]
    return found, before, where


def undated(flags: Flags, gaps: Flags) -> Flags:
    """Return the flags without CONTENT on what tells when: the 20 of "May 20", both numbers of "7:05"."""
    date = (flags & CALENDAR) > 0
    minute = ((flags & MINUTE) > 0) & ((gaps & COLON) > 0)
    if not date.any() and not minute.any():
        return flags
    number = (flags & NUMBER) > 0
    minute[0] = False
    minute[1:] &= number[:-1]
    beside = np.zeros(len(flags), dtype=bool)
    beside[1:] |= date[:-1]
    beside[:-1] |= date[1:]
    when = (beside & ((flags & DAY) > 0)) | minute
    when[:-1] |= minute[1:]
    undated: Flags = np.where(when, flags & np.uint8(0xFF ^ CONTENT), flags)
    return undated


def terms(text: str, language: str | None) -> list[Term]:
    """Return the words of a text in order, each with where it stands."""
    read = tokens(text, language, spans=True)
    if not read.spans:
        return []
    starts, ends = zip(*read.spans, strict=True)
    columns = (
        read.having(CONTENT),
        read.having(CAPITAL),
        (read.gaps & OPENS) > 0,
        read.having(NUMBER),
        ~read.having(CONTENT | CALENDAR | NUMBER),
    )
    return list(
        map(Term, read.keys.tolist(), read.stems, starts, ends, *(column.tolist() for column in columns))
    )


STEMMED_BEHIND = frozenset(("da", "de", "en", "es", "fi", "fr", "it", "nb", "nn", "no", "pt", "sv"))
"""Languages whose stems start with the letter that the word starts with; others may lose a prefix."""

ELIDING = frozenset(("fr", "it"))
"""Of these the ones whose stems lose what is elided before them: "l'un" is "un"."""

STARTS_CHANGED = frozenset(("de", "fi"))
"""Of these the ones that keep no more than that letter: "oe" becomes "o", "ff" becomes "f"."""


def _beginnings(stems: frozenset[str], language: str | None) -> tuple[str, ...]:
    """Return how words start that may have one of these stems; nothing when that cannot be told.

    A stem keeps all but its last two letters of the word it came from ("dying" is "die"), or three of many.
    """
    if language not in STEMMED_BEHIND:
        return ()
    most = 1 if language in STARTS_CHANGED else 3
    return tuple({stem[: min(most, max(1, len(stem) - 2))] for stem in stems})


_PLAIN = re.compile(r"[a-z]+|\d+")
_BEFORE = frozenset(' \n\t-"(,;:/[“”„«»—–‘')
"""Behind these a word starts, whatever stands before them."""


_SMALL_WORD = re.compile(
    rf"\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)\b)?|[^\W\d][\w{_MARKS}]*(?:['’][^\W\d_]{{1,2}}\b)?"
)


@lru_cache(maxsize=256)
def _starts(initials: str) -> re.Pattern[str]:
    """Return what finds where words may start: with one of these letters, a digit or beyond ASCII."""
    # Told by what does not start one: a set that holds all of Unicode but ASCII takes 10 ms to prepare.
    others = re.escape("".join(sign for sign in map(chr, range(128)) if sign not in f"{initials}0123456789"))
    return re.compile(f"[^{others}](?<![a-z].)")


def _starting(lowered: str, beginnings: tuple[str, ...], known: Lexicon) -> list[tuple[int, int, int]] | None:
    """Return (start, end, key) of what may be a word wanted; None when the text must be parted to tell."""
    initials = {beginning[0] for beginning in beginnings if beginning[0].isalpha()}
    found: list[tuple[int, int, int]] = []
    end = 0
    for at in _starts("".join(sorted(initials))).finditer(lowered):
        start = at.start()
        if not lowered.startswith(beginnings, start):
            first = lowered[start : start + 3]
            if first.isascii() and first[0].isalpha():
                continue
        match = _SMALL_WORD.match(lowered, start) if start >= end else None
        if match is None:
            continue
        word, end = match[0], match.end()
        entry = known[word]
        alone = start == 0 or lowered[start - 1] in _BEFORE
        if entry[2] == RUN or not alone or (len(word) == 1 and word.isalpha()):
            return None
        found.append((start, end, entry[0]))
    return found


def _lowered(text: str) -> str | None:
    """Return the text in small letters, each where it stood; None when that differs from word by word.

    Some capitals become two characters, and the small form of a sigma depends on what follows.
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) and "Σ" not in text else None


def places(
    text: str, keys: frozenset[int], language: str | None, stems: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, key) of the words with these numbers, in order; faster than reading all of them.

    Args:
        text: any.
        keys: numbers of stems.
        language: ISO 639-1; None when it is not known.
        stems: those stems; then words that start otherwise are not even read. Without them every word is.
    """
    if not keys:
        return
    known: Lexicon = lexicon(language or "")
    beginnings = _beginnings(stems, language)
    lowered = _lowered(text)
    if beginnings and lowered is not None and language not in ELIDING and all(map(_PLAIN.fullmatch, stems)):
        starting = _starting(lowered, beginnings, known)
        if starting is not None:
            yield from (place for place in starting if place[2] in keys)
            return
    yield from _parted_places(text, lowered, keys, known, beginnings)


def _parted_places(
    text: str, lowered: str | None, keys: frozenset[int], known: Lexicon, beginnings: tuple[str, ...]
) -> Iterator[tuple[int, int, int]]:
    """Yield the same for any text, language and words."""
    parts = parted(lowered or text)
    written = parts[1::2] if lowered else [word.lower() for word in parts[1::2]]
    read = set(written)
    if beginnings:
        # "l'un" loses its article, and accents go.
        ascii_only = text.isascii()
        read = {
            word
            for word in read
            if word.startswith(beginnings) or not word.isalpha() or not (ascii_only or word[:3].isascii())
        }
    told: dict[str, Entry] = {}
    for word in read:
        entry = known[word]
        if entry[0] in keys or entry[2] == RUN:
            told[word] = entry
    if not told:
        return
    ends = list(accumulate(map(len, parts)))
    for at in [at for at, word in enumerate(written) if word in told]:
        key, _, flags = told[written[at]]
        start, end = ends[2 * at], ends[2 * at + 1]
        if flags != RUN:
            yield start, end, key
            continue
        for first in range(start, max(start + 1, end - 1)):
            pair = key_of(text[first : min(first + 2, end)])
            if pair in keys:
                yield first, min(first + 2, end), pair
