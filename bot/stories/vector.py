"""An article as numbers: which stems it holds, how often, where, and which of them are names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.stories.copies import sketch
from bot.stories.lexicon import CAPITAL, CONTENT
from bot.stories.lexicon import NUMBER as IS_NUMBER
from bot.stories.terms import BESIDE, OPENS, Tokens, tokens

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
        stems: number -> stem of every word.
        sketch: pairs of neighbouring content words of the text, for `bot.stories.copies`.
    """

    title: str
    text: str
    vector: Vector
    stems: dict[int, str]
    sketch: bytes


def read_words(title: str, text: str, language: str | None) -> Words:
    """Read an article once, for the full-text index and for comparison."""
    head, body = tokens(title, language), tokens(text, language)
    return Words(
        " ".join(head.stems),
        " ".join(body.stems),
        vector_of(head, body, language),
        dict(zip(chain(head.keys.tolist(), body.keys.tolist()), chain(head.stems, body.stems), strict=True)),
        sketch(body.keys[body.having(CONTENT)]).tobytes(),
    )


def vector_of(head: Tokens, body: Tokens, language: str | None = None) -> Vector:
    """Return the vector of an article's title and text."""
    content = np.concatenate([head.having(CONTENT), body.having(CONTENT)])
    both = np.concatenate([head.keys, body.keys])[content]
    keys, where, counts = np.unique(both, return_inverse=True, return_counts=True)
    of_title = int(head.having(CONTENT).sum())
    flags = np.zeros(len(keys), dtype=np.uint8)
    flags[where[:of_title]] = IN_TITLE
    # The lead is counted in words of the text, small ones included.
    of_lead = int(body.having(CONTENT)[:LEAD_WORDS].sum())
    flags[where[of_title : of_title + of_lead]] |= LEAD
    number = np.concatenate([head.having(IS_NUMBER), body.having(IS_NUMBER)])[content]
    flags[where[number]] |= NUMBER
    signs = np.concatenate(
        [_no_signs(head) if _title_case(head) else _signs(head, language), _signs(body, language)]
    )
    sure = np.bincount(where, weights=np.where(number, 0.0, signs[content]), minlength=len(keys))
    flags[sure > 0] |= NAME
    vector = Vector(keys, counts.clip(max=255).astype(np.uint8), flags)
    if len(keys) <= MOST_TERMS:
        return vector
    kept = np.sort(np.argsort(-counts, kind="stable")[:MOST_TERMS])
    return Vector(vector.keys[kept], vector.counts[kept], vector.flags[kept])


def _signs(read: Tokens, language: str | None) -> Floats:
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


def _no_signs(read: Tokens) -> Floats:
    return np.zeros(len(read.keys), dtype=np.float32)


def _title_case(head: Tokens) -> bool:
    """Whether A Title Is Written Like This, so that its capitals name nobody."""
    inner = head.having(CONTENT) & ~head.having(IS_NUMBER) & ((head.gaps & OPENS) == 0)
    return bool(inner.any()) and int((inner & head.having(CAPITAL)).sum()) > 0.7 * int(inner.sum())
