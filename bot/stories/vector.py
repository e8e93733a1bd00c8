"""An article as numbers: which stems it holds, how often, where, and which of them are names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.stories.copies import sketches
from bot.stories.lexicon import CAPITAL, CONTENT
from bot.stories.lexicon import NUMBER as IS_NUMBER
from bot.stories.pieces import Columns, pieces
from bot.stories.terms import BESIDE, OPENS

Keys: TypeAlias = npt.NDArray[np.uint32]
Small: TypeAlias = npt.NDArray[np.uint8]
Floats: TypeAlias = npt.NDArray[np.float32]

IN_TITLE = 1
NAME = 2
NUMBER = 4
LEAD = 8

MOST_TERMS = 1_500
"""Different stems kept of one article, the most frequent first: bounds the cost of an endless article."""

LEAD_WORDS = 80
"""How many words of the text count as its lead: about the first two sentences of an agency report."""

_LAYOUT = np.dtype([("key", "<u4"), ("count", "u1"), ("flags", "u1")])


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The content words of one article, sorted by key.

    Attributes:
        keys: numbers of the stems, ascending, each once.
        counts: how often each stands in title and text, 1..255.
        flags: IN_TITLE, NAME, NUMBER, LEAD, added up.
    """

    keys: Keys
    counts: Small
    flags: Small

    def pack(self) -> bytes:
        """Return the vector as bytes, six a stem."""
        rows = np.empty(len(self.keys), dtype=_LAYOUT)
        rows["key"], rows["count"], rows["flags"] = self.keys, self.counts, self.flags
        return rows.tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> Vector:
        """Return the vector that `pack` wrote."""
        rows = np.frombuffer(data, dtype=_LAYOUT)
        return cls(
            np.ascontiguousarray(rows["key"]),
            np.ascontiguousarray(rows["count"]),
            np.ascontiguousarray(rows["flags"]),
        )

    @classmethod
    def end_to_end(cls, packed: Sequence[bytes]) -> Vector:
        """Return packed vectors one after the other; its keys ascend within each only."""
        return cls.unpack(b"".join(packed))

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> Vector:
        """Return vectors one after the other, at least one; its keys ascend within each only."""
        if len(vectors) == 1:
            return vectors[0]
        return cls(
            np.concatenate([one.keys for one in vectors]),
            np.concatenate([one.counts for one in vectors]),
            np.concatenate([one.flags for one in vectors]),
        )

    def __len__(self) -> int:
        return len(self.keys)


def stems_in(packed: bytes) -> int:
    """Return how many stems a packed vector holds."""
    return len(packed) // _LAYOUT.itemsize


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of an article.

    Attributes:
        title: the stems of its title in order, parted by spaces, stop words included.
        text: the stems of its text.
        vector: its content words.
        stems: number -> stem of every word, and of others.
        sketch: pairs of neighbouring content words of the text, for `bot.stories.copies`.
    """

    title: str
    text: str
    vector: Vector
    stems: Mapping[int, str]
    sketch: bytes


def read_words(title: str, text: str, language: str | None) -> Words:
    """Read an article once, for the full-text index and for comparison."""
    return read_many([(title, text)], language)[0]


def read_many(articles: Sequence[tuple[str, str]], language: str | None) -> list[Words]:
    """Read articles of one language, given as title and text; many cost less together than one by one."""
    read = pieces(language or "").read([part for article in articles for part in article])
    of_article = read.texts >> 1
    body = read.having(CONTENT) & (read.texts % 2 == 1)
    pairs = sketches(read.keys[body], of_article[body], len(articles))
    vectors = _vectors(read, len(articles), language)
    return [
        Words(read.stemmed[2 * at], read.stemmed[2 * at + 1], vector, read.stems, sketch.tobytes())
        for at, (vector, sketch) in enumerate(zip(vectors, pairs, strict=True))
    ]


def _vectors(read: Columns, count: int, language: str | None) -> list[Vector]:
    """Return the vectors of so many articles, read as title, text, title, text ..."""
    content = read.having(CONTENT)
    owners = (read.texts[content] >> 1).astype(np.uint64)
    both, where, counts = np.unique(
        owners << np.uint64(32) | read.keys[content], return_inverse=True, return_counts=True
    )
    of_title = read.texts % 2 == 0
    number = read.having(IS_NUMBER)
    flags = np.zeros(len(both), dtype=np.uint8)
    flags[where[of_title[content]]] = IN_TITLE
    # The lead is counted in words of the text, small ones included.
    flags[where[(~of_title & (read.places < LEAD_WORDS))[content]]] |= LEAD
    flags[where[number[content]]] |= NUMBER
    signs = _signs(read, language)
    signs[number | _in_title_case(read)] = 0.0
    flags[np.bincount(where, weights=signs[content], minlength=len(both)) > 0] |= NAME
    keys = both.astype(np.uint32)  # what is above belongs to the article
    bounds = np.searchsorted(both, np.arange(count + 1, dtype=np.uint64) << np.uint64(32)).tolist()
    return [_bounded(keys[start:end], counts[start:end], flags[start:end]) for start, end in pairwise(bounds)]


def _bounded(keys: Keys, counts: npt.NDArray[np.int64], flags: Small) -> Vector:
    vector = Vector(keys, counts.clip(max=255).astype(np.uint8), flags)
    if len(keys) <= MOST_TERMS:
        return vector
    kept = np.sort(np.argsort(-counts, kind="stable")[:MOST_TERMS])
    return Vector(vector.keys[kept], vector.counts[kept], vector.flags[kept])


def _signs(read: Columns, language: str | None) -> Floats:
    """Return for each word a sign: above 0 when it is written like a name.

    A capital is a sign unless it is owed to the start of a sentence and no other stands beside it; a stem
    written small is no name. German writes every noun so: there it takes two capitals in a row.
    """
    capital = read.having(CAPITAL) & read.having(CONTENT)
    together = capital[1:] & capital[:-1] & ((read.gaps[1:] & BESIDE) > 0)
    sure = np.zeros(len(capital), dtype=bool)
    if language != "de":
        sure |= (read.gaps & OPENS) == 0
    sure[1:] |= together
    sure[:-1] |= together
    signs: Floats = np.where(capital, np.where(sure, 1.0, 0.0), -2.0).astype(np.float32)
    return signs


def _in_title_case(read: Columns) -> npt.NDArray[np.bool_]:
    """Return which words stand in a Title That Is Written Like This, so that its capitals name nobody."""
    inner = read.having(CONTENT) & ~read.having(IS_NUMBER) & ((read.gaps & OPENS) == 0)
    texts = len(read.stemmed)
    many = np.bincount(read.texts[inner], minlength=texts)
    capital = np.bincount(read.texts[inner & read.having(CAPITAL)], minlength=texts)
    written_so = (capital > 0.7 * many) & (np.arange(texts) % 2 == 0)
    found: npt.NDArray[np.bool_] = written_so[read.texts]
    return found
