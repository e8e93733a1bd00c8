"""Split a text into sentences that keep their offsets."""

from __future__ import annotations

import re

from summaries.brief import Span

_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """The sentences of a text, in order, without the white space around them; they never overlap."""
    from sentencex import get_sentence_boundaries

    spans: list[Span] = []
    safe = _SURROGATES.sub("\ufffd", text)
    for piece in get_sentence_boundaries(language or "en", safe):
        start, end = piece["start_index"], piece["end_index"]
        for line in _LINE.finditer(text, start, end):
            trimmed = trim(text, line.start(), line.end())
            if trimmed.start < trimmed.end:
                spans.append(trimmed)
    return spans


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty when there is nothing else."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, max(start + left, start + len(piece.rstrip())))
