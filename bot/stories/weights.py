"""How much each word of an article counts when it is compared with another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from bot.stories.frequencies import Frequencies
from bot.stories.vector import IN_TITLE, LEAD, NUMBER, Floats, Keys, Vector

LEAD_WEIGHT = 2.0
"""A word of the title or the lead counts twice: agencies put the event there, the background below."""

NUMBER_WEIGHT = 1.5
"""Numbers tell this quake from that one when every other word is the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """An article as a direction among words: its weights have length 1.

    Attributes:
        keys: ascending.
        weights: as many, above 0.
    """

    keys: Keys
    weights: Floats

    def dot(self, other: Weighted) -> float:
        """Return the cosine: 0 when no word is shared, 1 for the same words."""
        if len(self.keys) > len(other.keys):
            self, other = other, self  # noqa: PLW0642 - the longer one is searched
        if not len(other.keys):
            return 0.0
        at = np.searchsorted(other.keys, self.keys)
        at[at == len(other.keys)] = 0
        same = other.keys[at] == self.keys
        return float(self.weights[same] @ other.weights[at[same]])


def plain_weights(vector: Vector) -> Floats:
    """Return what each word counts within its own article, whatever the archive holds."""
    weights: Floats = (1.0 + np.log(vector.counts.astype(np.float32))).astype(np.float32)
    weights *= np.where(vector.flags & (LEAD | IN_TITLE), LEAD_WEIGHT, 1.0).astype(np.float32)
    weights *= np.where(vector.flags & NUMBER, NUMBER_WEIGHT, 1.0).astype(np.float32)
    return weights


def weigh(vector: Vector, frequencies: Frequencies) -> Weighted:
    """Return an article's words weighted by place, count and rarity (TF-IDF with a logarithmic count)."""
    return Weighted(vector.keys, unit(plain_weights(vector) * frequencies.weights(vector.keys)))


def unit(weights: Floats) -> Floats:
    """Return weights scaled to length 1; none stay none."""
    length = float(np.sqrt(weights @ weights))
    return weights / np.float32(length) if length else weights


def telling(
    vector: Vector, stems: Mapping[int, str], frequencies: Frequencies, *, most: int, rows: int
) -> list[tuple[str, float]]:
    """Return the stems to look up with their weights: the weightiest, as long as they lead to few articles.

    Args:
        vector: of the article or the question.
        stems: number -> stem.
        frequencies: of the archive.
        most: how many stems at most.
        rows: how many articles they may lead to together; the rarest stem is taken whatever it leads to.
    """
    if not len(vector):
        return []
    found = frequencies.of(vector.keys)
    weights = plain_weights(vector) * frequencies.weights(vector.keys)
    return _chosen(vector.keys, weights, found, stems, most, rows)


def telling_of_each(
    vectors: Sequence[Vector],
    stems: Sequence[Mapping[int, str]],
    frequencies: Frequencies,
    *,
    most: int,
    rows: int,
) -> list[list[tuple[str, float]]]:
    """Return for each article the stems to look up, see `telling`; many cost less together."""
    if not vectors:
        return []
    together = Vector.of(vectors)
    found = frequencies.of(together.keys)
    weights = plain_weights(together) * frequencies.weights(together.keys)
    spans = pairwise(accumulate(map(len, vectors), initial=0))
    return [
        _chosen(together.keys[start:end], weights[start:end], found[start:end], own, most, rows)
        if end > start
        else []
        for (start, end), own in zip(spans, stems, strict=True)
    ]


def _chosen(
    keys: Keys,
    weights: Floats,
    found: npt.NDArray[np.int32],
    stems: Mapping[int, str],
    most: int,
    rows: int,
) -> list[tuple[str, float]]:
    chosen: list[tuple[str, float]] = []
    left = rows
    for at in np.argsort(-weights, kind="stable").tolist():
        key, held = int(keys[at]), int(found[at])
        if key not in stems or held > left:
            continue
        chosen.append((stems[key], float(weights[at])))
        left -= held
        if len(chosen) == most:
            break
    if not chosen:
        rarest = int(np.argmin(found))
        key = int(keys[rarest])
        chosen = [(stems[key], float(weights[rarest]))] if key in stems else []
    return chosen
