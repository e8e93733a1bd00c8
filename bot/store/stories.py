"""Stories and the words of articles: what grouping reads before a batch and writes after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import bulk
from bot.store.schema import articles, milliseconds
from bot.store.schema_stories import article_words, stories, term_counts
from bot.store.search_articles import chunks


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as grouping needs it.

    Attributes:
        row: its number; lower is older.
        story_id: such as "S-4F2K".
        articles: how many.
        profile: packed by `bot.stories.profile`.
    """

    row: int
    story_id: str
    articles: int
    first_at: datetime
    last_at: datetime
    profile: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsRow:
    """An article's words and its place among the stories."""

    article: int
    story: int
    vector: bytes
    sketch: bytes


async def stories_of(connection: AsyncConnection, rows: Iterable[int]) -> dict[int, int]:
    """Return the story of each of these articles."""
    found: dict[int, int] = {}
    for part in chunks(sorted(set(rows))):
        query = sa.select(article_words.c.article, article_words.c.story).where(
            article_words.c.article.in_(part)
        )
        found.update((row.article, row.story) for row in await connection.execute(query))
    return found


async def load(connection: AsyncConnection, rows: Iterable[int]) -> list[StoryRow]:
    """Return these stories, the oldest first."""
    found: list[StoryRow] = []
    for part in chunks(sorted(set(rows))):
        query = sa.select(stories).where(stories.c.id.in_(part)).order_by(stories.c.id)
        found += [
            StoryRow(
                row=row.id,
                story_id=row.story_id,
                articles=row.articles,
                first_at=row.first_at,
                last_at=row.last_at,
                profile=row.profile,
            )
            for row in await connection.execute(query)
        ]
    return found


async def taken(connection: AsyncConnection, names: Sequence[str]) -> set[str]:
    """Return which of these ids belong to a story already."""
    found: set[str] = set()
    for part in chunks(names):
        query = sa.select(stories.c.story_id).where(stories.c.story_id.in_(part))
        found.update((await connection.execute(query)).scalars())
    return found


async def found(connection: AsyncConnection, new: Sequence[StoryRow]) -> list[int]:
    """Store new stories, whatever rows they bear, and return the rows that they get, in the same order."""
    if not new:
        return []
    rows = await bulk.numbers(connection, stories, len(new))
    columns = ("id", "story_id", "articles", "first_at", "last_at", "profile")
    values = [
        (row, one.story_id, one.articles, milliseconds(one.first_at), milliseconds(one.last_at), one.profile)
        for row, one in zip(rows, new, strict=True)
    ]
    await bulk.insert(connection, stories, columns, values)
    return rows


async def grow(connection: AsyncConnection, grown: Sequence[StoryRow]) -> None:
    """Write back stories that took in articles."""
    if grown:
        statement = (
            sa.update(stories)
            .where(stories.c.id == sa.bindparam("row"))
            .values(
                articles=sa.bindparam("many"),
                first_at=sa.bindparam("first"),
                last_at=sa.bindparam("last"),
                profile=sa.bindparam("words"),
            )
        )
        await connection.execute(
            statement,
            [
                {
                    "row": one.row,
                    "many": one.articles,
                    "first": one.first_at,
                    "last": one.last_at,
                    "words": one.profile,
                }
                for one in grown
            ],
        )


async def merge(connection: AsyncConnection, into: Mapping[int, int]) -> None:
    """Give the articles of one story to another, younger -> older; the younger's id then names the older."""
    for young, old in into.items():
        await connection.execute(
            sa.update(article_words).where(article_words.c.story == young).values(story=old)
        )
        await connection.execute(
            sa.update(stories)
            .where((stories.c.id == young) | (stories.c.merged_into == young))
            .values(merged_into=old)
        )


async def keep_words(connection: AsyncConnection, new: Sequence[WordsRow]) -> None:
    """Store the words of new articles."""
    await bulk.insert(
        connection,
        article_words,
        ("article", "story", "vector", "sketch"),
        [(one.article, one.story, one.vector, one.sketch) for one in new],
    )


MOST_MERGES = 50
"""Steps from the id of a story that is gone to the one that holds its articles; more are a fault."""


async def named(connection: AsyncConnection, story_id: str) -> int | None:
    """Return the row of a story by its id, or of the story it is part of by now; None when there is none."""
    query = sa.select(stories.c.id).where(stories.c.story_id == story_id)
    row: int | None = (await connection.execute(query)).scalar()
    return None if row is None else await final(connection, row)


async def final(connection: AsyncConnection, row: int) -> int:
    """Return the row of the story that holds the articles of a story by now: mostly itself."""
    for _ in range(MOST_MERGES):
        onward = (
            await connection.execute(sa.select(stories.c.merged_into).where(stories.c.id == row))
        ).scalar()
        if onward is None:
            break
        row = onward
    return row


# Told to the driver itself: a batch has some 20,000 stems.
_COUNT = {
    "sqlite": "INSERT INTO term_counts (term, articles) VALUES (?, ?) ",
    "postgresql": "INSERT INTO term_counts (term, articles) VALUES ($1, $2) ",
}
_ADDING = "ON CONFLICT (term) DO UPDATE SET articles = term_counts.articles + excluded.articles"


async def count_terms(connection: AsyncConnection, keys: Sequence[int], counts: Sequence[int]) -> None:
    """Add to the number of articles that hold each stem; ascending keys are written fastest."""
    if keys:
        rows = list(zip(keys, counts, strict=True))
        await connection.exec_driver_sql(_COUNT[connection.dialect.name] + _ADDING, rows)


async def term_table(connection: AsyncConnection) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return every stem's number, and in how many articles it stands."""
    rows = (await connection.execute(sa.select(term_counts.c.term, term_counts.c.articles))).all()
    table = np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 2)
    return table[:, 0].astype(np.uint32), table[:, 1]


async def highest_row(connection: AsyncConnection) -> int:
    """Return the highest row of an indexed article; rows are given in order, so about how many there are."""
    return (await connection.execute(sa.select(sa.func.max(article_words.c.article)))).scalar() or 0


async def vectors(connection: AsyncConnection, rows: Sequence[int]) -> dict[int, bytes]:
    """Return the packed vectors of articles."""
    kept: dict[int, bytes] = {}
    for part in chunks(rows):
        query = sa.select(article_words.c.article, article_words.c.vector).where(
            article_words.c.article.in_(part)
        )
        kept.update((row.article, row.vector) for row in await connection.execute(query))
    return kept


async def languages(connection: AsyncConnection, most: int) -> tuple[str, ...]:
    """Return the languages of the archive, the one with the most articles first."""
    many = sa.func.count()
    query = (
        sa.select(articles.c.language).where(articles.c.language.is_not(None)).group_by(articles.c.language)
    )
    return tuple((await connection.execute(query.order_by(many.desc()).limit(most))).scalars())
