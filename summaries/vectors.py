"""Sentences as weighted terms, the way sumy's LexRank weighs them, and the cosine between two."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector = dict[str, float]


def weigh(sentences: Sequence[Sequence[str]]) -> list[Vector]:
    """Each sentence's terms, weighted and scaled to length 1; a sentence of no weight gives zeros.

    A term weighs tf / max tf * log(N / (1 + n)), N sentences, n of them with the term: Erkan and Radev 2004,
    as sumy computes it.
    """
    holding: Counter[str] = Counter()
    counted = [Counter(sentence) for sentence in sentences]
    for counts in counted:
        holding.update(counts.keys())
    total = len(sentences)
    rarity = {term: log(total / (1 + count)) for term, count in holding.items()}
    return [_unit(counts, rarity) for counts in counted]


def _unit(counts: Counter[str], rarity: dict[str, float]) -> Vector:
    most = max(counts.values(), default=1)
    raw = {term: count / most * rarity[term] for term, count in counts.items()}
    length = sqrt(sum([weight * weight for weight in raw.values()]))
    if length <= 0:
        return dict.fromkeys(raw, 0.0)
    return {term: weight / length for term, weight in raw.items()}


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[term] for term, weight in a.items() if term in b)
