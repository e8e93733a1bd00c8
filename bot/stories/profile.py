"""A story as numbers: the sum of its articles' words, and when it ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from bot.stories.frequencies import Frequencies
from bot.stories.vector import NAME, NUMBER, Floats, Keys, Vector
from bot.stories.weights import plain_weights

MOST_TERMS = 600
"""Words kept of one story, the weightiest first: bounds the cost of a story of a thousand articles."""

_LAYOUT = np.dtype([("key", "<u4"), ("weight", "<f4"), ("rest", "<f4")])


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The words of a story, or of one article that has none yet.

    Attributes:
        keys: ascending.
        weights: the sum over the articles of each one's weights at length 1, before the archive's rarity.
        rest: the part of it that comes from articles where the word is neither a name nor a number.
        articles: how many, at least 1.
        brevity: the mean over the articles: 1 for a bare headline, 0 for a report.
        first_ms: when its first article appeared, in milliseconds since 1970.
        last_ms: when its latest did.
        voice: number of the publication that all its articles are from; 0 for several, or an unknown one.
    """

    keys: Keys
    weights: Floats
    rest: Floats
    articles: int
    brevity: float
    first_ms: int
    last_ms: int
    voice: int = 0

    def pack(self) -> bytes:
        """Return words, brevity and voice as bytes; the rest stands in columns of the store."""
        rows = np.empty(len(self.keys), dtype=_LAYOUT)
        rows["key"], rows["weight"], rows["rest"] = self.keys, self.weights, self.rest
        return np.float32(self.brevity).tobytes() + np.uint32(self.voice).tobytes() + rows.tobytes()

    @classmethod
    def unpack(cls, data: bytes, *, articles: int, first_ms: int, last_ms: int) -> Profile:
        """Return the profile that `pack` wrote, now or before there was a voice in it."""
        head = len(data) % _LAYOUT.itemsize
        rows = np.frombuffer(data, dtype=_LAYOUT, offset=head)
        return cls(
            np.ascontiguousarray(rows["key"]),
            np.ascontiguousarray(rows["weight"]),
            np.ascontiguousarray(rows["rest"]),
            articles,
            float(np.frombuffer(data, dtype="<f4", count=1)[0]),
            first_ms,
            last_ms,
            int.from_bytes(data[4:head], "little"),
        )


def voice_of(source: str | None) -> int:
    """Return the number of a publication, 1..2**32 - 1; 0 when it is not known."""
    return crc32(source.casefold().encode("utf-8", "replace")) or 1 if source else 0


SHORT_TERMS = 12
LONG_TERMS = 50


def brevity(terms: int) -> float:
    """Return how short an article of so many different content words is: 1 a headline, 0 a report."""
    return min(1.0, max(0.0, (LONG_TERMS - terms) / (LONG_TERMS - SHORT_TERMS)))


def profile_of(
    vector: Vector, when_ms: int, frequencies: Frequencies, *, source: str | None = None
) -> Profile:
    """Return the profile of one article; rarity decides only how its weights are scaled to one length."""
    return profiles_of([vector], [when_ms], [source], frequencies)[0]


def profiles_of(
    vectors: Sequence[Vector],
    when_ms: Sequence[int],
    sources: Sequence[str | None],
    frequencies: Frequencies,
) -> list[Profile]:
    """Return the profiles of articles, given their words, times and publications; many cost less together."""
    if not vectors:
        return []
    together = Vector.of(vectors)
    plain = plain_weights(together)
    full = plain * frequencies.weights(together.keys)
    common = (together.flags & (NAME | NUMBER)) == 0
    profiles: list[Profile] = []
    end = 0
    for vector, when, source in zip(vectors, when_ms, sources, strict=True):
        span = slice(end, end := end + len(vector))
        length = float(np.sqrt(full[span] @ full[span]))
        weights = plain[span] / np.float32(length) if length else plain[span]
        rest = np.where(common[span], weights, 0).astype(np.float32)
        brief, voice = brevity(len(vector)), voice_of(source)
        profiles.append(Profile(vector.keys, weights, rest, 1, brief, when, when, voice))
    return profiles


def joined(parts: list[Profile]) -> Profile:
    """Return the profile of several stories or articles taken together."""
    if len(parts) == 1:
        return parts[0]
    keys, where = np.unique(np.concatenate([part.keys for part in parts]), return_inverse=True)
    weights, rest = (
        np.bincount(where, weights=np.concatenate(values), minlength=len(keys)).astype(np.float32)
        for values in ([part.weights for part in parts], [part.rest for part in parts])
    )
    if len(keys) > MOST_TERMS:
        kept = np.sort(np.argpartition(-weights, MOST_TERMS)[:MOST_TERMS])
        keys, weights, rest = keys[kept], weights[kept], rest[kept]
    articles = sum(part.articles for part in parts)
    return Profile(
        keys,
        weights,
        rest,
        articles,
        sum(part.brevity * part.articles for part in parts) / articles,
        min(part.first_ms for part in parts),
        max(part.last_ms for part in parts),
        parts[0].voice if len({part.voice for part in parts}) == 1 else 0,
    )
