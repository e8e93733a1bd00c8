"""Which articles are copies: wire reports and reprints, edited, cut or with a lead of their own.

Two neighbouring content words make a pair. A copy keeps most pairs of its original whatever is cut off or
put in front; two reporters on one event share few. What counts is the share of the shorter text's pairs
that the longer one holds (containment), so that a cut tail costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Sketch: TypeAlias = npt.NDArray[np.uint32]

COPIED = 0.35
"""Containment from which a text is a copy; independent reports on one event stay below 0.2 almost always."""

FEW = 20
"""Pairs below which a text is too short to tell, and only the same pairs make a copy."""

SAMPLED = 4
"""Of a long text only every fourth pair is kept, the same ones in every text."""

LONG = 256
"""Pairs from which a text is long."""

_MIX = 0x9E3779B1


def sketches(content: npt.NDArray[np.uint32], texts: npt.NDArray[np.int64], count: int) -> list[Sketch]:
    """Return the pairs of neighbouring content words of each text, sorted; a sample of a long one's.

    Args:
        content: the numbers of the content words of all texts, in order.
        texts: in which text each stands, ascending from 0.
        count: how many texts there are.
    """
    keys = content.astype(np.uint64)
    mixed = (keys[:-1] * np.uint64(_MIX) + keys[1:] * np.uint64(0x85EBCA6B)) & np.uint64(0xFFFFFFFF)
    mixed ^= mixed >> np.uint64(15)
    owners = texts[:-1].astype(np.uint64)[texts[1:] == texts[:-1]]
    pairs = np.unique(owners << np.uint64(32) | mixed[texts[1:] == texts[:-1]])
    bounds = np.searchsorted(pairs, np.arange(count + 1, dtype=np.uint64) << np.uint64(32)).tolist()
    found = [pairs[start:end].astype(np.uint32) for start, end in pairwise(bounds)]
    return [one[one % SAMPLED == 0] if len(one) >= LONG else one for one in found]


def containment(one: Sketch, other: Sketch) -> float:
    """Return which share of the shorter text's pairs the longer text holds, 0..1."""
    few = FEW
    if _sampled(one) != _sampled(other):  # compare like with like
        one, other = one[one % SAMPLED == 0], other[other % SAMPLED == 0]
        few = FEW // SAMPLED
    shorter = min(len(one), len(other))
    if not shorter:
        return 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True)) / shorter
    return shared if shorter >= few or shared == 1.0 else 0.0


def _sampled(pairs: Sketch) -> bool:
    return len(pairs) > 0 and not (pairs % SAMPLED).any()


@dataclass(frozen=True, slots=True)
class Text:
    """An article of a story, to be compared with the others.

    Attributes:
        row: its number.
        when_ms: its time, in milliseconds since 1970.
        pairs: its sketch.
    """

    row: int
    when_ms: int
    pairs: Sketch


def find_copies(texts: Sequence[Text]) -> dict[int, int]:
    """Return copy -> original, by row, of the articles of one story; the original is the earliest.

    A copy of a copy is a copy of the original.
    """
    originals: list[Text] = []
    found: dict[int, int] = {}
    for text in sorted(texts, key=lambda one: (one.when_ms, one.row)):
        best, most = None, COPIED
        for original in originals:
            share = containment(text.pairs, original.pairs)
            if share >= most:
                best, most = original, share
        if best is None:
            originals.append(text)
        else:
            found[text.row] = best.row
    return found
