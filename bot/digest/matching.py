"""Whole words and phrases found in a text, whatever their case and accents, in any language; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from bot.digest.scripts import LETTER, UNSPACED
from bot.model.story import Story

MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
"""Accents of Latin, Greek and Cyrillic letters, points of Hebrew, vowels of Arabic: often left out.

Marks of other scripts are part of the letter: without them it is another one.
"""

PLAIN_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d"})
"""Letters with a stroke or without a dot, which Unicode does not take apart."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(f"[{LETTER}]+")
_BETWEEN = f"[^{LETTER}]+"


def fold(text: str) -> str:
    """Return a text without differences of case and accent, to be searched by `holds`."""
    if text.isascii():
        return text.lower()
    folded = MARKS.sub("", normalize("NFKD", text.casefold()).casefold())
    return normalize("NFC", folded).translate(PLAIN_LETTERS)


def story_text(story: Story) -> str:
    """Return what is searched of a story, folded: headlines, texts and keywords of all its articles."""
    return fold("\n".join(f"{a.title}\n{a.text}\n{' '.join(a.keywords)}" for a in story.articles))


def holds(folded: str, words: str) -> bool:
    """Tell whether a folded text holds a word or a phrase, whole.

    Args:
        folded: from `fold`.
        words: one word, or several that must stand side by side, whatever is between them but letters and
            digits; a star at the end stands for any ending: "ferr*". Without a letter or digit it is never
            held.
    """
    first, pattern = _pattern(words)
    # To look for the first word as it stands is many times faster, and mostly in vain.
    return pattern is not None and first in folded and pattern.search(folded) is not None


def readable(words: str) -> bool:
    """Tell whether there is a letter or digit to look for."""
    return _pattern(words)[1] is not None


def any_held(folded: str, words: Iterable[str]) -> bool:
    """Tell whether a folded text holds one of these words or phrases."""
    return any(holds(folded, one) for one in words)


@lru_cache(maxsize=4096)
def _pattern(words: str) -> tuple[str, re.Pattern[str] | None]:
    """Return the first word, folded, and a pattern for all of them; None when there is no word."""
    parts = _WORD.findall(fold(words))
    if not parts:
        return "", None
    start = "" if _UNSPACED.match(parts[0]) else f"(?<![{LETTER}])"
    open_end = words.rstrip().endswith("*") or _UNSPACED.match(parts[-1][-1])
    return parts[0], re.compile(start + _BETWEEN.join(parts) + ("" if open_end else f"(?![{LETTER}])"))
