"""Answering /find: full-text search with the place in each article that answers best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.archive.answers import FindAnswer, Hit
from bot.archive.rooms import Rooms
from bot.model.scope import Scope
from bot.store import search, search_articles, search_find
from bot.store.database import Connection
from bot.store.search_articles import Stored
from bot.store.search_find import Conditions
from bot.store.text import storable
from bot.stories.frequencies import Frequencies
from bot.stories.neighbours import strongest
from bot.stories.query import Query, Wanted, keys_of, parse, stems_of, vector
from bot.stories.relevance import in_order
from bot.stories.snippet import snippet
from bot.stories.vector import Vector
from bot.stories.weights import telling

DEEPEST = 1_000
"""How far one can page."""

COMPARED = 100
"""Articles that are compared word by word and put in order, of each kind; those after them follow by age."""

HEADLINES = 20
"""How many times further back than these hundred headlines are looked at: some 2,000 that hold the words."""

LOOKED_UP = 16
"""Telling words that are looked up when not all need be there."""

ROWS = 4_000
"""Articles that those words may lead to together; bounds the cost of a question."""


async def find(rooms: Rooms, words: str, scope: Scope | None, *, page: int, size: int) -> FindAnswer:
    """Return a page of what matches all words, followed by what matches some of them."""
    async with rooms.database.read() as connection:
        frequencies = await rooms.frequencies(connection)
        asked = await rooms.compute(
            _understood, words, frequencies, now=rooms.clock.now(), languages=rooms.languages
        )
        query = asked.query
        if query.problem:
            return FindAnswer((), nothing=query.problem)
        conditions = Conditions(
            source=query.source, language=query.language, since=query.since, until=query.until
        )
        if not asked.wanted and not conditions.any:
            return FindAnswer((), nothing="Give me a word or two to look for.")
        start = (page - 1) * size
        depth = min(DEEPEST, start + size + 1)
        if asked.wanted:
            rows = await Search(rooms, connection, asked, conditions, scope, frequencies).rows(depth)
        else:
            rows = await search_find.newest(connection, conditions, scope=scope, limit=depth)
        shown = rows[start : start + size]
        stored = await search_articles.by_rows(connection, shown, scope)
    hits = await rooms.compute(_hits, shown, stored, query)
    nothing = None if hits else _nothing(words, page)
    return FindAnswer(tuple(hits), more=len(rows) > start + size, nothing=nothing)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, understood.

    Attributes:
        query: as typed.
        wanted: what is worth looking for.
        question: the same as words to compare articles with.
        telling: the stems to look up when not all need be there, with their weights.
        several: there is more than one word.
    """

    query: Query
    wanted: Sequence[Wanted]
    question: Vector
    telling: Sequence[tuple[str, float]]
    several: bool


def _understood(words: str, frequencies: Frequencies, *, now: datetime, languages: Sequence[str]) -> Asked:
    query = parse(storable(words), now=now, languages=languages)
    wanted = _content(query.wanted)
    question, stems = vector(wanted, frequencies)
    chosen = telling(question, stems, frequencies, most=LOOKED_UP, rows=ROWS)
    return Asked(query, wanted, question, chosen, len(stems) > 1)


@dataclass(frozen=True, slots=True)
class Search:
    """One search under way."""

    rooms: Rooms
    connection: Connection
    asked: Asked
    conditions: Conditions
    scope: Scope | None
    frequencies: Frequencies

    async def rows(self, depth: int) -> list[int]:
        """Return the best articles, those with all the words first; the order does not depend on `depth`."""
        if self.asked.query.by_date:
            return await self._holding_all(depth, by_date=True)
        every = await self._holding_all(max(depth, COMPARED))
        told: list[int] = []
        if len(every) >= COMPARED and any(one.content for one in self.asked.wanted):
            # Of many, those that are about the words, not only the newest that hold them.
            back = HEADLINES * (every[0] - every[COMPARED - 1])
            told = await self._holding_all(COMPARED, in_title=True, after=every[0] - back)
        compared = list(dict.fromkeys([*told, *every[:COMPARED]]))
        some: list[int] = []
        if len(every) < depth and self.asked.several and not any(one.quoted for one in self.asked.wanted):
            some = await self._holding_some()
        seen = await search.candidates(
            self.connection,
            list(dict.fromkeys([*compared, *some])),
            scope=self.scope,
            limit=len(compared) + COMPARED,
            also=self.conditions.told(),
        )
        packed = {one.row: one.vector for one in seen}
        best = await self.rooms.compute(
            _ordered, self.asked.question, packed, frozenset(compared), self.frequencies
        )
        return list(dict.fromkeys([*best, *every]))

    async def _holding_all(
        self, limit: int, *, in_title: bool = False, by_date: bool = False, after: int = 0
    ) -> list[int]:
        """Return articles that hold all the words, those stored last first."""
        expression = search_find.expression(
            self.connection.dialect.name,
            [one.words for one in self.asked.wanted],
            [one.words for one in self.asked.query.unwanted],
            in_title=in_title,
        )
        return await search_find.find(
            self.connection,
            expression,
            self.conditions,
            scope=self.scope,
            by_date=by_date,
            limit=limit,
            after=after,
        )

    async def _holding_some(self) -> list[int]:
        """Return articles that hold some of the words, as the rare ones among them decide."""
        unwanted = [one.words for one in self.asked.query.unwanted]
        stems = [
            search_find.expression(self.connection.dialect.name, [((stem,),)], unwanted)
            for stem, _ in self.asked.telling
        ]
        held = await search.fulfilling(self.connection, stems, each=ROWS)
        return await self.rooms.compute(strongest, held, [weight for _, weight in self.asked.telling])


def _ordered(
    question: Vector, packed: Mapping[int, bytes], every: frozenset[int], frequencies: Frequencies
) -> list[int]:
    """Return the rows in the order of relevance, those with all the words first.

    These are put in order by themselves, so that no page depends on whether others were looked for.
    """
    first = {row: data for row, data in packed.items() if row in every}
    best = _by_relevance(question, first, frequencies)
    if len(first) < len(packed):
        best += _by_relevance(question, packed, frequencies)
    return list(dict.fromkeys(best))


def _by_relevance(question: Vector, packed: Mapping[int, bytes], frequencies: Frequencies) -> list[int]:
    rows = list(packed)
    return [rows[at] for at in in_order(question.keys, list(packed.values()), frequencies)]


def _content(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return what is worth looking for: without stop words, unless there is nothing else."""
    return [one for one in wanted if one.content or len(one.words) > 1] or list(wanted)


def _hits(rows: Sequence[int], stored: Mapping[int, Stored], query: Query) -> list[Hit]:
    keys, stems = keys_of(query.wanted), stems_of(query.wanted)
    hits = []
    for row in rows:
        one = stored.get(row)
        if one is None:
            continue
        text = one.article.text or one.article.title
        start, end, marks = snippet(text, keys, one.article.language, stems)
        hits.append(Hit(one.article, text[start:end], marks, one.story_id))
    return hits


def _nothing(words: str, page: int) -> str:
    if page > 1:
        return "There is no further page."
    shown = words.strip() if len(words.strip()) <= 80 else f"{words.strip()[:80]}…"
    return f"Nothing found for “{shown}”. Fewer or other words may help."
