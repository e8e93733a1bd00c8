"""Answering /find: full-text search with the place in each article that answers best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.archive.answers import FindAnswer, Hit
from bot.archive.rooms import Rooms
from bot.model.scope import Scope
from bot.store import search, search_articles, search_find
from bot.store import stories as store
from bot.store.database import Connection
from bot.store.search_articles import Stored
from bot.store.search_find import Conditions
from bot.stories.frequencies import Frequencies
from bot.stories.likeness import in_order
from bot.stories.neighbours import strongest
from bot.stories.query import Query, Wanted, initials_of, keys_of, parse, vector
from bot.stories.snippet import snippet
from bot.stories.vector import Vector
from bot.stories.weights import telling

DEEPEST = 1_000
"""How far one can page."""

COMPARED = 100
"""Articles that are compared word by word and put in order; those after them stay in the engine's order."""

RANKED = 1_500
"""Articles that the engine rates for one search, the newest that match; of rarer words it rates all."""

LOOKED_UP = 16
"""Telling words that are looked up when not all need be there."""

ROWS = 4_000
"""Articles that those words may lead to together; bounds the cost of a question."""


async def find(rooms: Rooms, words: str, scope: Scope | None, *, page: int, size: int) -> FindAnswer:
    """Return a page of what matches all words, followed by what matches some of them."""
    async with rooms.database.read() as connection:
        frequencies = await rooms.frequencies(connection)
        query = await rooms.compute(parse, words, now=rooms.clock.now(), languages=rooms.languages)
        if query.problem:
            return FindAnswer((), nothing=query.problem)
        conditions = Conditions(
            source=query.source, language=query.language, since=query.since, until=query.until
        )
        wanted = _content(query.wanted)
        if not wanted and not conditions.any:
            return FindAnswer((), nothing="Give me a word or two to look for.")
        start = (page - 1) * size
        depth = min(DEEPEST, start + size + 1)
        if wanted:
            wide = Search(rooms, connection, query, wanted, conditions, scope, frequencies)
            rows = await wide.rows(depth)
        else:
            rows = await search_find.newest(connection, conditions, scope=scope, limit=depth)
        shown = rows[start : start + size]
        stored = await search_articles.by_rows(connection, shown, scope)
    hits = await rooms.compute(_hits, shown, stored, query)
    nothing = None if hits else _nothing(words, page)
    return FindAnswer(tuple(hits), more=len(rows) > start + size, nothing=nothing)


@dataclass(frozen=True, slots=True)
class Search:
    """One search under way."""

    rooms: Rooms
    connection: Connection
    query: Query
    wanted: Sequence[Wanted]
    conditions: Conditions
    scope: Scope | None
    frequencies: Frequencies

    async def rows(self, depth: int) -> list[int]:
        """Return the best articles, those with all the words first."""
        limit = max(depth, COMPARED)
        phrases = [one.words for one in self.wanted]
        after = 0 if self.query.by_date else await self.rooms.compute(self._window)
        every = await self._matching(phrases, every=True, limit=limit, after=after)
        if after and len(every) < limit:
            every = await self._matching(phrases, every=True, limit=limit)
        if self.query.by_date:
            return every
        question, stems = await self.rooms.compute(vector, self.wanted, self.frequencies)
        some: list[int] = []
        if len(every) < depth and len(stems) > 1 and not any(one.quoted for one in self.wanted):
            some = await self._some(question, stems)
        found = list(dict.fromkeys([*every, *some]))
        packed = await store.vectors(self.connection, found[: 2 * COMPARED])
        first = set(every)
        ordered = await self.rooms.compute(_ordered, question, packed, self.frequencies)
        best = sorted(ordered, key=lambda row: row not in first)
        return best + [row for row in found if row not in ordered]

    async def _some(self, question: Vector, stems: Mapping[int, str]) -> list[int]:
        """Return articles that hold some of the words, as the rare ones among them decide."""
        chosen = await self.rooms.compute(
            telling, question, stems, self.frequencies, most=LOOKED_UP, rows=ROWS
        )
        if self.conditions.any or self.query.unwanted:
            return await self._matching([((stem,),) for stem, _ in chosen], every=False, limit=COMPARED)
        held = await search.holding(self.connection, [stem for stem, _ in chosen], after=0, each=ROWS)
        rows = await self.rooms.compute(strongest, held, [weight for _, weight in chosen])
        seen = await search.candidates(self.connection, rows, scope=self.scope, limit=COMPARED)
        return [one.row for one in seen]

    def _window(self) -> int:
        """Return the row from which on about `RANKED` articles hold all the words: the engine rates each."""
        # Stop words are not counted; they stand in nearly every article.
        most = [
            max(self.frequencies.of(np.array(keys, dtype=np.uint32)).tolist()) or self.frequencies.articles
            for one in self.wanted
            for keys in one.keys
        ]
        share = RANKED / max(1, min(most, default=0))
        return int(self.frequencies.articles * (1 - share)) if share < 1 else 0

    async def _matching(
        self, phrases: Sequence[search_find.Phrase], *, every: bool, limit: int, after: int = 0
    ) -> list[int]:
        expression = search_find.expression(
            self.connection.dialect.name, phrases, [one.words for one in self.query.unwanted], every=every
        )
        found = await search_find.find(
            self.connection,
            expression,
            self.conditions,
            scope=self.scope,
            by_date=self.query.by_date,
            limit=limit,
            after=after,
        )
        return [row for row, _ in found]


def _ordered(question: Vector, packed: Mapping[int, bytes], frequencies: Frequencies) -> list[int]:
    """Return the rows in the order of likeness; all of them, since each holds a word looked for."""
    rows = list(packed)
    order = [rows[at] for at in in_order(question, list(packed.values()), frequencies)]
    left = set(rows).difference(order)
    return order + [row for row in rows if row in left]


def _content(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return what is worth looking for: without stop words, unless there is nothing else."""
    return [one for one in wanted if one.content or len(one.words) > 1] or list(wanted)


def _hits(rows: Sequence[int], stored: Mapping[int, Stored], query: Query) -> list[Hit]:
    keys, initials = keys_of(query.wanted), initials_of(query.wanted)
    hits = []
    for row in rows:
        one = stored.get(row)
        if one is None:
            continue
        text = one.article.text or one.article.title
        start, end, marks = snippet(text, keys, one.article.language, initials)
        hits.append(Hit(one.article, text[start:end], marks, one.story_id))
    return hits


def _nothing(words: str, page: int) -> str:
    if page > 1:
        return "There is no further page."
    shown = words.strip() if len(words.strip()) <= 80 else f"{words.strip()[:80]}…"
    return f"Nothing found for “{shown}”. Fewer or other words may help."
