"""Answering /find: full-text search with the place in each article that answers best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.archive.answers import FindAnswer, Hit
from bot.archive.rooms import Rooms
from bot.model.scope import Scope
from bot.store import search_articles, search_find
from bot.store.search_articles import Stored
from bot.store.search_find import Conditions
from bot.stories.query import Query, Wanted, keys_of, parse
from bot.stories.snippet import snippet

DEEPEST = 1_000
"""How far one can page."""


async def find(rooms: Rooms, words: str, scope: Scope | None, *, page: int, size: int) -> FindAnswer:
    """Return a page of what matches all words, followed by what matches some of them."""
    async with rooms.database.read() as connection:
        await rooms.frequencies(connection)
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
        if not wanted:
            rows = await search_find.newest(connection, conditions, scope=scope, limit=depth)
        else:
            rows = []
            unwanted = [one.words for one in query.unwanted]
            for every in (True, False):
                if len(rows) >= depth or (not every and len(wanted) == 1):
                    continue
                expression = search_find.expression(
                    connection.dialect.name, [one.words for one in wanted], unwanted, every=every
                )
                found = await search_find.find(
                    connection, expression, conditions, scope=scope, by_date=query.by_date, limit=depth
                )
                rows = list(dict.fromkeys([*rows, *(row for row, _ in found)]))
        shown = rows[start : start + size]
        stored = await search_articles.by_rows(connection, shown, scope)
    hits = await rooms.compute(_hits, shown, stored, query)
    nothing = None if hits else _nothing(words, page)
    return FindAnswer(tuple(hits), more=len(rows) > start + size, nothing=nothing)


def _content(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Return what is worth looking for: without stop words, unless there is nothing else."""
    return [one for one in wanted if one.content or len(one.words) > 1] or list(wanted)


def _hits(rows: Sequence[int], stored: Mapping[int, Stored], query: Query) -> list[Hit]:
    keys = keys_of(query.wanted)
    hits = []
    for row in rows:
        one = stored.get(row)
        if one is None:
            continue
        text = one.article.text or one.article.title
        start, end, marks = snippet(text, keys, one.article.language)
        hits.append(Hit(one.article, text[start:end], marks, one.story_id))
    return hits


def _nothing(words: str, page: int) -> str:
    if page > 1:
        return "There is no further page."
    shown = words.strip() if len(words.strip()) <= 80 else f"{words.strip()[:80]}…"
    return f"Nothing found for “{shown}”. Fewer or other words may help."
