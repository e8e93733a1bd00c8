"""What is known of each word as it is written: its stem and whether it counts; remembered, within bounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias
from unicodedata import combining, normalize
from zlib import crc32

from bot.stories.calendar_words import is_calendar_word
from summaries.language import stem, stop_words

UNSPACED = (
    "\u3005\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3"
)
"""Scripts written without spaces, as a class of a regular expression: each two neighbours are a term."""

LONGEST_WORD = 60
"""Characters; what is longer is no word but an address or a key."""

CONTENT = 1
CAPITAL = 2
NUMBER = 4
CALENDAR = 8
DAY = 16
MINUTE = 32
RUN = 64
SKIPPED = 128
"""What is known of a written word, added up: it is no stop word; starts with a capital; is written in digits;
names a month or a weekday; may be a day of a month, "20" or "20th"; may be minutes, "05"; is a run in a
script without spaces; is passed over."""

Entry: TypeAlias = tuple[int, str, int]
"""Number of the stem, 0..2**32 - 1 (two stems share one in about 4,000 million cases); the stem, which never
holds white space or ASCII punctuation; and flags."""

REMEMBERED = 50000
"""Words of a language in one generation; of two generations the older goes. About 8 MB each."""

_RUN = re.compile(f"[{UNSPACED}]")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_MINUTE = re.compile(r"[0-5]\d")
_GROUPS = re.compile(r"[.,](?=\d{3}(?!\d))")


class Lexicon(dict[str, Entry]):
    """Words of one language as they are written, each read once; index it with any word.

    It grows by what is asked for and forgets what has not been asked for in a while, so that an archive of
    years does not fill the memory. Threads may share it: at worst a word is read twice.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._older: dict[str, Entry] = {}

    def __missing__(self, word: str) -> Entry:
        entry = self._older.get(word) or read_word(word, self._language)
        if len(word) <= LONGEST_WORD:
            if len(self) >= REMEMBERED:
                self._older = dict(self)
                self.clear()
            self[word] = entry
        return entry


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """Return the words of a language; an empty code takes each word as it is."""
    return Lexicon(language)


def read_word(word: str, language: str) -> Entry:
    """Return a word's number, its stem and its flags."""
    if not word.isascii() and _RUN.match(word):
        return 0, "", RUN
    if len(word) > LONGEST_WORD:
        return 0, "", SKIPPED
    lowered = word.lower()
    if lowered[0].isdigit():
        return _number(lowered)
    flags = CAPITAL if word[0].isupper() else 0
    if "." in lowered:  # U.S. is no "us"
        stemmed = lowered.replace(".", "·").strip("·")
        return key_of(stemmed), stemmed, CONTENT | flags
    if is_calendar_word(word, language):
        flags |= CALENDAR
    elif lowered not in stop_words(language) and len(lowered) > 1:
        flags |= CONTENT
    stemmed = stem(lowered.replace("’", "'"), language) or lowered
    # Vietnamese tells words apart by their accents alone; elsewhere readers leave them out.
    stemmed = plain(stemmed, accents=language == "vi")
    return key_of(stemmed), stemmed, flags


def _number(written: str) -> Entry:
    """Read a number: 1,000 and 1.000 and 1000 are one, 6.3 and 6,3 are another; 05 is of a date or a time."""
    number = _GROUPS.sub("", written).replace(",", ".")
    digits = number.replace(".", "").isdigit()
    stemmed = "·".join(plain(part) for part in number.split("."))
    flags = NUMBER if digits else 0
    if not (digits and len(number) == 2 and number[0] == "0"):
        flags |= CONTENT
    if _DAY.fullmatch(number):
        flags |= DAY
    if _MINUTE.fullmatch(number):
        flags |= MINUTE
    return key_of(stemmed), stemmed, flags


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


def key_of(stemmed: str) -> int:
    """Return the number of a stem."""
    return crc32(stemmed.encode("utf-8", "surrogatepass"))
