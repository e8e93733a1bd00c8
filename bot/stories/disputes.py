"""Where sources of a story give different numbers for one thing: "killed: 600 (A, B) / 1,000 (C)"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from bot.model.article import Article, Quote
from bot.model.story import Story
from bot.stories.figures import figures
from bot.stories.parallels import Counted, counted, parallel
from summaries import Span

CLOSE = 0.05
"""Numbers so near each other are one number where one of them is round."""

VAGUE = 0.1
"""The same where one of them is said to be inexact: "some 200" aboard and 212 do not disagree."""

ROUND = 100
"""From here on, a number that ends in a zero may be a rounded one; twenty dead are twenty dead."""

APART = 10.0
"""Numbers further apart than this factor count other things: a street and a country."""

MOST_VOICES = 60
"""Articles whose numbers are read, the latest ones; a story of more is read in time all the same."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that some sources give.

    Attributes:
        text: as the first of them writes it, verbatim: "at least 600".
        value: the number.
        quotes: the sentence of each source, the earliest first.
    """

    text: str
    value: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A thing that sources give different numbers for.

    Attributes:
        counted: what is counted: "killed", "killed (children)".
        claims: the number most sources give first; of as many, the earliest.
    """

    counted: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A number as an article gives it: offsets of the number and of its sentence."""

    article: Article
    value: float
    vague: bool
    start: int
    end: int
    sentence: Span


def voice(article: Article) -> str:
    """Return who speaks in an article: its publication, or the article itself when that is not known."""
    return article.source or article.id


def disputes(story: Story) -> tuple[Dispute, ...]:
    """Return what the sources of a story disagree about, what most of them give a number for first.

    Each source counts once, with the latest article that gives one number for a thing; an article that gives
    several is not understood and left out. Copies say nothing of their own.
    """
    told = [one for one in story.originals[-MOST_VOICES:] if not one.headline_only]
    found = [*_by_phrase(told)]
    known = {(quote.article_id, quote.start) for one in found for c in one.claims for quote in c.quotes}
    found += [
        one
        for one in _by_sentence(told)
        if not any((quote.article_id, quote.start) in known for c in one.claims for quote in c.quotes)
    ]
    return tuple(sorted(found, key=lambda one: (-sum(len(c.quotes) for c in one.claims), one.counted)))


def _by_phrase(told: Sequence[Article]) -> Iterator[Dispute]:
    """Yield the disputes about what is known to be counted."""
    said: defaultdict[tuple[str, str], dict[str, _Said]] = defaultdict(dict)
    for article in told:
        found = figures(article.text, article.language, day=_day(article))
        for key, one in _unambiguous(((one.counted, one.of), one) for one in found):
            said[key][voice(article)] = _Said(article, one.value, one.vague, one.start, one.end, one.sentence)
    for (what, of), voices in said.items():
        claims = _claims(list(voices.values()))
        if len(claims) > 1:
            yield Dispute(f"{what} ({of})" if of else what, claims)


def _by_sentence(told: Sequence[Article]) -> Iterator[Dispute]:
    """Yield the disputes in sentences that say the same thing with another number."""
    said: defaultdict[str, dict[str, tuple[Article, Counted]]] = defaultdict(dict)
    for article in told:
        found = counted(article.text, article.language, day=_day(article))
        for noun, one in _unambiguous((one.noun, one) for one in found):
            said[noun][voice(article)] = (article, one)
    for voices in said.values():
        for _, seed in voices.values():
            alike = [
                _Said(article, one.value, one.vague, one.start, one.end, one.sentence)
                for article, one in voices.values()
                if one is seed or parallel(seed, one)
            ]
            claims = _claims(alike)
            if len(claims) > 1:
                yield Dispute(seed.written, claims)
                break


def _day(article: Article) -> date | None:
    return article.when.date() if article.published_at is not None else None


class _Valued(Protocol):
    @property
    def value(self) -> float: ...


K = TypeVar("K")
V = TypeVar("V", bound=_Valued)


def _unambiguous(found: Iterable[tuple[K, V]]) -> list[tuple[K, V]]:
    """Return what an article gives one number for, by what is counted."""
    by_key: defaultdict[K, list[V]] = defaultdict(list)
    for key, one in found:
        by_key[key].append(one)
    return [(key, ones[0]) for key, ones in by_key.items() if len({one.value for one in ones}) == 1]


def _claims(voices: Sequence[_Said]) -> tuple[Claim, ...]:
    """Return the different numbers, each with who gives it; one alone when nobody disagrees."""
    ordered = sorted(voices, key=lambda one: (one.article.when, one.article.id))
    groups: list[list[_Said]] = []
    for one in ordered:
        home = next((group for group in groups if _same(group[0], one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    most = max(groups, key=len)
    near = [group for group in groups if _comparable(most[0].value, group[0].value)]
    near.sort(key=lambda group: (-len(group), group[0].article.when))
    return tuple(_claim(group) for group in near)


def _same(one: _Said, other: _Said) -> bool:
    away = abs(one.value - other.value) / max(one.value, other.value, 1e-9)
    rounded = any(value >= ROUND and value % 10 == 0 for value in (one.value, other.value))
    return away == 0 or away <= (VAGUE if one.vague or other.vague else CLOSE if rounded else 0.0)


def _comparable(one: float, other: float) -> bool:
    return min(one, other) > 0 and max(one, other) <= APART * min(one, other)


def _claim(group: Sequence[_Said]) -> Claim:
    first = group[0]
    quotes = tuple(
        Quote(
            text=one.article.text[one.sentence.start : one.sentence.end],
            article_id=one.article.id,
            start=one.sentence.start,
            end=one.sentence.end,
        )
        for one in group
    )
    return Claim(first.article.text[first.start : first.end], first.value, quotes)
