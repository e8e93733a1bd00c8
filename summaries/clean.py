"""Find the prose in a text: marks which spans are sentences of the article, and edits nothing."""

from __future__ import annotations

from typing import NamedTuple

from summaries.brief import Span
from summaries.clutter import is_clutter, read_page, says_so
from summaries.datelines import before_prose
from summaries.sentences import split_sentences, trim

MOST_SENTENCES = 25_000
"""Sentences read of one text; a longer one is no article, and time and memory stay bounded."""

_MARKS = "\"'“‘"


class Prose(NamedTuple):
    """A sentence of the article.

    Args:
        start: offset of its first character, after any dateline or share bar.
        end: offset one past its last.
        place: its number among all sentences of the text, clutter counted, from 0: neighbours differ by one.
    """

    start: int
    end: int
    place: int


def prose(text: str, language: str | None = None, *, lenient: bool = False) -> list[Prose]:
    """The sentences of the article, in order; clutter is left out.

    Args:
        text: the article.
        language: ISO 639-1; told from the text when None.
        lenient: keep what only its form makes clutter (a heading, a label), for a text that has nothing else.
    """
    spans = split_sentences(text, language)[:MOST_SENTENCES]
    found: list[Prose] = []
    page = read_page(text, [text[start:end] for start, end in spans])
    for place, (start, stop) in enumerate(spans):
        begin, end = _without_stray_quotes(
            text, *trim(text, start + before_prose(text[start:stop], place, language), stop)
        )
        sentence = text[begin:end]
        if sentence and not (says_so(sentence, page) if lenient else is_clutter(sentence, page)):
            found.append(Prose(begin, end, place))
    return found


def _without_stray_quotes(text: str, start: int, end: int) -> Span:
    """The span without a quotation mark that belongs to the sentence before or after it.

    Where a page lost its line ends, the mark that opens the next quote hangs at the end of a sentence, and
    the one that closed the last hangs at the start of the next; both stand off by a space.
    """
    if end - start > 2 and text[end - 1] in _MARKS and text[end - 2].isspace():
        start, end = trim(text, start, end - 1)
    if end - start > 2 and text[start] in _MARKS and text[start + 1].isspace():
        inside = text.count(text[start], start + 1, end)
        if inside % 2 == 0:
            start, end = trim(text, start + 1, end)
    return Span(start, end)
