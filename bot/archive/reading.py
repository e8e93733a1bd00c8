"""Reading articles and stories back, as one workspace may see them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.archive.rooms import Rooms
from bot.model.article import Article
from bot.model.scope import Scope
from bot.model.story import Parting, Story
from bot.sources.identity import canonical_url
from bot.store import partings as parting_store
from bot.store import rulings, search_articles, search_stories
from bot.store import stories as store
from bot.store.database import Connection
from bot.store.search_articles import Stored
from bot.store.text import storable
from bot.stories.codes import story_id


async def article(connection: Connection, id_or_url: str, scope: Scope | None) -> Stored | None:
    """Return the visible article of an id or an address."""
    name = storable(id_or_url)
    found = await search_articles.by_name(connection, scope=scope, article_id=name)
    if found is None and looks_like_url(name):
        found = await search_articles.by_name(connection, scope=scope, url=canonical_url(name))
    return found


def looks_like_url(text: str) -> bool:
    """Tell whether a question is a link and nothing else."""
    return text.strip().lower().startswith(("http://", "https://")) and len(text.split()) == 1


async def newest_articles(
    connection: Connection,
    scope: Scope | None,
    *,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
) -> tuple[Article, ...]:
    """Return visible articles with `when` in (since, until], the earliest first; of more, the newest."""
    found = await search_stories.newest_articles(connection, scope, since=since, until=until, limit=limit)
    return tuple(stored.article for stored in reversed(found))


async def story(connection: Connection, name: str, scope: Scope | None) -> tuple[int, Story] | None:
    """Return a story by its id, with its row; None when nothing of it is visible."""
    proper = story_id(name)
    row = await store.named(connection, proper) if proper else None
    if row is None:
        return None
    found = assembled(await search_stories.of_story(connection, row, scope))
    return (row, found[row]) if row in found else None


async def partings(connection: Connection, name: str, scope: Scope | None) -> tuple[Parting, ...]:
    """Return with which visible stories a story was one until they grew apart, the latest first."""
    proper = story_id(name)
    row = await store.named(connection, proper) if proper else None
    return () if row is None else tuple(await parting_store.of_story(connection, row, scope))


async def stories_of(connection: Connection, ids: Sequence[str], scope: Scope | None) -> dict[str, Story]:
    """Return the story of each visible article among these."""
    found = assembled(await search_stories.of_stories_with(connection, ids, scope))
    stories = {member.id: one for one in found.values() for member in one.articles}
    return {name: stories[name] for name in dict.fromkeys(ids) if name in stories}


async def stories_between(
    connection: Connection, scope: Scope | None, *, since: datetime | None, until: datetime | None
) -> tuple[Story, ...]:
    """Return whole stories that something happened to in (since, until], the earliest first."""
    found = await search_stories.of_stories_between(connection, scope, since=since, until=until)
    apart = (await rulings.pairs_within(connection, (one.story for one in found if one.story))).apart
    # Of many thousand articles: beside the event loop.
    return await asyncio.to_thread(_in_order, found, apart)


def _in_order(rows: Sequence[Stored], apart: Iterable[tuple[int, int]]) -> tuple[Story, ...]:
    """Return the stories that articles make up, the earliest first, each with what is kept apart from it."""
    stories = assembled(rows)
    place = {one.row: one for one in rows}
    strangers: dict[int, set[str]] = {}
    for pair in apart:
        for row, other in (pair, reversed(pair)):
            if row in place and other in place and (story := place[row].story) is not None:
                strangers.setdefault(story, set()).add(place[other].article.id)
    for row, ids in strangers.items():
        stories[row] = replace(stories[row], apart=frozenset(ids))
    return tuple(sorted(stories.values(), key=lambda one: (one.first_at, one.id)))


def assembled(rows: Iterable[Stored]) -> dict[int, Story]:
    """Return the stories that articles make up, by row; one address is told once."""
    members: dict[int, list[Stored]] = {}
    for stored in sorted(rows, key=lambda one: (one.article.when, one.row)):
        if stored.story is not None:
            members.setdefault(stored.story, []).append(stored)
    return {row: _assembled(stored) for row, stored in members.items()}


def _assembled(members: Sequence[Stored]) -> Story:
    kept: list[Stored] = []
    seen: set[str] = set()
    for stored in members:
        if stored.canonical_url not in seen:  # the same page through two feeds that different workspaces read
            kept.append(stored)
        if stored.canonical_url:
            seen.add(stored.canonical_url)
    ids = {stored.row: stored.article.id for stored in kept}
    copies = {
        stored.article.id: ids[stored.copy_of]
        for stored in kept
        if stored.copy_of is not None and stored.copy_of in ids
    }
    return Story(id=kept[0].story_id or "", articles=tuple(s.article for s in kept), copies=copies)


async def newest(rooms: Rooms) -> datetime | None:
    """Return the time of the newest article; None for an empty archive."""
    async with rooms.database.read() as connection:
        return await search_stories.newest_time(connection)
