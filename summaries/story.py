"""Choose the sentences that tell one event across many articles: what most agree on comes first."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import exp, sqrt
from typing import TYPE_CHECKING

from summaries.article import REPEATED
from summaries.candidate import SHORTEST_WORDS, Candidate, adds, chain, leaves_asking, leaves_open, same
from summaries.language import root, stop_words
from summaries.rank import rank
from summaries.vectors import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from summaries.budget import Budget

EARLY = 1.0
"""How much more the first sentence of an article weighs than a late one."""

EARLY_FOR = 5.0
"""Sentences over which that fades to a third."""

UNKNOWN = 0.7
"""What is left of the worth of a sentence that speaks of "the driver" before any driver is introduced."""

AGREEMENT = 2.0
"""Power of the number of articles with a term: two that agree outweigh two that say other things."""

CAP = 1500
"""Candidates compared: of longer stories the first sentences of each article, in turn."""

COPIED = 0.8
"""Share of an article's terms found in another from which it is a copy of it and no second witness."""

ABOUT = 0.5
"""Share of a story's articles that hold a word which tells what the story is about."""

SHARED = 2
"""Such words that a sentence holds to be on it; one alone may be chance, as "expect" is."""

MIXED = 4
"""Sentences from which on an article may tell of several events."""

FEW = 3
"""Articles from which on it shows what they have in common; two may each have a view of their own."""

FRESH = 0.5
"""Share of its words that a sentence must add to those it resembles where few sentences are shown: four
teasers that say the same are told once."""

Term = str | tuple[str, str]


class Story:
    """The candidates of a story and what its articles agree on.

    Args:
        candidates: of all its articles; article by article, each in its order.
        ranker: the name of a ranker.
        titles: the stems of each article's headline, by the article's number.
    """

    def __init__(
        self, candidates: Sequence[Candidate], ranker: str, titles: Sequence[Sequence[str]] = ()
    ) -> None:
        self.candidates = candidates
        self.witness = witnesses(candidates)
        self._headed = Counter(
            stem for doc in set(self.witness.values()) if doc < len(titles) for stem in set(titles[doc])
        )
        self._lengths = Counter(candidate.doc for candidate in candidates)
        self._terms = [_terms(candidate.stems) for candidate in candidates]
        self._prior = [1 + EARLY * exp(-candidate.order / EARLY_FOR) for candidate in candidates]
        stems = [candidate.stems for candidate in candidates]
        self._weights = Weights(stems)
        self._central = rank(stems, ranker, self._weights)
        self._held = self._holders()
        alone = len(set(self.witness.values())) == 1
        self._worth: dict[Term, float] = {
            term: sum(by.values()) ** AGREEMENT for term, by in self._held.items() if alone or len(by) > 1
        }

    def _holders(self) -> dict[Term, dict[int, float]]:
        """Which articles have each term, and how early: what it is worth, and what the story is about."""
        held: dict[Term, dict[int, float]] = {}
        for index, terms in enumerate(self._terms):
            who = self.witness[self.candidates[index].doc]
            for term in terms:
                by = held.setdefault(term, {})
                by[who] = max(by.get(who, 0.0), self._prior[index])
        return held

    def off_topic(self) -> frozenset[int]:
        """The candidates that say nothing of what the story is about, and follow none that does.

        A round-up tells of other events too; an article of a sentence or two is on what it stands beside.
        """
        voices = len(set(self.witness.values()))
        if voices < FEW:
            return frozenset()
        about = {term for term, by in self._held.items() if len(by) >= ABOUT * voices}
        near = [len(about & candidate.terms) >= SHARED for candidate in self.candidates]
        led = [False, *(near[n] and a.doc == b.doc for n, (a, b) in enumerate(pairwise(self.candidates)))]
        return frozenset(
            n
            for n, candidate in enumerate(self.candidates)
            if self._lengths[candidate.doc] >= MIXED and not near[n] and not led[n]
        )

    def choose(
        self, budget: Budget, barred: frozenset[int], shortest: int = SHORTEST_WORDS
    ) -> dict[int, dict[str, float]]:
        """The numbers of the chosen candidates with the parts of their scores, best first.

        Args:
            budget: what may be shown.
            barred: numbers of candidates not to be shown.
            shortest: words that what is shown together has at least.
        """
        every = range(len(self.candidates))
        linked = [chain(self.candidates, index, shortest) for index in every]
        chosen: dict[int, dict[str, float]] = {}
        open_ = [index for index in every if linked[index] and not barred.intersection(linked[index])]
        told: set[Term] = set()
        repeating, adding = self._repeats, self._adds_nothing
        if budget.words is None:
            repeating, adding = self._says_again, self._adds_little
            fit = [index for index in open_ if linked[index] == (index,) and budget.fits(1, 0)]
            first = self.opening(fit)
            if first is not None:
                self._take([first], self._gain(first, [first], told), chosen, told, budget)
                strange = self._strange(first)
                open_ = [index for index in open_ if not strange.intersection(linked[index])]
        for is_left_out in (repeating, adding):
            self._fill(open_, linked, chosen, told, budget, is_left_out)
        return chosen

    def _fill(
        self,
        open_: Sequence[int],
        linked: Sequence[tuple[int, ...]],
        chosen: dict[int, dict[str, float]],
        told: set[Term],
        budget: Budget,
        is_left_out: Callable[[Sequence[int], Collection[int]], bool],
    ) -> None:
        """Take the best of what is open until the budget is spent or all that is left is left out."""
        while open_ and not budget.spent:
            best: tuple[float, list[int]] = (-1.0, [])
            still = []
            for index in open_:
                wanted = [number for number in linked[index] if number not in chosen]
                words = sum(self.candidates[number].size for number in wanted)
                if not wanted or not budget.fits(len(wanted), words) or is_left_out(wanted, chosen):
                    continue
                still.append(index)
                gain = self._gain(index, wanted, told) / _length(words, budget)
                if any(asks(self.candidates, linked[index], chosen) for asks in (leaves_open, leaves_asking)):
                    gain *= UNKNOWN
                if gain > best[0]:
                    best = (gain, wanted)
            if not best[1]:
                return
            self._take(best[1], best[0], chosen, told, budget)
            open_ = still

    def _take(
        self,
        wanted: Sequence[int],
        gain: float,
        chosen: dict[int, dict[str, float]],
        told: set[Term],
        budget: Budget,
    ) -> None:
        for number in wanted:
            chosen[number] = {
                "agreement": gain,
                "position": self._prior[number],
                "rank": self._central[number],
            }
            told |= self._terms[number]
        budget.spend(len(wanted), sum(self.candidates[number].size for number in wanted))

    def opening(self, chosen: Iterable[int]) -> int | None:
        """The sentence that tells best what happened, among those that can stand alone; None if none can.

        It stands high in its article, holds what the headlines hold, and what the articles agree on; each of
        the three counts alike.
        """
        fit = [index for index in chosen if not leaves_open(self.candidates, [index], ())]
        if not fit:
            return None
        gains = {i: self._gain(i, [i], set()) / sqrt(max(1, self.candidates[i].size)) for i in fit}
        heads = {i: sum(self._headed[stem] for stem in self.candidates[i].terms) for i in fit}
        most, top = max(gains.values()) or 1.0, max(heads.values()) or 1
        return max(fit, key=lambda i: 1 / (1 + self.candidates[i].order) + heads[i] / top + gains[i] / most)

    def _gain(self, index: int, wanted: Sequence[int], told: set[Term]) -> float:
        new = set().union(*(self._terms[number] for number in wanted)) - told
        worth = sum(self._worth.get(term, 0.0) for term in new)
        return worth * self._prior[index] * (1 + self._central[index])

    def _repeats(self, wanted: Sequence[int], chosen: Collection[int]) -> bool:
        return any(
            self._weights.cosine(new, old) > REPEATED or same(self.candidates[new], self.candidates[old])
            for new in wanted
            for old in chosen
        )

    def _adds_nothing(self, wanted: Sequence[int], chosen: Collection[int]) -> bool:
        return not adds([self.candidates[i] for i in wanted], [self.candidates[i] for i in chosen])

    def _says_again(self, wanted: Sequence[int], chosen: Collection[int]) -> bool:
        # What all articles say weighs little among them, so that the cosine misses it.
        return self._repeats(wanted, chosen) or any(
            says_the_same(self.candidates[new], self.candidates[old]) for new in wanted for old in chosen
        )

    def _adds_little(self, wanted: Sequence[int], chosen: Collection[int]) -> bool:
        mine = set().union(*(self.candidates[i].terms for i in wanted))
        fresh = mine.difference(*(self.candidates[i].terms for i in chosen))
        return len(fresh) < FRESH * len(mine) or self._adds_nothing(wanted, chosen)

    def _strange(self, first: int) -> frozenset[int]:
        """The candidates of short articles that name something, but nothing that the first's article names.

        Elections in two countries in one week may come to be one story by a teaser or two.
        """
        names = names_of(self.candidates)
        of_doc: dict[int, set[str]] = {}
        for candidate, mine in zip(self.candidates, names, strict=True):
            of_doc.setdefault(candidate.doc, set()).update(mine)
        known = of_doc[self.candidates[first].doc]
        if not known:
            return frozenset()
        return frozenset(
            n
            for n, candidate in enumerate(self.candidates)
            if self._lengths[candidate.doc] < MIXED and names[n] and known.isdisjoint(of_doc[candidate.doc])
        )

    def agreed_by(self, index: int) -> int:
        """How many of the articles say what this candidate says, copies counted once."""
        mine = self.candidates[index]
        return len(
            {
                self.witness[other.doc]
                for other in self.candidates
                if other.doc == mine.doc or says_the_same(mine, other)
            }
        )


def _length(words: int, budget: Budget) -> float:
    """What worth is divided by: of a budget of words each word counts, of one of sentences less."""
    return sqrt(max(1, words)) if budget.words is None else max(1, words)


def _terms(stems: Sequence[str]) -> set[Term]:
    """A sentence's stems and its pairs of neighbouring stems."""
    found: set[Term] = set(stems)
    found.update(pairwise(stems))
    return found


def names_of(candidates: Sequence[Candidate]) -> list[frozenset[str]]:
    """The names in each sentence by their first letters, so that "Japanese" is of Japan.

    A name is a word with a capital that no sentence has without one, and no small word.
    """
    small = {word for candidate in candidates for word in candidate.found if word[:1].islower()}
    return [
        frozenset(
            root(lowered)
            for word in candidate.found
            if word[:1].isupper()
            and (lowered := word.lower()) not in small
            and lowered not in stop_words(candidate.language)
        )
        for candidate in candidates
    ]


def witnesses(candidates: Sequence[Candidate]) -> dict[int, int]:
    """For each article, the first article that it is a copy of, or itself."""
    terms: dict[int, set[str]] = {}
    for candidate in candidates:
        terms.setdefault(candidate.doc, set()).update(candidate.terms)
    first: dict[int, int] = {}
    for doc, mine in terms.items():
        first[doc] = next(
            (
                first[other]
                for other, theirs in terms.items()
                if other < doc and len(mine & theirs) >= COPIED * max(len(mine), len(theirs), 1)
            ),
            doc,
        )
    return first


def says_the_same(a: Candidate, b: Candidate) -> bool:
    """Whether two sentences report one fact: half the shorter one's words shared, and no number gainsaid."""
    shared = len(a.terms & b.terms)
    if shared < 3 or shared * 2 < min(len(a.terms), len(b.terms)):
        return False
    return not a.numbers or not b.numbers or bool(a.numbers & b.numbers)


def outdated(candidates: Sequence[Candidate], published: Sequence[float | None]) -> frozenset[int]:
    """The candidates whose numbers a newer article gives anew: mostly the same words, other numbers.

    Args:
        candidates: of all articles.
        published: Unix seconds of each article, None when unknown.
    """
    counted = [index for index, candidate in enumerate(candidates) if candidate.numbers and candidate.sound]
    old = set()
    for index in counted:
        mine = candidates[index]
        when = published[mine.doc]
        if when is None:
            continue
        for other in counted:
            theirs = candidates[other]
            then = published[theirs.doc]
            if then is not None and then > when and _renewed(mine, theirs):
                old.add(index)
                break
    return frozenset(old)


def _renewed(old: Candidate, new: Candidate) -> bool:
    words, others = old.terms - old.numbers, new.terms - new.numbers
    shared = len(words & others)
    return shared >= 3 and shared * 2 >= min(len(words), len(others)) and not old.numbers & new.numbers
