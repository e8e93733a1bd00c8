"""The text of a page's article, out of a usual, a strict and a lenient reading of the page. Pure.

A strict reading loses lists, tables and paragraphs in the middle of an article, but what it leaves out at
either end is the page's frame: dates, buttons, lists of other articles. A lenient one takes in some of the
frame, but what it has in between is the article's. So each is asked only for what it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

LONG = 40
"""Characters: so long a line that stands there again is the page's doubling; headings may recur."""

SENTENCE = 30
"""Characters of the shortest paragraph; what is shorter is a heading, a label or a caption."""

LEAST_SHARE = 0.5
"""A strict reading with less than this share of the usual one's characters has missed the article."""

AGREED_SHARE = 0.2
"""A strict and a lenient reading that agree have the whole article if they have this share of the usual one's
characters, in one run: the usual one is then taken from other readers, and has other articles after it."""

MOST_SHARE = 2.5
"""A lenient reading with more than so many times the usual one's characters has taken in the page."""

_WORDS = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?…。！？۔][\]\"”’»')]*$")


def article_lines(usual: str, strict: str, lenient: str) -> list[str]:
    """Return the lines of an article.

    Args:
        usual: the text as it is read at first, a paragraph a line.
        strict: with less of the page's frame, and perhaps less of the article; may be empty.
        lenient: with more of either; may be empty.
    """
    key_of.cache_clear()  # no more than one page's lines are remembered, however long they are
    found = _once(_lines(usual))
    if strict == lenient and (agreed := _run(found, _once(_lines(strict)))):
        return agreed
    return _filled(_unframed(found, _lines(strict)), _once(_lines(lenient)))


def with_further(lines: Sequence[str], blocks: Sequence[str]) -> list[str]:
    """Return an article's lines with those of further blocks where they stand on the page.

    Args:
        lines: of the article.
        blocks: of the article and of further blocks, in the page's order, see `bot.sources.page_blocks`.
    """
    return _once(_merged(lines, _once(blocks), at_end=True))


def _lines(text: str) -> list[str]:
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def _once(lines: Iterable[str]) -> list[str]:
    """Leave out long lines that stood there before."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        key = key_of(line)
        if len(line) < LONG or key not in seen:
            kept.append(line)
            seen.add(key)
    return kept


def _unframed(lines: Sequence[str], strict: Sequence[str]) -> list[str]:
    """Leave out what stands before the first and after the last line of a strict reading, but paragraphs."""
    if _size(strict) < LEAST_SHARE * _size(lines):
        return list(lines)
    keys = {key_of(line) for line in strict}
    common = [place for place, line in enumerate(lines) if key_of(line) in keys]
    if not common:
        return list(lines)
    return [
        line for place, line in enumerate(lines) if common[0] <= place <= common[-1] or is_paragraph(line)
    ]


def _run(lines: Sequence[str], agreed: Sequence[str]) -> list[str]:
    """Return the lines that two other readings agree on, after the paragraphs that stand before them.

    None are returned when they do not stand together, or are too few.
    """
    keys = {key_of(line) for line in agreed}
    common = [place for place, line in enumerate(lines) if key_of(line) in keys]
    if not common or len(common) <= common[-1] - common[0]:
        return []
    run = lines[common[0] : common[-1] + 1]
    if _size(run) < AGREED_SHARE * _size(lines):
        return []
    return [*filter(is_paragraph, lines[: common[0]]), *run]


def _filled(lines: Sequence[str], lenient: Sequence[str]) -> list[str]:
    """Put in the lists and paragraphs that a lenient reading has between lines of the article."""
    if _size(lenient) > MOST_SHARE * _size(lines):
        return list(lines)
    keys = {key_of(line) for line in lines}
    wanted = [line for line in lenient if key_of(line) in keys or is_paragraph(line) or line.startswith("- ")]
    return _merged(lines, wanted, at_end=False)


def _merged(lines: Sequence[str], others: Sequence[str], *, at_end: bool) -> list[str]:
    """Put lines between those that they stand between elsewhere; those after the last only if `at_end`."""
    places: dict[str, int] = {}
    for place, line in enumerate(lines):
        places.setdefault(key_of(line), place)
    gaps: dict[int, list[str]] = {}
    last = -1
    waiting: list[str] = []
    for line in others:
        here = places.get(key_of(line))
        if here is None:
            waiting.append(line)
        elif here >= last:
            if last >= 0:
                gaps.setdefault(last, []).extend(waiting)
            last, waiting = here, []
    if at_end and last >= 0:
        gaps.setdefault(last, []).extend(waiting)
    return [one for place, line in enumerate(lines) for one in (line, *gaps.get(place, ()))]


def is_paragraph(line: str) -> bool:
    """Tell whether a line is a sentence or more of prose, no heading, label or item of a list."""
    return len(line) >= SENTENCE and not line.startswith(("- ", "|")) and bool(_ENDS.search(line))


@lru_cache(maxsize=2_000)
def key_of(line: str) -> str:
    """Return what two readings of one line have in common: its words; asked for again and again."""
    return " ".join(_WORDS.findall(line.casefold())) or line


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))
