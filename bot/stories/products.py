"""The products of many weighted texts with each other: what grouping compares, reckoned all at once.

Most words stand in one text only and add nothing to any other; of the rest most stand in a few, and are
multiplied pair by pair. Only what many share is laid out as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.stories.vector import Floats, Keys

DENSE = 24
"""A word in more texts than this is multiplied as a column, a rarer one pair by pair."""

FEW = 48
"""Texts that are laid out word by word in one table, which is fastest for a handful."""

COLUMNS = 512
"""Words laid out at once: bounds the memory."""

Matrix: TypeAlias = npt.NDArray[np.float32]
Numbers: TypeAlias = npt.NDArray[np.int64]


def products(keys: Keys, owners: Numbers, count: int, weights: Sequence[Floats]) -> list[Matrix]:
    """Return the products of so many texts with each other, a matrix for each way of weighing their words.

    Args:
        keys: the words of all texts, each once a text.
        owners: whose each is, ascending from 0.
        count: how many texts there are.
        weights: of all words, in each way.
    """
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint32(1)))
    sizes = np.diff(starts, append=len(keys))
    shared = np.repeat(sizes > 1, sizes)
    columns = np.repeat(np.arange(int((sizes > 1).sum())), sizes[sizes > 1])
    laid_out = np.repeat(sizes[sizes > 1] > (1 if count <= FEW else DENSE), sizes[sizes > 1])
    found: list[Matrix] = []
    for each in weights:
        values = each[order]
        own = np.bincount(owners, weights=values**2, minlength=count)
        mine, values = owners[shared], values[shared]
        rare, common = ~laid_out, laid_out
        matrix = _by_pairs(mine[rare], columns[rare], count, values[rare])
        matrix += _by_columns(mine[common], columns[common], count, values[common])
        np.fill_diagonal(matrix, own)
        found.append(matrix)
    return found


def _by_pairs(owners: Numbers, columns: Numbers, count: int, values: Floats) -> Matrix:
    """Return the products of each two texts that share a word, for words in order."""
    if not len(owners):
        return np.zeros((count, count), dtype=np.float32)
    where: list[Numbers] = []
    what: list[Floats] = []
    at = np.arange(len(owners))
    step = 1
    while len(at):
        at = at[at < len(owners) - step]
        at = at[columns[at] == columns[at + step]]
        where.append(owners[at] * count + owners[at + step])
        what.append(values[at] * values[at + step])
        step += 1
    flat = np.bincount(np.concatenate(where), weights=np.concatenate(what), minlength=count * count)
    half = flat.reshape(count, count)
    found: Matrix = (half + half.T).astype(np.float32)
    return found


def _by_columns(owners: Numbers, columns: Numbers, count: int, values: Floats) -> Matrix:
    """Return the same by tables of a row for each text and a column for each word."""
    found = np.zeros((count, count), dtype=np.float32)
    _, columns = np.unique(columns, return_inverse=True)
    for first in range(0, int(columns.max(initial=-1)) + 1, COLUMNS):
        some = (columns >= first) & (columns < first + COLUMNS)
        table = np.zeros((count, min(COLUMNS, int(columns.max()) + 1)), dtype=np.float32)
        table[owners[some], columns[some] - first] = values[some]
        found += table @ table.T
    return found
