"""An article as numbers: which stems it holds, how often, where, and which of them are names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

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
    """

    title: str
    text: str
    vector: Vector
    stems: dict[int, str]


def read_words(title: str, text: str, language: str | None) -> Words:
    """Read an article once, for the full-text index and for comparison."""
    head = list(terms(title, language))
    body = list(terms(text, language))
    return Words(
        " ".join(term.stem for term in head),
        " ".join(term.stem for term in body),
        vector_of(head, body),
        {term.key: term.stem for part in (head, body) for term in part if term.content},
    )


def vector_of(head: Iterable[Term], body: Iterable[Term]) -> Vector:
    """Return the vector of an article's title and text."""
    counts: dict[int, int] = {}
    flags: dict[int, int] = {}
    capitals: dict[int, int] = {}  # a stem written small anywhere in mid-sentence is no name
    head = [term for term in head if term.content]
    shouting = _title_case(head)
    for term in head:
        counts[term.key] = counts.get(term.key, 0) + 1
        flags[term.key] = flags.get(term.key, 0) | IN_TITLE | (NUMBER if term.number else 0)
        if not shouting and not term.opening:
            capitals[term.key] = capitals.get(term.key, 0) + (1 if term.capital else -2)
    for at, term in enumerate(body):
        if not term.content:
            continue
        key = term.key
        counts[key] = counts.get(key, 0) + 1
        flags[key] = flags.get(key, 0) | (NUMBER if term.number else 0) | (LEAD if at < LEAD_WORDS else 0)
        if not term.opening:
            capitals[key] = capitals.get(key, 0) + (1 if term.capital else -2)
    kept = counts if len(counts) <= MOST_TERMS else sorted(counts, key=lambda key: -counts[key])[:MOST_TERMS]
    keys = np.array(sorted(kept), dtype=np.uint32)
    ordered = keys.tolist()
    return Vector(
        keys,
        np.array([min(255, counts[key]) for key in ordered], dtype=np.uint8),
        np.array([flags[key] | (NAME if capitals.get(key, 0) > 0 else 0) for key in ordered], dtype=np.uint8),
    )


def _title_case(head: list[Term]) -> bool:
    """Whether A Title Is Written Like This, so that its capitals name nobody."""
    inner = [term for term in head if not term.opening and not term.number]
    return bool(inner) and sum(term.capital for term in inner) > 0.7 * len(inner)
