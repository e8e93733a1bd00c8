"""Choose the sentences that tell one article in short."""

from __future__ import annotations

from collections import Counter
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from summaries.candidate import SHORTEST_WORDS, Candidate, adds, chain, leaves_asking, leaves_open, same
from summaries.rank import rank
from summaries.speech import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summaries.budget import Budget
    from summaries.vectors import Weights

POSITION = 2.0
"""Weight of standing early: 1 for the first sentence, 2/3, 1/2 ...; news is written with the news on top."""

EARLY_FOR = 2.0
"""Sentences after which that is half."""

SPEECH = 1.0
"""Weight of how much of the sentence is quoted, counted down: a brief tells first what happened, and then
who said what of it."""

CENTRALITY = 0.5
"""Weight of the ranker (LexRank unless told otherwise), 0 to 1; more, and first facts are lost."""

SUBSTANCE = 1.0
"""Weight of how much of the article's recurring matter the sentence holds, 0 to 1: a ranker that scales by
length is blind to whether a sentence says much or little. Matter is divided by the root of the length, or
the longest would win, and the root taken of that: the tenth recurring word tells less than the first."""

ALONE = 2.0
"""Weight of substance where about one sentence may be shown: it has to tell the whole article, which the
first one does not always do, least of all on a page that lost it."""

PAIRS = 0.5
"""Weight, there, of the pairs of neighbouring words that come again, 0 to 1: names, and who did what."""

TITLE = 2.0
"""Weight of likeness to the headline, 0 to 1: what a headline names is what the article is about."""

UNKNOWN = 4.0
"""What a sentence loses that opens with "the driver" before any driver is introduced: more than its place can
give, so that it is chosen where nothing else is at hand."""

UNKNOWN_WITHIN = 3.0
"""What a sentence loses that speaks of "the driver" further on: less, since readers may guess who that is."""

UNKNOWN_AT_THE_TOP = 1.5
"""Likewise, of an article's first sentence: its author took that for a beginning."""

OWN_VOICE = 1.2
"""What a sentence loses in which somebody says "I" without quotation marks: in a report it is a stranger who
speaks, in a column the author, who tells more where he tells of others."""

REPEATED = 0.25
"""Cosine from which a sentence tells again what is chosen already."""

Parts = dict[str, float]


def score(
    candidates: Sequence[Candidate],
    weights: Weights,
    title: Sequence[str],
    ranker: str,
    *,
    alone: bool = False,
) -> list[Parts]:
    """The parts of each candidate's score, by name; their sum is the score.

    Args:
        candidates: of one article.
        weights: of their terms.
        title: the stems of the headline.
        ranker: the name of a ranker.
        alone: whether about one sentence may be shown.
    """
    central = rank([candidate.stems for candidate in candidates], ranker, weights)
    substance = _shares(
        [sqrt(mass / sqrt(max(1, c.size))) for mass, c in zip(weights.recurring, candidates, strict=True)]
    )
    headline = frozenset(title)
    parts = [
        {
            "position": POSITION / (1 + candidate.order / EARLY_FOR),
            ranker: CENTRALITY * central[index],
            "substance": (ALONE if alone else SUBSTANCE) * substance[index],
            "title": TITLE * len(headline & candidate.terms) / len(headline) if headline else 0.0,
            # what is too long to be shown is not looked through for quotations that never close
            "speech": -SPEECH * quoted(candidate.text) if candidate.readable else 0.0,
        }
        for index, candidate in enumerate(candidates)
    ]
    if alone:
        for part, share in zip(parts, _shares(_recurring_pairs(candidates)), strict=True):
            part["pairs"] = PAIRS * share
    return parts


def _shares(masses: Sequence[float]) -> list[float]:
    most = max(masses, default=0) or 1
    return [mass / most for mass in masses]


def _recurring_pairs(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate, in how many others its pairs of neighbouring stems stand, summed."""
    pairs = [set(pairwise(candidate.stems)) for candidate in candidates]
    holding: Counter[tuple[str, str]] = Counter()
    for found in pairs:
        holding.update(found)
    return [sum([holding[pair] for pair in found]) - len(found) for found in pairs]


def choose(
    candidates: Sequence[Candidate],
    weights: Weights,
    scores: Sequence[float],
    budget: Budget,
    shortest: int = SHORTEST_WORDS,
) -> list[int]:
    """The numbers of the chosen candidates, in the article's order.

    Best score first; a sentence that leans on another comes with it or not at all; one that repeats what is
    chosen is passed over, and taken in the end if there is room left and it adds something. How a sentence
    opens is looked at only when its turn comes; what that costs it may put others before it.
    """
    chosen: set[int] = set()
    dearer = ALONE if budget.for_one else 1.0  # where scores are higher, losses are
    waiting = [(-score, index) for index, score in enumerate(scores)]
    heapify(waiting)
    lowered: dict[int, float] = {}
    passed: list[tuple[int, ...]] = []
    while waiting and not budget.nearly_spent:
        worth, index = heappop(waiting)
        candidate = candidates[index]
        if not budget.fits(1, candidate.size):
            continue
        linked = chain(candidates, index, shortest)
        loss = _loss(candidates, linked, chosen, dearer) if linked and index not in lowered else 0.0
        if loss:
            lowered[index] = worth
            heappush(waiting, (worth + loss, index))
            continue
        wanted = [number for number in linked if number not in chosen]
        if not _fit(candidates, wanted, budget):
            continue
        if _repeats(candidates, weights, wanted, chosen):
            passed.append(linked)
            continue
        _take(candidates, wanted, chosen, budget)
        if lowered:  # the driver may have been introduced now
            waiting = [(lowered.pop(other, worth), other) for worth, other in waiting]
            heapify(waiting)
    for linked in passed:
        wanted = [number for number in linked if number not in chosen]
        if (
            not budget.nearly_spent
            and _fit(candidates, wanted, budget)
            and adds([candidates[number] for number in wanted], [candidates[number] for number in chosen])
        ):
            _take(candidates, wanted, chosen, budget)
    return sorted(chosen)


def _loss(
    candidates: Sequence[Candidate], linked: Sequence[int], chosen: set[int], dearer: float = 1.0
) -> float:
    """What it costs to be shown after what is chosen already, by what the reader would ask."""
    if leaves_open(candidates, linked, chosen):
        return UNKNOWN * dearer
    if leaves_asking(candidates, linked, chosen):
        return (UNKNOWN_WITHIN if candidates[linked[0]].order else UNKNOWN_AT_THE_TOP) * dearer
    return OWN_VOICE if any(candidates[number].speaks for number in linked) else 0.0


def _fit(candidates: Sequence[Candidate], wanted: Sequence[int], budget: Budget) -> bool:
    return bool(wanted) and budget.fits(len(wanted), sum([candidates[number].size for number in wanted]))


def _take(candidates: Sequence[Candidate], wanted: Sequence[int], chosen: set[int], budget: Budget) -> None:
    chosen.update(wanted)
    budget.spend(len(wanted), sum([candidates[number].size for number in wanted]))


def _repeats(
    candidates: Sequence[Candidate], weights: Weights, wanted: Iterable[int], chosen: Iterable[int]
) -> bool:
    return any(
        weights.cosine(new, old) > REPEATED or same(candidates[new], candidates[old])
        for new in wanted
        for old in chosen
    )
