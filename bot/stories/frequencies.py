"""In how many articles of the archive each word stands: what makes a word telling."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.stories.vector import Floats, Keys

SLOTS = 1 << 21
"""Counters in memory, 8 MB: words share one seldom, and then a rare word counts as a little less rare."""


UNSEEN = 8.0
"""Articles counted in that hold none of the words: in a handful, what two share is not yet a common word."""


class Frequencies:
    """Document frequencies of fixed size; the exact counts stand in the store."""

    def __init__(self) -> None:
        self.articles = 0
        self._counts: npt.NDArray[np.int32] = np.zeros(SLOTS, dtype=np.int32)

    def add(self, keys: Keys, counts: npt.NDArray[np.int64], articles: int) -> None:
        """Count further articles.

        Args:
            keys: numbers of stems, each once.
            counts: how many of the further articles hold each.
            articles: how many there are.
        """
        np.add.at(self._counts, keys & np.uint32(SLOTS - 1), counts.astype(np.int32))
        self.articles += articles

    def of(self, keys: Keys) -> npt.NDArray[np.int32]:
        """Return in how many articles each stem stands; rather too many than too few."""
        found: npt.NDArray[np.int32] = self._counts[keys & np.uint32(SLOTS - 1)]
        return found

    def weights(self, keys: Keys) -> Floats:
        """Return how telling each stem is, above 0: the smoothed logarithm of articles over frequency."""
        found = np.maximum(self.of(keys), 0).astype(np.float32)
        telling: Floats = np.log((self.articles + UNSEEN) / (found + 0.5)).clip(min=0.01).astype(np.float32)
        return telling
