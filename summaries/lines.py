"""Lines and paragraphs: what the end of a line means, which in hard-wrapped text is a space."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = 5_000
"""Characters at the beginning of a text by which it is told whether it is hard-wrapped."""

LEAST_LINES = 6
"""Lines by which that shows."""

WRAPPED_LINE = range(45, 101)
"""Lengths of a line that ends at a margin, in characters."""

BROKEN = 0.4
"""Least share of the lines that end there in the middle of a sentence; the last of a paragraph does not."""

BEYOND = 0.1
"""Largest share of the lines that are longer; on a page with headings and lists more are."""

CONTINUED = 0.2
"""Least share of small letters among the letters that begin the lines behind such an end."""

_LINES = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_RULE = r"[ \t]*[-*=_~#]{3,}[ \t]*(?=[\r\n])"
_PARAGRAPHS = re.compile(
    rf"{_RULE}|(?:[^\r\n\u2028\u2029\x0b\x0c\x85]|\r?\n(?![^\S\n]*(?:\n|[•*●▪◦])|{_RULE}))+"
)
"""Of hard-wrapped text; a rule ("---") and each entry of a list stand by themselves."""

CLOSERS = "\"'”’»“)]）」』*"
STOPS = frozenset(".!?…。！？؟।։")


def paragraphs(text: str) -> Iterator[re.Match[str]]:
    """The lines of a text, or its paragraphs if it is hard-wrapped, in order; no sentence goes beyond one."""
    return (_PARAGRAPHS if is_hard_wrapped(text) else _LINES).finditer(text)


def is_ended(sentence: str) -> bool:
    """Whether it ends in a full stop or the like, quotation marks and brackets after it allowed."""
    return sentence[-1:] in STOPS or sentence.rstrip(CLOSERS)[-1:] in STOPS


def is_hard_wrapped(text: str) -> bool:
    """Whether lines end where a margin was: most in the middle of a sentence, few beyond the margin.

    A list of headings has lines of that length too, but the line behind each begins with a capital.
    """
    lines = [line.strip() for line in text[:SAMPLE].splitlines() if line.strip()]
    beyond = sum(len(line) >= WRAPPED_LINE.stop for line in lines)
    if len(lines) < LEAST_LINES or beyond > BEYOND * len(lines):
        return False
    behind = [after for line, after in pairwise(lines) if len(line) in WRAPPED_LINE and not is_ended(line)]
    if len(behind) < BROKEN * (len(lines) - 1):
        return False
    has_case = [line for line in behind if line[0].lower() != line[0].upper()]
    return sum(line[0].islower() for line in has_case) >= CONTINUED * len(has_case)
