"""In which order the articles found by a search are shown: by BM25, with the words of the best ones added.

A search is a few words, and what matters is how many of them an article is about. So a word counts less each
time it comes again, and a long article has to hold it more often than a short one (Robertson and Zaragoza
2009, "The Probabilistic Relevance Framework", with title and lead counted more often, as BM25F does). The
words of the best articles then spell the search out (pseudo-relevance feedback): an article that tells the
same in other words comes before one that shares a word by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.stories.frequencies import Frequencies
from bot.stories.likeness import ENRICHED, NEAREST, SHARE
from bot.stories.vector import IN_TITLE, LEAD, Keys, Vector, stems_in
from bot.stories.weights import LEAD_WEIGHT

SATURATION = 2.0
"""How slowly a word that comes again stops to count: k1, usually 1.2 to 2; articles repeat their subject."""

BY_LENGTH = 0.75
"""How much the length of an article is taken out: b, 0 to 1, as usual."""

Numbers = npt.NDArray[np.float64]


class Found:
    """Articles laid end to end, with what each of their words counts in a search."""

    def __init__(self, packed: Sequence[bytes], frequencies: Frequencies) -> None:
        self.count = len(packed)
        self.starts = np.cumsum([0, *map(stems_in, packed)])
        together = Vector.end_to_end(packed)
        self.keys = together.keys
        self.owners = np.repeat(np.arange(self.count), np.diff(self.starts))
        counts = together.counts.astype(np.float64)
        lengths = self.sums(counts)
        lengths /= max(1.0, float(lengths.mean()))
        told = counts * np.where(together.flags & (LEAD | IN_TITLE), LEAD_WEIGHT, 1.0)
        slowed = SATURATION * (1.0 - BY_LENGTH + BY_LENGTH * lengths)
        self.often: Numbers = told * (SATURATION + 1.0) / (told + slowed[self.owners])
        self.weights: Numbers = self.often * frequencies.weights(self.keys)

    def sums(self, values: Numbers) -> Numbers:
        """Return the sum of each article's words."""
        return np.bincount(self.owners, weights=values, minlength=self.count).astype(np.float64)

    def holding(self, keys: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return for each word which of these ascending keys it is nearest to, and whether it is that one."""
        at = np.searchsorted(keys, self.keys).clip(max=len(keys) - 1)
        return at, keys[at] == self.keys

    def best_words(self, scores: Numbers) -> tuple[Keys, Numbers]:
        """Return the words of the best articles, ascending, and how much each counts: 1 in all."""
        best = [at for at in np.argsort(-scores, kind="stable")[:NEAREST].tolist() if scores[at] > 0]
        spans = [slice(self.starts[at], self.starts[at + 1]) for at in best]
        keys, where = np.unique(np.concatenate([self.keys[span] for span in spans]), return_inverse=True)
        told = [scores[at] * _unit(self.weights[span]) for at, span in zip(best, spans, strict=True)]
        counted = np.bincount(where, weights=np.concatenate(told))
        kept = np.sort(np.argsort(-counted, kind="stable")[:ENRICHED])
        return keys[kept], counted[kept] / counted[kept].sum()


def in_order(words: Keys, packed: Sequence[bytes], frequencies: Frequencies) -> list[int]:
    """Return the positions of articles, those that answer a search best first; of equals, as they came.

    Args:
        words: numbers of the stems looked for, ascending.
        packed: the articles' vectors.
        frequencies: of the archive.
    """
    if not len(words) or not packed:
        return list(range(len(packed)))
    found = Found(packed, frequencies)
    _, same = found.holding(words)
    plain = found.sums(np.where(same, found.weights, 0.0))
    if not plain.any():
        return list(range(len(packed)))
    keys, share = found.best_words(plain)
    at, same = found.holding(keys)
    enriched = found.sums(np.where(same, share[at] * found.often, 0.0))
    scores = (1.0 - SHARE) * plain / plain.max() + SHARE * enriched / enriched.max()
    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    return order


def _unit(weights: Numbers) -> Numbers:
    unit: Numbers = weights / np.sqrt(weights @ weights)
    return unit
