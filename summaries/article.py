"""Choose the sentences that tell one article in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summaries.candidate import SHORTEST_WORDS, Candidate, chains, frequencies, leaves_open, same
from summaries.rank import rank
from summaries.vectors import Vector, cosine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summaries.budget import Budget

POSITION = 2.5
"""Weight of standing early: 1 for the first sentence, 1/2, 1/3 ...; news is written with the news on top."""

CENTRALITY = 0.5
"""Weight of the ranker (LexRank unless told otherwise), 0 to 1; more, and first facts are lost."""

SUBSTANCE = 0.75
"""Weight of how much of the article's recurring matter the sentence holds, 0 to 1: a ranker that scales by
length is blind to whether a sentence says much or little."""

TITLE = 1.0
"""Weight of likeness to the headline, 0 to 1; low, because the reader has the headline already."""

UNKNOWN = 1.0
"""What a sentence loses that opens with "the driver" before any driver is introduced."""

REPEATED = 0.25
"""Cosine from which a sentence tells again what is chosen already."""

Parts = dict[str, float]


def score(
    candidates: Sequence[Candidate], vectors: Sequence[Vector], title: Sequence[str], ranker: str
) -> list[Parts]:
    """The parts of each candidate's score, by name; their sum is the score."""
    central = rank([candidate.stems for candidate in candidates], ranker, vectors)
    holding = frequencies(candidates)
    mass = [
        sum([holding[term] for term in candidate.terms]) - len(candidate.terms) for candidate in candidates
    ]
    most = max(mass, default=0) or 1
    headline = frozenset(title)
    return [
        {
            "position": POSITION / (1 + candidate.order),
            ranker: CENTRALITY * central[index],
            "substance": SUBSTANCE * mass[index] / most,
            "title": TITLE * len(headline & candidate.terms) / len(headline) if headline else 0.0,
        }
        for index, candidate in enumerate(candidates)
    ]


def choose(
    candidates: Sequence[Candidate],
    vectors: Sequence[Vector],
    scores: Sequence[float],
    budget: Budget,
    shortest: int = SHORTEST_WORDS,
) -> list[int]:
    """The numbers of the chosen candidates, in the article's order.

    Best score first; a sentence that leans on another comes with it or not at all; one that repeats what is
    chosen is passed over.
    """
    linked = chains(candidates, shortest)
    chosen: set[int] = set()
    open_ = [index for index, chain in enumerate(linked) if chain]
    done: set[int] = set()

    def worth(index: int) -> float:
        unknown = leaves_open(candidates, linked[index], chosen)
        return scores[index] - (UNKNOWN if unknown else 0.0)

    while open_ and not budget.nearly_spent:
        found: list[int] = []
        for index in sorted(open_, key=worth, reverse=True):
            wanted = [number for number in linked[index] if number not in chosen]
            words = sum(candidates[number].size for number in wanted)
            done.add(index)
            if (
                wanted
                and budget.fits(len(wanted), words)
                and not _repeats(candidates, vectors, wanted, chosen)
            ):
                found = wanted
                budget.spend(len(wanted), words)
                break
        chosen.update(found)
        open_ = [index for index in open_ if index not in done]
    return sorted(chosen)


def _repeats(
    candidates: Sequence[Candidate], vectors: Sequence[Vector], wanted: Iterable[int], chosen: Iterable[int]
) -> bool:
    return any(
        cosine(vectors[new], vectors[old]) > REPEATED or same(candidates[new], candidates[old])
        for new in wanted
        for old in chosen
    )
