"""An article as numbers: which stems it holds, how often, where, and which of them are names."""

from __future__ import annotations

from collections import Counter
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
    counts: dict[int, int] = {}
    flags: dict[int, int] = {}
    for term in head:
        if term.content:
            counts[term.key] = counts.get(term.key, 0) + 1
            flags[term.key] = flags.get(term.key, 0) | IN_TITLE | (NUMBER if term.number else 0)
    for at, term in enumerate(body):
        if term.content:
            counts[term.key] = counts.get(term.key, 0) + 1
            flags[term.key] = (
                flags.get(term.key, 0) | (NUMBER if term.number else 0) | (LEAD if at < LEAD_WORDS else 0)
            )
    named = names(body, language) if _title_case(head) else names(head, language) + names(body, language)
    kept = counts if len(counts) <= MOST_TERMS else sorted(counts, key=lambda key: -counts[key])[:MOST_TERMS]
    keys = np.array(sorted(kept), dtype=np.uint32)
    ordered = keys.tolist()
    return Vector(
        keys,
        np.array([min(255, counts[key]) for key in ordered], dtype=np.uint8),
        np.array([flags[key] | (NAME if named[key] > 0 else 0) for key in ordered], dtype=np.uint8),
    )


def names(text: Sequence[Term], language: str | None) -> Counter[int]:
    """Return the stems that are written like names: a number above 0, the surer the larger.

    A capital is a sign unless it is owed to the start of a sentence and no other follows; a stem written
    small in mid-sentence is no name. German writes every noun so: there it takes two capitals in a row.
    """
    found: Counter[int] = Counter()
    for at, term in enumerate(text):
        if not term.content or term.number:
            continue
        if not term.capital:
            found[term.key] -= 2
            continue
        after = at + 1 < len(text) and _beside(term, text[at + 1])
        before = at > 0 and _beside(text[at - 1], term)
        if before or after or not (term.opening or language == "de"):
            found[term.key] += 1
    return found


def _beside(one: Term, other: Term) -> bool:
    """Whether two words with capitals stand beside each other, as in a name."""
    return one.capital and other.capital and one.content and other.content and other.start - one.end == 1


def _title_case(head: Sequence[Term]) -> bool:
    """Whether A Title Is Written Like This, so that its capitals name nobody."""
    inner = [term for term in head if term.content and not term.opening and not term.number]
    return bool(inner) and sum(term.capital for term in inner) > 0.7 * len(inner)
