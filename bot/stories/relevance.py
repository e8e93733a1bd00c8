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

_LAST = np.uint32(0xFFFF)

Numbers = npt.NDArray[np.float64]


class Found:
    """Articles laid end to end, with what each of their words counts in a search."""

    def __init__(self, packed: Sequence[bytes], frequencies: Frequencies) -> None:
        self.count = len(packed)
        self.starts = np.cumsum([0, *map(stems_in, packed)])
        together = Vector.end_to_end(packed)
        self.keys = together.keys
        self.owners = np.repeat(np.arange(self.count), np.diff(self.starts))
        self._frequencies = frequencies
        counts = together.counts.astype(np.float64)
        lengths = np.bincount(self.owners, weights=counts, minlength=self.count).astype(np.float64)
        lengths /= max(1.0, float(lengths.mean()))
        told = counts * np.where(together.flags & (LEAD | IN_TITLE), LEAD_WEIGHT, 1.0)
        slowed = SATURATION * (1.0 - BY_LENGTH + BY_LENGTH * lengths)
        self.often: Numbers = told * (SATURATION + 1.0) / (told + slowed[self.owners])

    def score(self, keys: Keys, shares: Numbers) -> Numbers:
        """Return for each article how often it holds these ascending keys, each counted by its share."""
        # Of all words some thirty thousand are none of these: most are told by their last sixteen bits.
        wanted = np.zeros(_LAST + 1, dtype=bool)
        wanted[keys & _LAST] = True
        places = np.flatnonzero(wanted[self.keys & _LAST])
        at = np.searchsorted(keys, self.keys[places]).clip(max=len(keys) - 1)
        same = keys[at] == self.keys[places]
        places, at = places[same], at[same]
        scores = np.bincount(
            self.owners[places], weights=shares[at] * self.often[places], minlength=self.count
        )
        return scores.astype(np.float64)

    def plain(self, words: Keys) -> Numbers:
        """Return the score of each article for the words alone, a rarer word counting more."""
        return self.score(words, self._frequencies.weights(words).astype(np.float64))

    def best_words(self, scores: Numbers) -> tuple[Keys, Numbers]:
        """Return the words of the best articles, ascending, and how much each counts: 1 in all."""
        best = [at for at in np.argsort(-scores, kind="stable")[:NEAREST].tolist() if scores[at] > 0]
        spans = [slice(self.starts[at], self.starts[at + 1]) for at in best]
        keys, where = np.unique(np.concatenate([self.keys[span] for span in spans]), return_inverse=True)
        told = [
            scores[at] * _unit(self.often[span] * self._frequencies.weights(self.keys[span]))
            for at, span in zip(best, spans, strict=True)
        ]
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
    plain = found.plain(words)
    if not plain.any():
        return list(range(len(packed)))
    enriched = found.score(*found.best_words(plain))
    scores = (1.0 - SHARE) * plain / plain.max() + SHARE * enriched / enriched.max()
    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    return order


def _unit(weights: Numbers) -> Numbers:
    unit: Numbers = weights / np.sqrt(weights @ weights)
    return unit
