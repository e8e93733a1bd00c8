"""The sentences of an article as candidates for a brief, with all that choosing among them needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summaries.clean import prose
from summaries.language import roots, size, words
from summaries.mentions import Introduced
from summaries.openers import asks, hangs, is_balanced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from summaries.brief import Doc

READ_LIMIT = 3_000_000
"""Characters read of one article, some 25,000 sentences: what stands behind them is in no brief."""

SHORTEST_WORDS = 7
"""A shorter sentence says too little to stand alone; it may still come along with one that leans on it."""

LONGEST_WORDS = 100
LONGEST_CHARACTERS = 1200
"""A longer sentence is a list or a text without full stops; it is not shown, since it may not be cut."""

CHAIN = 3
"""Sentences at most taken together because one leans on the one before."""

SAME_WORDS = 0.5
"""Share of words (Jaccard) from which two sentences are the same to a reader."""


@dataclass(slots=True)
class Candidate:
    """One sentence of one article.

    Args:
        doc: number of its article.
        start: offset of its first character.
        end: offset one past its last.
        place: its number among all sentences of the article; neighbours differ by one.
        order: its number among the article's prose.
        text: its words.
        stems: its content words, stemmed, in order.
        size: its length in words.
        hangs: whether it leans on the sentence before it.
        sound: whether it may be shown at all: quotes closed, no question, of a length for reading.
        opens_with: the stem of what it opens with, if the article introduced that before; else "".
    """

    doc: int
    start: int
    end: int
    place: int
    order: int
    text: str
    stems: list[str]
    size: int
    hangs: bool
    sound: bool
    opens_with: str
    terms: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the set of stems, which choosing compares again and again."""
        self.terms = frozenset(self.stems)

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers it gives, as written."""
        return frozenset(term for term in self.terms if term[:1].isdigit())


def read(doc: Doc, number: int, language: str | None, *, lenient: bool = False) -> list[Candidate]:
    """The candidates of one article, in its order.

    Args:
        doc: the article.
        number: its number among the articles of the brief.
        language: ISO 639-1 or None.
        lenient: take short lines and headings too, for a text that has nothing else.
    """
    text = doc.text[:READ_LIMIT]
    read_ = []
    introduced = Introduced(language)
    for order, (start, end, place) in enumerate(prose(text, language, lenient=lenient)):
        sentence = text[start:end]
        length = size(sentence)
        sound = length <= LONGEST_WORDS and len(sentence) <= LONGEST_CHARACTERS
        found = words(sentence) if sound else []
        stemmed = roots([word.lower() for word in found], language)
        opens_with = introduced.opens_with(sentence, found) if order else ""
        introduced.hear(found, stemmed)
        read_.append(
            Candidate(
                doc=number,
                start=start,
                end=end,
                place=place,
                order=order,
                text=sentence,
                stems=stemmed,
                size=length,
                hangs=sound and hangs(sentence, found, language),
                sound=sound and is_balanced(sentence) and not asks(sentence),
                opens_with=opens_with,
            )
        )
    return read_


def chains(candidates: Sequence[Candidate], shortest: int = SHORTEST_WORDS) -> list[tuple[int, ...]]:
    """For each candidate, what must be shown for it to be understood, itself last.

    A sentence that leans on its neighbour brings it along; () means that it cannot be shown at all.
    """
    found: list[tuple[int, ...]] = []
    for index, candidate in enumerate(candidates):
        chain: tuple[int, ...] = ()
        if candidate.sound:
            if not candidate.hangs:
                chain = (index,)
            elif index and found[-1] and _neighbours(candidates[index - 1], candidate):
                chain = (*found[-1], index)
        found.append(chain if len(chain) <= CHAIN else ())
    return [chain if sum(candidates[i].size for i in chain) >= shortest else () for chain in found]


def leaves_open(candidates: Sequence[Candidate], wanted: Sequence[int], chosen: Collection[int]) -> bool:
    """Whether what is wanted opens with someone or something that nothing shown before it introduces."""
    first = candidates[wanted[0]]
    return bool(first.opens_with) and not any(
        first.opens_with in candidates[index].terms
        for index in chosen
        if candidates[index].doc != first.doc or candidates[index].order < first.order
    )


def _neighbours(before: Candidate, after: Candidate) -> bool:
    return before.doc == after.doc and before.place + 1 == after.place


def frequencies(candidates: Iterable[Candidate]) -> Counter[str]:
    """In how many sentences each stem stands."""
    counts: Counter[str] = Counter()
    for candidate in candidates:
        counts.update(candidate.terms)
    return counts


def same(a: Candidate, b: Candidate) -> bool:
    """Whether two sentences use mostly the same words."""
    shared = len(a.terms & b.terms)
    return shared >= SAME_WORDS * (len(a.terms) + len(b.terms) - shared)
