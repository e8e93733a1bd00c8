"""Find the prose in a text: marks which spans are sentences of the article, and edits nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from summaries.brief import Span
from summaries.clutter import is_clutter, read_page, says_so
from summaries.datelines import before_prose
from summaries.language import size
from summaries.sentences import split_sentences, trim

MOST_SENTENCES = 25_000
"""Sentences read of one text; a longer one is no article, and time and memory stay bounded."""

TOP = 8
"""Sentences into a text where a note on its author ends with the words that the views are the author's."""

_DISCLAIMERS = ("expressed in this commentary", "expressed in this column", "expressed in this article")

_NOTICE = re.compile(r"\b(?:commentary|content|analysis|op-ed|column|opinions?|republished)\b")
"""What a notice on who made the text speaks of, as long as it goes on behind those words."""

_MARKS = "\"'“‘"


class Prose(NamedTuple):
    """A sentence of the article.

    Args:
        start: offset of its first character, after any dateline or share bar.
        end: offset one past its last.
        place: its number among all sentences of the text, clutter counted, from 0: neighbours differ by one.
        size: its length in words.
        pieces: the sentence, parted at its spaces.
    """

    start: int
    end: int
    place: int
    size: int
    pieces: list[str]


def prose(text: str, language: str | None = None, *, lenient: bool = False) -> list[Prose]:
    """The sentences of the article, in order; clutter is left out.

    Args:
        text: the article.
        language: ISO 639-1; told from the text when None.
        lenient: keep what only its form makes clutter (a heading, a label), for a text that has nothing else.
    """
    spans = [
        _bare(text, span, place, language)
        for place, span in enumerate(split_sentences(text, language, most=MOST_SENTENCES))
    ]
    lines = [text[start:end] for start, end in spans]
    pieces = list(map(str.split, lines))
    page = read_page(text, lines, pieces)
    found: list[Prose] = []
    notice = False
    is_out = says_so if lenient else is_clutter
    for place, (line, split, (start, end)) in enumerate(zip(lines, pieces, spans, strict=True)):
        if place < TOP and any(disclaimer in line for disclaimer in _DISCLAIMERS):
            found.clear()  # who the author is was told up to here
            notice = True
        elif notice:
            notice = _NOTICE.search(line) is not None
        words = size(line, len(split))
        if line and not notice and not is_out(line, words, page):
            found.append(Prose(start, end, place, words, split))
    return found


def _bare(text: str, span: Span, place: int, language: str | None) -> Span:
    """The span without what stands before the sentence or belongs to its neighbours."""
    start, end = span
    line = text[start:end]
    cut = before_prose(line, place, language)
    if not cut and line[0] not in _MARKS and line[-1] not in _MARKS:
        return span
    return _without_stray_quotes(text, *trim(text, start + cut, end))


def _without_stray_quotes(text: str, start: int, end: int) -> Span:
    """The span without a quotation mark that belongs to the sentence before or after it.

    Where a page lost its line ends, the mark that opens the next quote hangs at the end of a sentence, and
    the one that closed the last hangs at the start of the next; both stand off by a space.
    """
    if end - start > 2 and text[end - 1] in _MARKS and text[end - 2].isspace():
        start, end = trim(text, start, end - 1)
    if text.startswith('"" ', start, end):  # doubled, as tables of a database write them
        start, end = trim(text, start + 2, end)
    if end - start > 2 and text[start] in _MARKS and text[start + 1].isspace():
        inside = text.count(text[start], start + 1, end)
        if inside % 2 == 0 or _opens_next(text, text.find(text[start], start + 1, end)):
            start, end = trim(text, start + 1, end)
    return Span(start, end)


def _opens_next(text: str, at: int) -> bool:
    """Whether a mark opens speech of its own: ``" Captain Ida Holm: "We sail."``."""
    return at > 0 and text[at - 1] in ": " and text[at + 1 : at + 2].isalpha()
