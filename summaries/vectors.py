"""Sentences as weighted terms, the way sumy's LexRank weighs them, and the cosine between two."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

FEW = 250
"""Sentences up to which no matrix is multiplied: NumPy hands even a small product to several threads, which
on a busy machine wait for each other ten times longer than the sum takes."""

FINE = 400
"""Sentences up to which likeness is computed in double precision; above, single precision halves the time."""


class Weights:
    """Each sentence's terms, weighted and scaled to length 1; a sentence of no weight has zeros.

    A term weighs tf / max tf * log(N / (1 + n)), N sentences, n of them with the term: Erkan and Radev 2004,
    as sumy computes it.

    Args:
        sentences: the terms of each sentence.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        import numpy as np

        count = len(sentences)
        number: defaultdict[str, int] = defaultdict()
        number.default_factory = number.__len__  # a new term takes the next number
        terms = np.fromiter(map(number.__getitem__, chain.from_iterable(sentences)), np.int64)
        width = max(1, len(number))
        places = (
            np.repeat(np.arange(count), np.fromiter(map(len, sentences), np.int64, count)) * width + terms
        )
        cells, counts = np.unique(places, return_counts=True)
        self._rows: Numbers = cells // width
        self._columns: Numbers = cells % width
        self._holding: Numbers = np.bincount(self._columns, minlength=width)
        self._count = count
        frequency = counts.astype(np.float64)
        if counts.max(initial=1) > 1:
            most = np.ones(count)
            np.maximum.at(most, self._rows, frequency)
            frequency /= most[self._rows]
        self._frequency: Floats = frequency
        raw = frequency * np.log(max(1, count) / (1.0 + self._holding))[self._columns]
        length = np.sqrt(np.bincount(self._rows, raw * raw, count))
        self.alive: NDArray[np.bool_] = length > 0
        """Whether each sentence has any weight."""
        self._values: Floats = raw / np.where(self.alive, length, 1.0)[self._rows]
        self._vectors: dict[int, dict[int, float]] = {}

    def __len__(self) -> int:
        return self._count

    @cached_property
    def recurring(self) -> list[int]:
        """How much of what recurs each sentence holds: for each of its terms, how many others have it."""
        import numpy as np

        others = self._holding[self._columns] - 1.0
        return [int(mass) for mass in np.bincount(self._rows, others, self._count)]

    def likeness(self) -> Matrix:
        """The cosines of all pairs of two; a term of one sentence only adds nothing to any."""
        return self._of_few() if self._count <= FEW else self._of_many()

    def _of_few(self) -> Matrix:
        """Summed over all pairs of sentences that share a term; no matrix product, see ``FEW``."""
        import numpy as np

        order = np.argsort(self._columns, kind="stable")  # a term's entries stand together now
        order = order[self._holding[self._columns[order]] > 1]
        rows, values = self._rows[order], self._values[order]
        begins = np.searchsorted(self._columns[order], self._columns[order])
        before = np.arange(len(order)) - begins  # each is paired with those of its term before it
        pairs = np.cumsum(before)
        other = np.arange(pairs[-1] if len(pairs) else 0) - np.repeat(pairs - before - begins, before)
        cells = np.repeat(rows * self._count, before) + rows[other]
        products = np.repeat(values, before) * values[other]
        flat = np.bincount(cells, products, self._count**2).astype(np.float64, copy=False)
        half: Matrix = flat.reshape(self._count, self._count)
        whole: Matrix = half + half.T
        return whole

    def _of_many(self) -> Matrix:
        """As one matrix product."""
        import numpy as np

        shared = self._holding > 1
        column = np.cumsum(shared) - 1
        kept = shared[self._columns]
        precision = np.float32 if self._count > FINE else np.float64
        dense = np.zeros((self._count, max(1, int(shared.sum()))), dtype=precision)
        dense[self._rows[kept], column[self._columns[kept]]] = self._values[kept]
        return (dense @ dense.T).astype(np.float64, copy=False)

    def cosine(self, one: int, other: int) -> float:
        """How alike two sentences are to a reader, by their numbers.

        Weighed as above, but never below 0: in a text of two or three sentences the logarithm of a word that
        most of them have is negative, and any two would be alike.
        """
        a, b = self._vector(one), self._vector(other)
        if len(b) < len(a):
            a, b = b, a
        return sum([weight * b[term] for term, weight in a.items() if term in b])

    def _vector(self, number: int) -> dict[int, float]:
        found = self._vectors.get(number)
        if found is None:
            begin, end = self._rows.searchsorted((number, number + 1))
            terms = self._columns[begin:end]
            each = zip(
                terms.tolist(),
                self._frequency[begin:end].tolist(),
                self._holding[terms].tolist(),
                strict=True,
            )
            raw = {t: c * max(0.0, log(self._count / (1 + n))) for t, c, n in each}
            length = sqrt(sum([weight * weight for weight in raw.values()])) or 1.0
            found = self._vectors[number] = {t: w / length for t, w in raw.items()}
        return found
