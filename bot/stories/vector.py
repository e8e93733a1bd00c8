"""An article as numbers: which stems it holds, how often, where, and which of them are names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.stories.copies import sketch
from bot.stories.terms import Term, terms

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

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of an article.

    Attributes:
        title: the stems of its title in order, parted by spaces, stop words included.
        text: the stems of its text.
        vector: its content words.
        stems: number -> stem of every content word.
        sketch: pairs of neighbouring content words of the text, for `bot.stories.copies`.
    """

    title: str
    text: str
    vector: Vector
    stems: dict[int, str]
    sketch: bytes


def read_words(title: str, text: str, language: str | None) -> Words:
    """Read an article once, for the full-text index and for comparison."""
    head = list(terms(title, language))
    body = list(terms(text, language))
    return Words(
        " ".join(term.stem for term in head),
        " ".join(term.stem for term in body),
        vector_of(head, body, language),
        {term.key: term.stem for part in (head, body) for term in part if term.content},
        sketch(body).tobytes(),
    )


def vector_of(head: Sequence[Term], body: Sequence[Term], language: str | None = None) -> Vector:
    """Return the vector of an article's title and text."""
    title, text = _Columns(head), _Columns(body)
    named = [text.names(language)] if _title_case(head) else [title.names(language), text.names(language)]
    keys, where = np.unique(np.concatenate([title.keys, text.keys]), return_inverse=True)
    count = len(keys)
    counts = np.bincount(where, minlength=count)
    in_title = np.bincount(where[: len(title.keys)], minlength=count) > 0
    lead = np.bincount(where[len(title.keys) :][text.at < LEAD_WORDS], minlength=count) > 0
    number = np.bincount(where, weights=np.concatenate([title.number, text.number]), minlength=count) > 0
    sure = np.bincount(
        np.searchsorted(keys, np.concatenate([found for found, _ in named])),
        weights=np.concatenate([signs for _, signs in named]),
        minlength=count,
    )
    flags = IN_TITLE * in_title + LEAD * lead + NUMBER * number + NAME * (sure > 0)
    vector = Vector(keys, counts.clip(max=255).astype(np.uint8), flags.astype(np.uint8))
    if count <= MOST_TERMS:
        return vector
    kept = np.sort(np.argsort(-counts, kind="stable")[:MOST_TERMS])
    return Vector(vector.keys[kept], vector.counts[kept], vector.flags[kept])


class _Columns:
    """The content words of a text, a column for each thing known of them."""

    def __init__(self, text: Sequence[Term]) -> None:
        keys, _, starts, ends, content, capital, opening, number = (
            zip(*text, strict=True) if text else ((),) * 8
        )
        kept = np.array(content, dtype=bool)
        capitals = np.array(capital, dtype=bool) & kept
        beside = np.zeros(len(kept) + 1, dtype=bool)
        gaps = np.array(starts[1:], dtype=np.int64) - np.array(ends[:-1], dtype=np.int64)
        beside[1:-1] = capitals[1:] & capitals[:-1] & (gaps == 1)
        self.at = np.flatnonzero(kept)
        self.keys = np.array(keys, dtype=np.uint32)[kept]
        self.number = np.array(number, dtype=bool)[kept]
        self._capital = capitals[kept]
        self._opening = np.array(opening, dtype=bool)[kept]
        self._beside = (beside[:-1] | beside[1:])[kept]

    def names(self, language: str | None) -> tuple[Keys, Floats]:
        """Return for each word but numbers a sign: above 0 when it is written like a name.

        A capital is a sign unless it is owed to the start of a sentence and no other stands beside it; a stem
        written small is no name. German writes every noun so: there it takes two capitals in a row.
        """
        owed = self._opening | (language == "de")
        signs = np.where(self._capital, np.where(self._beside | ~owed, 1.0, 0.0), -2.0).astype(np.float32)
        return self.keys[~self.number], signs[~self.number]


def _title_case(head: Sequence[Term]) -> bool:
    """Whether A Title Is Written Like This, so that its capitals name nobody."""
    inner = [term for term in head if term.content and not term.opening and not term.number]
    return bool(inner) and sum(term.capital for term in inner) > 0.7 * len(inner)
