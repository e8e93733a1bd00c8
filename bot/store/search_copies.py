"""Who copies whom: the sketches of a story's articles, and writing down what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import articles
from bot.store.schema_stories import article_words
from bot.store.search_articles import chunks


@dataclass(frozen=True, slots=True)
class Sketched:
    """An article as it is compared with others of its story.

    Attributes:
        story: the row of its story.
        row: its own.
        when: its time.
        sketch: packed by `bot.stories.copies`.
        copy_of: the row of the article that it copies; None for an original.
    """

    story: int
    row: int
    when: datetime
    sketch: bytes
    copy_of: int | None


async def sketched(
    connection: AsyncConnection, stories: Iterable[int], *, most: int, new: int
) -> list[Sketched]:
    """Return the latest `most` originals of each story and as many copies, and all from row `new` on."""
    words = article_words.c
    found: list[Sketched] = []
    for part in chunks(sorted(set(stories))):
        place = sa.func.row_number().over(
            partition_by=(words.story, words.article >= new, words.copy_of.is_(None)),
            order_by=words.article.desc(),
        )
        ranked = (
            sa.select(words.story, words.article, words.sketch, words.copy_of, place.label("place"))
            .where(words.story.in_(part))
            .subquery()
        )
        query = (
            sa.select(ranked.c.story, ranked.c.article, articles.c.when_at, ranked.c.sketch, ranked.c.copy_of)
            .join(articles, articles.c.id == ranked.c.article)
            .where((ranked.c.place <= most) | (ranked.c.article >= new))
        )
        found += [Sketched(*row) for row in await connection.execute(query)]
    return found


async def mark(connection: AsyncConnection, copies: Mapping[int, int]) -> None:
    """Write down copy -> original; what copied the copy so far copies the original."""
    if copies:
        words = article_words.c
        statement = (
            sa.update(article_words)
            .where((words.article == sa.bindparam("copy")) | (words.copy_of == sa.bindparam("copy")))
            .values(copy_of=sa.bindparam("original"))
        )
        rows = [{"copy": copy, "original": original} for copy, original in copies.items()]
        await connection.execute(statement, rows)
