"""How alike two texts are, from 0 to 1."""

from __future__ import annotations

from collections import Counter
from math import sqrt

from summaries.detection import detect_language
from summaries.language import tokens


def similarity(a: str, b: str, *, language: str | None = None) -> float:
    """The cosine between the two texts' stemmed content words: 1 for the same words, 0 for none in common."""
    code = language or detect_language(a or b)
    x, y = Counter(tokens(a, code)), Counter(tokens(b, code))
    if not x or not y:
        return 0.0
    dot = sum(count * y[term] for term, count in x.items())
    return min(1.0, dot / sqrt(sum(c * c for c in x.values()) * sum(c * c for c in y.values())))
