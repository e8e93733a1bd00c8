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
Numbers: TypeAlias = npt.NDArray[np.int64]

COPIED = 0.35
"""Containment from which a text is a copy; independent reports on one event stay below 0.2 almost always."""

FEW = 20
"""Pairs below which a text is a brief, which may share a few phrases with any other."""

FEWEST = 12
"""Pairs below which a text is too short to tell, and only the same pairs make a copy."""

OF_BRIEF = 0.7
"""Containment from which a brief is a copy: of 241,600 times two agency briefs, two come up to it."""

OF_COPY = 0.5
"""Containment from which what resembles a copy is a copy of its original, which may have been cut where they
agree. Higher, so that one thing does not lead to another."""

LEAD = 10
"""Pairs at the start of a text that are passed over: a copy's lead is often its own, and reports on one event
have most in common there. Nothing is passed over where fewer than four times as many would be left."""

SAMPLED = 4
"""Of a long text only every fourth pair is kept, the same ones in every text."""

LONG = 256
"""Pairs from which a text is long."""

AT_ONCE = 8_192
"""Pairs compared in one go: bounds the memory for a story of many texts."""

_MIX = 0x9E3779B1


def sketches(content: npt.NDArray[np.uint32], texts: Numbers, count: int) -> list[Sketch]:
    """Return the pairs of neighbouring content words behind each lead, sorted; a sample of a long text's.

    Args:
        content: the numbers of the content words of all texts, in order.
        texts: in which text each stands, ascending from 0.
        count: how many texts there are.
    """
    keys = content.astype(np.uint64)
    mixed = (keys[:-1] * np.uint64(_MIX) + keys[1:] * np.uint64(0x85EBCA6B)) & np.uint64(0xFFFFFFFF)
    mixed ^= mixed >> np.uint64(15)
    sizes = np.bincount(texts, minlength=count)
    starts = np.cumsum(sizes) - sizes
    passed = np.where(sizes > 5 * LEAD, LEAD, 0)
    near = (texts[1:] == texts[:-1]) & (np.arange(1, len(texts)) > (starts + passed)[texts[1:]])
    pairs = np.sort(texts[:-1][near].astype(np.uint64) << np.uint64(32) | mixed[near])
    pairs = pairs[np.diff(pairs, prepend=pairs[:1] + 1) != 0]  # np.unique is slower by far
    bounds = np.searchsorted(pairs, np.arange(count + 1, dtype=np.uint64) << np.uint64(32)).tolist()
    found = [pairs[start:end].astype(np.uint32) for start, end in pairwise(bounds)]
    return [one[one % SAMPLED == 0] if len(one) >= LONG else one for one in found]


def containments(texts: Sequence[Sketch]) -> npt.NDArray[np.float64]:
    """Return which share of the shorter text's pairs the longer text holds, 0..1, for each two of them."""
    sampled = np.array([_sampled(pairs) for pairs in texts], dtype=bool)
    pairs, columns = np.unique(np.concatenate(texts), return_inverse=True)
    owners = np.repeat(np.arange(len(texts)), [len(one) for one in texts])
    shares = _shares(owners, columns, len(texts), FEW, FEWEST)
    unlike = sampled[:, None] != sampled
    if unlike.any():  # compare like with like
        kept = pairs[columns] % SAMPLED == 0
        of_sample = _shares(owners[kept], columns[kept], len(texts), FEW // SAMPLED, FEW // SAMPLED)
        shares = np.where(unlike, of_sample, shares)
    return shares


def _sampled(pairs: Sketch) -> bool:
    return len(pairs) > 0 and not (pairs % SAMPLED).any()


def _shares(owners: Numbers, columns: Numbers, count: int, few: int, fewest: int) -> npt.NDArray[np.float64]:
    """Return the shares of so many texts; 0 where they tell nothing.

    Args:
        owners: whose each pair is.
        columns: which pair it is.
        count: how many texts there are.
        few: pairs below which a share must be that of a brief.
        fewest: pairs below which only all of them tell.
    """
    sizes = np.bincount(owners, minlength=count)
    shared = np.zeros((count, count))
    # Few pairs stand in two texts; small tables are multiplied fastest.
    held = np.bincount(columns) > 1
    owners, columns = owners[held[columns]], np.cumsum(held)[columns[held[columns]]] - 1
    width = int(columns.max(initial=-1)) + 1
    for first in range(0, width, AT_ONCE):
        some = (columns >= first) & (columns < first + AT_ONCE)
        table = np.zeros((count, min(width, AT_ONCE)), dtype=np.float32)
        table[owners[some], columns[some] - first] = 1.0
        shared += table @ table.T
    np.fill_diagonal(shared, sizes)
    shorter = np.minimum(sizes[:, None], sizes)
    shares = shared / np.maximum(shorter, 1)
    brief = (shorter >= fewest) & (shares >= OF_BRIEF)
    shares[(shorter < few) & (shared < shorter) & ~brief] = 0.0
    return shares


@dataclass(frozen=True, slots=True)
class Text:
    """An article of a story, to be compared with the others.

    Attributes:
        row: its number.
        when_ms: its time, in milliseconds since 1970.
        pairs: its sketch.
        copy_of: the row of what it is known to copy.
    """

    row: int
    when_ms: int
    pairs: Sketch
    copy_of: int | None = None


def find_copies(texts: Sequence[Text]) -> dict[int, int]:
    """Return copy -> original, by row, for what is newly found among the articles of one story.

    The original is the earliest. A copy of a copy is a copy of the original, and what is known to be a copy
    stays one.
    """
    if len(texts) < 2:
        return {}
    ordered = sorted(texts, key=lambda one: (one.when_ms, one.row))
    shares = containments([one.pairs for one in ordered])
    # Row of the original of each, in order; an original's is its own.
    roots: list[int] = []
    found: dict[int, int] = {}
    for at, text in enumerate(ordered):
        if text.copy_of is not None:
            roots.append(found.get(text.copy_of, text.copy_of))
            continue
        root, most = text.row, 0.0
        for before, (earlier, share) in enumerate(zip(ordered, shares[at, :at].tolist(), strict=False)):
            least = COPIED if roots[before] == earlier.row else OF_COPY
            if share >= max(least, most):
                root, most = roots[before], share
        roots.append(root)
        if root != text.row:
            found[text.row] = root
    return found
