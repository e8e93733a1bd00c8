"""The words of an article as stories compare them: stemmed, in every script, with the names among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize
from zlib import crc32

from summaries.language import stem, stop_words

# Scripts written without spaces: every pair of neighbouring characters is a term.
_UNSPACED = (
    "\u3005\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3"
)
# Vowel signs and accents that Python's \w leaves out of words.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff"

WORD = re.compile(
    f"[{_UNSPACED}]+"
    r"|\d+(?:[.,]\d{3})*(?![\d])"  # 1,000 and 1.000 are one number
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    f"|[\\w{_MARKS}]+(?:['’][^\\W\\d_]{{1,2}}\\b)?"  # Egypt's
)
"""A word as it stands in a text; hyphens part words, since one writer's al-Sadr is another's al Sadr."""

_UNSPACED_START = re.compile(f"[{_UNSPACED}]")
_SENTENCE_END = re.compile(r"[.!?:\n\"“”‘«»]\s*$")

LONGEST_WORD = 60
"""Characters; what is longer is no word but an address or a key."""


class Term(NamedTuple):
    """One word of a text.

    Attributes:
        key: the stem's number, 0..2**32 - 1; two stems share one in about 4,000 million cases.
        stem: lower-cased and stemmed; never holds white space or ASCII punctuation.
        start: offset of the word in its text, in characters.
        end: offset after it.
        content: it is no stop word of its language.
        capital: it is written with a capital.
        opening: it starts a sentence, so that a capital tells nothing.
        number: it is written in digits.
    """

    key: int
    stem: str
    start: int
    end: int
    content: bool
    capital: bool
    opening: bool
    number: bool


def reading_language(language: str | None, usual: str | None) -> str | None:
    """Return the language to read a text in.

    A headline is too short to tell for certain, and then sounds like a language that hardly anybody writes
    news in; one without a list of small words is read like most of the archive.
    """
    return language if language and stop_words(language) else usual


def terms(text: str, language: str | None) -> Iterator[Term]:
    """Yield the words of a text in order; a run in a script without spaces gives its pairs of characters."""
    code = language or ""
    last = 0
    opening = True
    for match in WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if end - start > LONGEST_WORD and not _UNSPACED_START.match(word):
            last, opening = end, False
            continue
        gap = text[last:start]
        if gap != " " and gap and not gap.isspace():
            opening = opening or bool(_SENTENCE_END.search(gap))
        elif "\n" in gap:
            opening = True
        last = end
        if not word.isascii() and _UNSPACED_START.match(word):
            for at in range(max(1, len(word) - 1)):
                pair = word[at : at + 2]
                yield Term(_key(pair), pair, start + at, start + at + len(pair), True, False, False, False)
        else:
            key, stemmed, content, number = reading(word, code)
            yield Term(key, stemmed, start, end, content, word[0].isupper(), opening, number)
        opening = False


def places(text: str, keys: frozenset[int], language: str | None) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, key) of the words with these numbers, in order; faster than reading all of them."""
    code = language or ""
    for match in WORD.finditer(text):
        word = match.group()
        if not word.isascii() and _UNSPACED_START.match(word):
            for at in range(max(1, len(word) - 1)):
                key = _key(word[at : at + 2])
                if key in keys:
                    yield match.start() + at, min(match.start() + at + 2, match.end()), key
        elif len(word) <= LONGEST_WORD:
            key = reading(word, code)[0]
            if key in keys:
                yield match.start(), match.end(), key


@lru_cache(maxsize=100_000)
def reading(word: str, language: str) -> tuple[int, str, bool, bool]:
    """Return a word's key, its stem, whether it counts, and whether it is a number."""
    lowered = word.lower()
    if lowered[0].isdigit():
        number = lowered.replace(",", "").replace(".", "")
        stemmed = plain(number)
        return _key(stemmed), stemmed, True, number.isdigit()
    if "." in lowered:  # U.S. is no "us"
        stemmed = lowered.replace(".", "·").strip("·")
        return _key(stemmed), stemmed, True, False
    content = lowered not in stop_words(language) and len(lowered) > 1
    stemmed = stem(lowered.replace("’", "'"), language) or lowered
    # Vietnamese tells words apart by their accents alone; elsewhere readers leave them out.
    stemmed = plain(stemmed, accents=language == "vi")
    return _key(stemmed), stemmed, content, False


def plain(word: str, *, accents: bool = False) -> str:
    """Return a word of letters and digits only, without accents unless they are kept."""
    if not word.isascii():
        form = normalize("NFC" if accents else "NFKD", word)
        word = (
            form if accents else "".join(c for c in form if not 0x300 <= ord(c) <= 0x36F or not combining(c))
        )
    if word.isascii() and not word.isalnum():
        word = "".join(c for c in word if c.isalnum())
    return word.replace("'", "").replace("_", "") or "·"


def _key(stemmed: str) -> int:
    return crc32(stemmed.encode("utf-8", "surrogatepass"))
