"""Which articles share the rare words of others, and what hangs together by that.

Grouping compares everything with everything; it need not look beyond what hangs together here. That keeps
the cost of a batch in proportion to its articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Rows: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]

LEAST_SHARED = 2
"""Telling words that neighbours share: one alone is chance."""

ONE_IS_ENOUGH = 0.2
"""Share of all the telling weight that makes one word enough: in a headline every word counts."""


def nearest(
    asked: Sequence[Sequence[tuple[int, float]]], rows: Sequence[Rows], own: Sequence[int], most: int
) -> list[list[int]]:
    """Return for each article the rows that share most of its telling words, the nearest first.

    Args:
        asked: for each article its telling words, as (place in `rows`, weight above 0).
        rows: for each word the articles that hold it.
        own: the row of each article, which is no neighbour of its own.
        most: how many neighbours each gets at most.
    """
    found: list[list[int]] = [[] for _ in asked]
    words = [(at, word, weight) for at, ones in enumerate(asked) for word, weight in ones if len(rows[word])]
    if not words:
        return found
    held = np.concatenate([rows[word] for _, word, _ in words])
    sizes = [len(rows[word]) for _, word, _ in words]
    owners = np.repeat(np.array([at for at, _, _ in words], dtype=np.int64), sizes)
    weights = np.repeat(np.array([weight for _, _, weight in words]), sizes)
    others = held != np.array(own, dtype=np.int64)[owners]
    span = int(held.max()) + 1
    pairs, where = np.unique(owners[others] * span + held[others], return_inverse=True)
    owner, row = np.divmod(pairs, span)
    shared = np.bincount(where, weights=weights[others], minlength=len(pairs))
    whole = np.array([sum(weight for _, weight in ones) for ones in asked])[owner]
    enough = (np.bincount(where, minlength=len(pairs)) >= LEAST_SHARED) | (shared >= ONE_IS_ENOUGH * whole)
    owner, row, shared = owner[enough], row[enough], shared[enough]
    order = np.lexsort((row, -shared, owner))  # of equals the older ones, which have a story
    for at, other in zip(owner[order].tolist(), row[order].tolist(), strict=True):
        if len(found[at]) < most:
            found[at].append(other)
    return found


def strongest(rows: Sequence[Rows], weights: Sequence[float]) -> list[int]:
    """Return the rows that hold any of some words: those with the weightiest first, of equals the newer.

    Args:
        rows: for each word the articles that hold it.
        weights: of the words, above 0.
    """
    if not any(len(held) for held in rows):
        return []
    each = np.repeat(np.array(weights), [len(held) for held in rows])
    found, where = np.unique(np.concatenate(rows), return_inverse=True)
    shared = np.bincount(where, weights=each)
    order: list[int] = found[np.lexsort((-found, -shared))].tolist()
    return order


def components(count: int, joined: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return what hangs together of so many things, given pairs of them: ascending, ordered by the first."""
    parent = list(range(count))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, other in joined:
        a, b = root(one), root(other)
        parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for at in range(count):
        found.setdefault(root(at), []).append(at)
    return list(found.values())
