"""How alike a question and the articles found for it are, and what they share.

The likeness is the cosine of the weighted words (TF-IDF), taken twice: for the question, and for the
question enriched by the words of the articles nearest to it (pseudo-relevance feedback after Rocchio). A
short question is spelled out that way, and a report is compared with its event instead of one wording of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.stories.frequencies import Frequencies
from bot.stories.vector import NAME, NUMBER, Floats, Keys, Vector, stems_in
from bot.stories.weights import Weighted, plain_weights, unit, weigh

CLOSE = 0.14
"""Cosine that the nearest article must reach, or nothing is related (see docs/stories.md)."""

FLOOR = 0.10
"""Score that every further article must reach."""

SAME_EVENT = 0.25
"""Cosine from which the best article reports the event that a question in words is about."""

LEAST_SHARED = 2
"""Content words that must be shared: one alone is chance."""

NEAREST = 3
"""Articles nearest to the question whose words enrich it."""

ENRICHED = 40
"""Words that they give."""

SHARE = 0.35
"""How much the enriched question counts; the question itself counts the rest."""

PIVOT = 0.5
"""Beside a few words, an article's length counts half: it is not nearer for being short (Singhal 1996)."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How alike an article is to a question.

    Attributes:
        score: 0..1, by which results are ordered.
        cosine: 0..1, of the words alone: the measure of floors.
        shared: the stems both hold, the most telling first.
        parts: by name, each 0..1: "words" (the cosine), "nearest" (the likeness to the nearest articles),
            "names" and "numbers" (shares of the cosine).
    """

    score: float
    cosine: float
    shared: Keys
    parts: dict[str, float]


class Candidates:
    """Articles laid end to end, so that all are compared with a question in one go."""

    def __init__(self, packed: Sequence[bytes], frequencies: Frequencies) -> None:
        self.count = len(packed)
        self.starts = np.cumsum([0, *map(stems_in, packed)])
        together = Vector.end_to_end(packed)
        self.keys = together.keys
        self.flags = together.flags
        self.owners = np.repeat(np.arange(self.count), np.diff(self.starts))
        self.weights: Floats = plain_weights(together) * frequencies.weights(together.keys)
        lengths = np.sqrt(self._sums(self.weights.astype(np.float64) ** 2))
        self.lengths = np.where(lengths > 0, lengths, 1.0)

    def _sums(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.bincount(self.owners, weights=values, minlength=self.count).astype(np.float64)

    def products(self, question: Weighted) -> npt.NDArray[np.float64]:
        """Return what each word of each article adds to its product with the question."""
        if not len(question.keys):
            return np.zeros(len(self.keys))
        at = np.searchsorted(question.keys, self.keys).clip(max=len(question.keys) - 1)
        same = question.keys[at] == self.keys
        found: npt.NDArray[np.float64] = np.where(same, question.weights[at] * self.weights, 0.0)
        return found

    def dots(self, question: Weighted) -> npt.NDArray[np.float64]:
        """Return each article's product with the question, before its length is taken out."""
        return self._sums(self.products(question))

    def weighted(self, at: int) -> Weighted:
        """Return the words of one article, at length 1."""
        span = slice(self.starts[at], self.starts[at + 1])
        return Weighted(self.keys[span], self.weights[span] / np.float32(self.lengths[at]))


def ranked(
    vector: Vector,
    packed: Sequence[bytes],
    frequencies: Frequencies,
    *,
    in_words: bool,
    most: int,
    close: float = CLOSE,
    floor: float = FLOOR,
) -> list[tuple[int, Likeness]]:
    """Return the positions of articles close enough to a question, the most alike first, at most `most`.

    Args:
        vector: the question.
        packed: the vectors of the articles found for it.
        frequencies: of the archive.
        in_words: the question is a few words, not an article.
        most: how many at most.
        close: cosine that the nearest must reach.
        floor: score that all must reach.
    """
    compared = _compared(vector, packed, frequencies, in_words=in_words, close=close)
    if compared is None:
        return []
    kept = [at for at in compared.order if compared.scores[at] >= floor]
    return [(at, compared.likeness(at)) for at in kept[:most]]


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """A question beside its candidates: a number for each of them, and which are left, in order."""

    candidates: Candidates
    products: npt.NDArray[np.float64]
    cosines: npt.NDArray[np.float64]
    enriched: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    order: list[int]

    def likeness(self, at: int) -> Likeness:
        """Return how alike one of them is, and what is shared."""
        numbers = (float(each[at]) for each in (self.scores, self.cosines, self.enriched))
        return _likeness(self.candidates, self.products, at, *numbers)


def _compared(
    vector: Vector, packed: Sequence[bytes], frequencies: Frequencies, *, in_words: bool, close: float
) -> _Compared | None:
    """Compare a question with its candidates; None when not even the nearest is close."""
    if not packed or not len(vector):
        return None
    question = weigh(vector, frequencies)
    candidates = Candidates(packed, frequencies)
    products = candidates.products(question)
    dots = np.bincount(candidates.owners, weights=products, minlength=candidates.count)
    cosines = dots / candidates.lengths
    shared = np.bincount(candidates.owners, weights=products > 0, minlength=candidates.count)
    enough = shared >= min(LEAST_SHARED, len(vector))
    near = enough & (cosines >= close)
    if not near.any():
        return None
    pivot = PIVOT if in_words else 1.0
    lengths = (1.0 - pivot) * float(candidates.lengths.mean()) + pivot * candidates.lengths
    plain = dots / lengths
    enriched = candidates.dots(_enriched(plain, near, candidates)) / lengths
    scores = np.minimum((1.0 - SHARE) * plain + SHARE * enriched, 1.0)
    order = sorted(np.flatnonzero(enough).tolist(), key=lambda at: (-scores[at], at))
    return _Compared(candidates, products, cosines, enriched, scores, order)


def _enriched(
    scores: npt.NDArray[np.float64], near: npt.NDArray[np.bool_], candidates: Candidates
) -> Weighted:
    """Return the words of the nearest articles, each counting by its nearness."""
    nearest = [at for at in np.argsort(-scores, kind="stable")[:NEAREST].tolist() if near[at]]
    if not nearest:
        return Weighted(candidates.keys[:0], candidates.weights[:0])
    parts = [candidates.weighted(at) for at in nearest]
    keys, where = np.unique(np.concatenate([part.keys for part in parts]), return_inverse=True)
    each = np.repeat(scores[nearest], [len(part.keys) for part in parts])
    weights = np.bincount(where, weights=each * np.concatenate([part.weights for part in parts]))
    kept = np.sort(np.argsort(-weights, kind="stable")[:ENRICHED])
    return Weighted(keys[kept], unit(weights[kept].astype(np.float32)))


def _likeness(
    candidates: Candidates,
    products: npt.NDArray[np.float64],
    at: int,
    score: float,
    cosine: float,
    enriched: float,
) -> Likeness:
    span = slice(candidates.starts[at], candidates.starts[at + 1])
    own, flags = products[span], candidates.flags[span]
    order = np.argsort(-own, kind="stable")[: int((own > 0).sum())]
    whole = float(own.sum()) or 1.0
    return Likeness(
        score,
        min(1.0, cosine),
        candidates.keys[span][order],
        {
            "words": min(1.0, cosine),
            "nearest": min(1.0, enriched),
            "names": float(own[(flags & NAME) > 0].sum()) / whole,
            "numbers": float(own[(flags & NUMBER) > 0].sum()) / whole,
        },
    )
