"""Tell the page's words from the article's: share bars, captions, pleas, headings, lists of links."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from summaries.language import size
from summaries.sentences import is_ended

_PHRASES = Path(__file__).with_name("clutter.txt")

SHORT = 10
"""Words up to which a phrase that prose uses too ("subscribe", "photo") still marks a sentence as clutter."""

LEAST_WORDS = 4
"""Shorter than this, a line is a label or an exclamation, not news."""

_WORDS = re.compile(r"\w+")
_UNBROKEN = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_LINK = re.compile(r"https?://|www\.|\S@\w+\.\w|pic\.twitter")
_COPYRIGHT = re.compile(r"©|\(c\) ?\d{4}|copyright \d{4}", re.IGNORECASE)
_BARS = "|›»•·▪●/"
_LISTED = re.compile(r" [|›»•·▪●] |\s/\s\S+\s/\s")
_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Di|Da|Av|Af|Door|Tekst|Text|Story) "
    r"(?:[A-ZÀ-Þ][\w.'’-]*[ ,]*|and |in |for |at |of |& )+\.?$"
)
_LABELLED = re.compile(r"[\"'‘“]?[A-ZÀ-Þ][^\W\d_]*(?: [\w’'-]+){0,4}[\"'’”]?: (?=[A-ZÀ-Þ])")
"""``Terrified: Emma Jackson, 28, was``: how captions open; in speech a quotation mark follows."""

_SPACED_STOP = " ."


class Phrases(NamedTuple):
    """The phrases of clutter, by where they count.

    Beside a phrase stands one of its words: a text without that word need not be searched for the phrase. It
    is "" where a script does not part words by spaces alone.
    """

    anywhere: tuple[tuple[str, str], ...]
    short: tuple[tuple[str, str], ...]
    opens: tuple[str, ...]


class Page(NamedTuple):
    """What is true of the whole text, so that a page's own habits are not taken for clutter.

    Args:
        anywhere: the phrases that this text holds at all; looked for once, since a text holds few.
        short: likewise.
        copyright: whether it has a copyright line at all.
        listed: whether anything in it is parted by bars or bullets.
        ends: whether its sentences end in a stop; a text without punctuation is not all headings.
        spaced: whether it writes a space before each full stop, as tokenised text does.
        shouts: whether it is all in capitals.
    """

    anywhere: tuple[str, ...]
    short: tuple[str, ...]
    copyright: bool
    listed: bool
    ends: bool
    spaced: bool
    shouts: bool


@cache
def phrases() -> Phrases:
    """The phrases as the file beside this one lists them."""
    found: dict[str, list[str]] = {"anywhere": [], "short": [], "opens": []}
    for line in _PHRASES.read_text(encoding="utf-8").splitlines():
        kind, colon, listed = line.partition(": ")
        if colon and kind in found:
            found[kind] += listed.split(" | ")
    return Phrases(_keyed(found["anywhere"]), _keyed(found["short"]), tuple(found["opens"]))


def _keyed(listed: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((phrase, _key(phrase)) for phrase in listed)


def _key(phrase: str) -> str:
    parts = phrase.split()
    if _UNBROKEN.search(phrase):
        return ""
    inner = parts[1:-1] or parts[:1]
    return max((part for part in inner if _WORDS.fullmatch(part)), key=len, default="")


def read_page(text: str, sentences: list[str]) -> Page:
    """Look over a text once, before its sentences are judged one by one."""
    lowered = text.lower()
    known = phrases()
    count = len(sentences) or 1
    held = set(_WORDS.findall(lowered))
    ended = sum(map(is_ended, sentences))
    spaced = sum(sentence.endswith(_SPACED_STOP) for sentence in sentences)
    return Page(
        anywhere=tuple(p for p, key in known.anywhere if (not key or key in held) and p in lowered),
        short=tuple(p for p, key in known.short if (not key or key in held) and p in lowered),
        listed=any(mark in text for mark in _BARS),
        copyright=any(mark in lowered for mark in ("©", "(c)", "copyright")),
        ends=ended > 0.3 * count,
        spaced=spaced > 0.4 * count,
        shouts=sum(sentence.isupper() for sentence in sentences) > 0.5 * count,
    )


def is_clutter(sentence: str, page: Page) -> bool:
    """Whether a reader would say that this line is not a sentence of the article."""
    words = size(sentence)
    return words < LEAST_WORDS or _says_so(sentence, words, page) or _looks_so(sentence, words, page)


def says_so(sentence: str, page: Page) -> bool:
    """Whether its phrases are those of share bars, pleas, credits and the like."""
    return _says_so(sentence, size(sentence), page)


def _says_so(sentence: str, words: int, page: Page) -> bool:
    if words > SHORT and not page.anywhere and not page.copyright:
        return False
    lowered = sentence.lower()
    if any(phrase in lowered for phrase in page.anywhere) or (page.copyright and _COPYRIGHT.search(sentence)):
        return True
    if words > SHORT:
        return False
    if lowered.startswith(phrases().opens):
        return True
    return any(phrase in lowered for phrase in page.short)


def _looks_so(sentence: str, words: int, page: Page) -> bool:
    """Judged by form."""
    if page.ends and not is_ended(sentence):
        return True
    if sentence.endswith(_SPACED_STOP) and not page.spaced:
        return True
    if _LABELLED.match(sentence) or (sentence.isupper() and not page.shouts):
        return True
    if sum(map(str.isalpha, sentence)) * 2 < len(sentence.replace(" ", "")):
        return True
    if words <= SHORT and (_LINK.search(sentence) or _BYLINE.match(sentence)):
        return True
    return page.listed and any(mark in sentence for mark in _BARS) and _LISTED.search(sentence) is not None
