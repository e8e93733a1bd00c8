"""The sentences of an article as candidates for a brief, with all that choosing among them needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from summaries.ahead import begins
from summaries.clean import prose
from summaries.fragments import is_fragment
from summaries.language import words
from summaries.mentions import NOTHING, Introduced, Opening
from summaries.openers import hangs
from summaries.questions import answers, asks, asks_reader
from summaries.speech import is_balanced, speaks
from summaries.vocabulary import vocabulary

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

NEW_WORDS = 4
"""Content words that a sentence adds to those it resembles if it is worth showing after all others; a
number alone is enough. A short sentence says as much."""


@dataclass
class Candidate:
    """One sentence of one article; what only the chosen need to know is found out when it is asked for.

    Args:
        doc: number of its article.
        start: offset of its first character.
        end: offset one past its last.
        place: its number among all sentences of the article; neighbours differ by one.
        order: its number among the article's prose.
        text: its words.
        stems: its content words, stemmed, in order.
        size: its length in words.
        readable: whether it is of a length for reading.
        language: ISO 639-1 or None.
        introduced: what its article tells before it.
    """

    doc: int
    start: int
    end: int
    place: int
    order: int
    text: str
    stems: list[str]
    size: int
    readable: bool
    language: str | None
    introduced: Introduced

    @cached_property
    def found(self) -> list[str]:
        """Its words, as written."""
        return self.introduced.words_of(self.order) if self.readable else words(self.text)

    @cached_property
    def sound(self) -> bool:
        """Whether it may be shown at all: fit to come along, and no question."""
        return self.fit and not asks(self.text)

    @cached_property
    def fit(self) -> bool:
        """Whether it may come along with one that leans on it: quotes closed, a verb, not too long."""
        return (
            self.readable
            and is_balanced(self.text)
            and not (
                asks_reader(self.found)
                if asks(self.text)
                else is_fragment(self.text, self.found, self.language)
            )
        )

    @cached_property
    def speaks(self) -> bool:
        """Whether somebody speaks in it of himself, without quotation marks."""
        return self.readable and speaks(self.text, self.language)

    @cached_property
    def hangs(self) -> bool:
        """Whether it leans on the sentence before it."""
        if self.order == 0 and begins(self.text, self.language):
            return False
        return self.readable and hangs(self.text, self.found, self.language)

    @cached_property
    def opens_with(self) -> Opening:
        """What it opens with as if the reader knew that from before."""
        opening = self.introduced.opens(self.order)
        return NOTHING if opening.stem in self.introduced.headline else opening

    @cached_property
    def names_within(self) -> tuple[str, ...]:
        """The stems of those it names inside as if the reader knew them from before."""
        return self.introduced.within(self.order) if self.readable else ()

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its content words, each once."""
        return frozenset(self.stems)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers it gives, as written."""
        return frozenset(term for term in self.terms if term[:1].isdigit())


def read(
    doc: Doc, number: int, language: str | None, *, lenient: bool = False, headline: Iterable[str] = ()
) -> list[Candidate]:
    """The candidates of one article, in its order.

    Args:
        doc: the article.
        number: its number among the articles of the brief.
        language: ISO 639-1 or None.
        lenient: take short lines and headings too, for a text that has nothing else.
        headline: the stems of the headline that stands above the brief; whom it names is introduced.
    """
    text = doc.text[:READ_LIMIT]
    known = vocabulary(language)
    introduced = Introduced(language, headline)
    read_: list[Candidate] = []
    for order, (start, end, place, length, pieces) in enumerate(prose(text, language, lenient=lenient)):
        sentence = text[start:end]
        readable = length <= LONGEST_WORDS and end - start <= LONGEST_CHARACTERS
        stems = known.roots(pieces) if readable else []
        introduced.tell(sentence if readable else "", stems)
        read_.append(
            Candidate(
                number, start, end, place, order, sentence, stems, length, readable, language, introduced
            )
        )
    return read_


def chain(candidates: Sequence[Candidate], index: int, shortest: int = SHORTEST_WORDS) -> tuple[int, ...]:
    """The numbers of what must be shown for a candidate to be understood, itself last.

    A sentence that leans on its neighbour brings it along; () means that it cannot be shown at all.
    """
    found: list[int] = []
    at = index
    if not candidates[index].sound:
        return ()
    while candidates[at].fit and len(found) < CHAIN:
        found.insert(0, at)
        if not candidates[at].hangs:
            if asks(candidates[at].text) and not answers(candidates[at + 1].found):
                return ()
            return tuple(found) if sum(candidates[number].size for number in found) >= shortest else ()
        if not at or not _neighbours(candidates[at - 1], candidates[at]):
            return ()
        at -= 1
    return ()


def leaves_open(candidates: Sequence[Candidate], wanted: Sequence[int], chosen: Collection[int]) -> bool:
    """Whether what is wanted opens with someone or something that nothing shown before it introduces."""
    first = candidates[wanted[0]]
    stem, told = first.opens_with
    if not stem:
        return False
    return not any(
        stem in candidates[index].terms or (not told and _neighbours(candidates[index], first))
        for index in chosen
        if candidates[index].doc != first.doc or candidates[index].order < first.order
    )


def leaves_asking(candidates: Sequence[Candidate], wanted: Sequence[int], chosen: Collection[int]) -> bool:
    """Whether what is wanted names inside someone or something that nothing shown before it introduces."""
    shown = {*chosen, *wanted}
    asked = {number: candidates[number].names_within for number in wanted}
    for number in wanted[1:]:
        stem, told = candidates[number].opens_with
        asked[number] += (stem,) if stem and told else ()
    return any(
        not any(
            stem in candidates[index].terms
            for index in shown
            if candidates[index].doc != candidates[number].doc
            or candidates[index].order < candidates[number].order
        )
        for number in wanted
        for stem in asked[number]
    )


def _neighbours(before: Candidate, after: Candidate) -> bool:
    return before.doc == after.doc and before.place + 1 == after.place


def adds(new: Iterable[Candidate], told: Sequence[Candidate]) -> bool:
    """Whether sentences that resemble what is told say enough beside it, and none is the same as one told."""
    fresh: set[str] = set()
    for candidate in new:
        if any(same(candidate, old) for old in told):
            return False
        fresh |= candidate.terms
    fresh.difference_update(*(old.terms for old in told))
    return len(fresh) >= NEW_WORDS or any(term[:1].isdigit() for term in fresh)


def same(a: Candidate, b: Candidate) -> bool:
    """Whether two sentences use mostly the same words."""
    shared = len(a.terms & b.terms)
    return shared >= SAME_WORDS * (len(a.terms) + len(b.terms) - shared)
