"""How alike a question and the articles found for it are, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.stories.frequencies import Frequencies
from bot.stories.vector import NAME, NUMBER, Keys, Vector
from bot.stories.weights import Weighted, weigh

FLOOR = 0.10
"""Likeness below which an article is not shown as related; see docs/stories.md for how it was chosen."""

SAME_EVENT = 0.25
"""Likeness from which an article reports the same event."""

LEAST_SHARED = 2
"""Content words that must be shared: one alone is chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How alike an article is to a question.

    Attributes:
        score: 0..1.
        shared: the stems both hold, the most telling first.
        parts: by name, each 0..1: "words" (the cosine), "names" and "numbers" (shares of it).
    """

    score: float
    shared: Keys
    parts: dict[str, float]


def likeness(question: Weighted, vector: Vector, frequencies: Frequencies) -> Likeness:
    """Return how alike an article is to a question: the cosine of their weighted words."""
    other = weigh(vector, frequencies)
    shared, mine, its = np.intersect1d(question.keys, other.keys, assume_unique=True, return_indices=True)
    products = question.weights[mine] * other.weights[its]
    score = float(products.sum())
    order = np.argsort(-products, kind="stable")
    flags = vector.flags[its]
    whole = score or 1.0
    return Likeness(
        min(1.0, score),
        shared[order],
        {
            "words": min(1.0, score),
            "names": float(products[(flags & NAME) > 0].sum()) / whole,
            "numbers": float(products[(flags & NUMBER) > 0].sum()) / whole,
        },
    )


def ranked(
    question: Weighted, vectors: Sequence[Vector], frequencies: Frequencies
) -> list[tuple[int, Likeness]]:
    """Return the positions of articles close enough to a question, the most alike first."""
    least = min(LEAST_SHARED, len(question.keys))
    found = [(at, likeness(question, vector, frequencies)) for at, vector in enumerate(vectors)]
    kept = [(at, one) for at, one in found if one.score >= FLOOR and len(one.shared) >= least]
    return sorted(kept, key=lambda pair: (-pair[1].score, pair[0]))
