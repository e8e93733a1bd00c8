"""Group articles into stories: the nearest two are joined, again and again, until none are near enough.

This is agglomerative clustering over what a batch touches: its own articles, and the stored stories that
share telling words with them. Stories of full texts are compared by the mean likeness of their articles
(average linkage), which keeps them from chaining together. Bare headlines share few words even on the same
event, so there the likeness of the two sums (centroid linkage) counts; in between, a mix of both by
brevity. Within a batch the order of the articles does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.stories.frequencies import Frequencies
from bot.stories.products import Matrix, products
from bot.stories.profile import Profile

NEAR = 0.20
"""Likeness from which two are one story; chosen on four sets pooled (see benchmarks/results/related.md)."""

ONE_VOICE = 0.7
"""What is left of the likeness of two stories that one publication tells alone: it seldom tells an event
twice, and words one thing like the other. Two such need 0.29 instead of 0.20."""

FADE_DAYS = 30.0
"""Two stories this many days apart must be twice as alike: last month's election is not this month's."""

WORDING = 0.38
"""Likeness of the wording, names and numbers left out, from which two texts may follow one template."""

HEADLINE = 0.95
HEADLINE_WORDING = 0.7
"""The same for bare headlines (brevity above 0.95: up to 13 words): they have few words beside names."""

MARKED = 0.25
"""By how much names and numbers may be less alike than the wording; in a copy both are as alike.

Two texts beyond both limits are a template filled in twice ("X posts profit of N"), never one story.
"""

LEAST_MARKS = 0.1
"""Share of a text's weight that its names and numbers must have before they can contradict another's."""

NOTHING_AGREES = 0.05
"""Two reports whose names and numbers are less alike than this tell of two events, whatever the wording."""

AT_ONCE = 256
"""Rows of a table reckoned in one go: bounds the memory for what lies between."""

DAY_MS = 86_400_000

Span: TypeAlias = slice


def group(
    parts: Sequence[Profile],
    frequencies: Frequencies,
    *,
    near: float = NEAR,
    apart: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """Return which parts belong together: lists of their positions, each ascending, ordered by the first.

    Args:
        parts: stories and articles.
        frequencies: of the archive.
        near: likeness from which two are one story.
        apart: pairs of positions that a manager keeps apart, however alike they are.
    """
    if len(parts) <= 1:
        return [[0]] if parts else []
    keys = np.concatenate([part.keys for part in parts])
    rarity = frequencies.weights(keys)
    owners = np.repeat(np.arange(len(parts)), [len(part.keys) for part in parts])
    whole = np.concatenate([part.weights for part in parts]) * rarity
    rest = np.concatenate([part.rest for part in parts]) * rarity
    dots, rests = products(keys, owners, len(parts), (whole, rest))
    labels = _join(dots, rests, parts, near, apart)
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(at)
    return list(groups.values())


def _fading(parts: Sequence[Profile]) -> Matrix:
    """Return by how much the distance in time lessens the likeness of two parts."""
    first = np.array([part.first_ms for part in parts], dtype=np.float64)
    last = np.array([part.last_ms for part in parts], dtype=np.float64)
    gap = np.maximum(first[:, None] - last[None, :], first[None, :] - last[:, None]).clip(min=0) / DAY_MS
    faded: Matrix = (1.0 / (1.0 + gap / FADE_DAYS)).astype(np.float32)
    return faded


def _template(
    rows: Span, dots: Matrix, rests: Matrix, own: Matrix, plain: Matrix, brief: Matrix
) -> npt.NDArray[np.bool_]:
    """Return which parts follow the same template as these, filled in with other names or numbers."""
    marks = np.maximum(own - plain, 1e-12)
    wording = rests[rows] / np.sqrt(np.maximum(plain[rows, None] * plain, 1e-12))
    marked = (dots[rows] - rests[rows]) / np.sqrt(marks[rows, None] * marks)
    contradicting = marks > LEAST_MARKS * own
    telling = contradicting[rows, None] & contradicting
    headline = brief > HEADLINE
    same_form = (wording > np.where(headline, HEADLINE_WORDING, WORDING)) & (wording - marked > MARKED)
    strangers = ~headline & (marked < NOTHING_AGREES)
    found: npt.NDArray[np.bool_] = telling & (same_form | strangers)
    return found


def _join(
    dots: Matrix, rests: Matrix, parts: Sequence[Profile], near: float, apart: Iterable[tuple[int, int]]
) -> npt.NDArray[np.int64]:
    """Join the nearest two while they are near; return the position of the first of each group for all."""
    count = len(parts)
    size = np.array([part.articles for part in parts], dtype=np.float32)
    brief = np.array([part.brevity for part in parts], dtype=np.float32)
    own = np.diag(dots).copy()
    plain = np.diag(rests).copy()
    faded = _fading(parts)
    voice = np.array([part.voice for part in parts], dtype=np.int64)
    labels = np.arange(count)
    gone = np.zeros(count, dtype=bool)
    barred = np.zeros((count, count), dtype=bool)
    for a, b in apart:
        barred[a, b] = barred[b, a] = True

    def likeness(rows: Span) -> Matrix:
        many = size[rows, None]
        mixed = (brief[rows, None] * many + brief * size) / (many + size)
        lengths = np.sqrt(np.maximum(own[rows, None] * own, 1e-12))
        found: Matrix = faded[rows] * dots[rows] / (lengths**mixed * (many * size) ** (1 - mixed))
        found[(voice[rows, None] == voice) & (voice > 0)] *= ONE_VOICE
        found[_template(rows, dots, rests, own, plain, mixed) | barred[rows]] = 0.0
        found[:, gone] = -1.0
        return found

    tables = [likeness(slice(at, at + AT_ONCE)) for at in range(0, count, AT_ONCE)]
    table = np.concatenate(tables) if len(tables) > 1 else tables[0]
    np.fill_diagonal(table, -1.0)
    best = table.argmax(axis=1)
    value = table[np.arange(count), best]
    left = count
    while left > 1:
        one = int(value.argmax())
        if value[one] < near:
            break
        two = int(best[one])
        one, two = min(one, two), max(one, two)
        own[one] += own[two] + 2 * dots[one, two]
        plain[one] += plain[two] + 2 * rests[one, two]
        rests[one] += rests[two]
        rests[:, one] = rests[one]
        brief[one] = (brief[one] * size[one] + brief[two] * size[two]) / (size[one] + size[two])
        size[one] += size[two]
        dots[one] += dots[two]
        dots[:, one] = dots[one]
        faded[one] = np.maximum(faded[one], faded[two])
        faded[:, one] = faded[one]
        voice[one] = voice[one] if voice[one] == voice[two] else 0
        gone[two] = True
        barred[one] |= barred[two]
        barred[:, one] = barred[one]
        labels[labels == two] = one
        left -= 1
        if left == 1:
            break
        row = likeness(slice(one, one + 1))[0]
        row[one] = -1.0
        table[one], table[:, one], table[two], table[:, two] = row, row, -1.0, -1.0
        value[two] = -2.0
        stale = ~gone & ((best == one) | (best == two))
        stale[one] = True
        best[stale] = table[stale].argmax(axis=1)
        value[stale] = table[stale, best[stale]]
        better = ~gone & (row > value)
        best[better], value[better] = one, row[better]
    return labels
