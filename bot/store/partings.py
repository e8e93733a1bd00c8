"""Stories that grew apart: what they are made of, and which one parted from which, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.model.story import Parting
from bot.store.schema import articles
from bot.store.schema_partings import partings
from bot.store.schema_stories import article_words, stories
from bot.store.search_articles import chunks
from bot.store.visibility import visible

MOST_SHOWN = 3
"""Partings of one story that are told, the latest ones."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story.

    Attributes:
        row: its number.
        article_id: its id.
        when: its time.
        vector: its words, packed by `bot.stories.vector`.
        source: its publication.
    """

    row: int
    article_id: str
    when: datetime
    vector: bytes
    source: str | None = None


async def members(connection: AsyncConnection, rows: Iterable[int]) -> dict[int, list[Member]]:
    """Return the articles of these stories, whoever may see them, in the order they were stored."""
    found: dict[int, list[Member]] = {}
    words = article_words.c
    for part in chunks(sorted(set(rows))):
        query = (
            sa.select(
                words.story,
                words.article,
                articles.c.article_id,
                articles.c.when_at,
                words.vector,
                articles.c.source,
            )
            .join(articles, articles.c.id == words.article)
            .where(words.story.in_(part))
            .order_by(words.article)
        )
        for row in await connection.execute(query):
            one = Member(row.article, row.article_id, row.when_at, row.vector, row.source)
            found.setdefault(row.story, []).append(one)
    return found


async def merged(connection: AsyncConnection, story: int) -> dict[str, int]:
    """Return the stories that lead to this one: id -> row."""
    query = sa.select(stories.c.story_id, stories.c.id).where(stories.c.merged_into == story)
    return {row.story_id: row.id for row in await connection.execute(query)}


async def record(connection: AsyncConnection, rows: Sequence[int], *, parted_from: int, at: datetime) -> None:
    """Write down that stories parted from another one; of a story that does so again the latest counts."""
    if not rows:
        return
    await connection.execute(sa.delete(partings).where(partings.c.story.in_(rows)))
    await connection.execute(
        sa.insert(partings),
        [{"story": row, "parted_from": parted_from, "parted_at": at} for row in rows],
    )


async def of_story(connection: AsyncConnection, story: int, scope: Scope | None) -> list[Parting]:
    """Return how a story parted, as far as a workspace sees the other story: the latest first.

    A story that is gone counts as the one its id leads to.
    """
    left, stayed, beside = (stories.alias(name) for name in ("left_story", "stayed_story", "beside"))
    one, other = (sa.func.coalesce(table.c.merged_into, table.c.id) for table in (left, stayed))
    seen = (
        sa.exists()
        .where(article_words.c.story == beside.c.id, articles.c.id == article_words.c.article, visible(scope))
        .correlate(beside)
    )
    query = (
        sa.select(beside.c.story_id, (one == story).label("left"), partings.c.parted_at)
        .select_from(
            partings.join(left, left.c.id == partings.c.story)
            .join(stayed, stayed.c.id == partings.c.parted_from)
            .join(beside, beside.c.id == sa.case((one == story, other), else_=one))
        )
        .where(one != other, (one == story) | (other == story), seen)
        .order_by(partings.c.parted_at.desc(), partings.c.story)
        .limit(MOST_SHOWN)
    )
    return [
        Parting(story=row.story_id, left=bool(row.left), at=row.parted_at)
        for row in await connection.execute(query)
    ]
