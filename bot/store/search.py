"""The full-text index: putting articles in, and getting out the rows that share telling words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.store.schema import articles
from bot.store.schema_stories import FULL_TEXT, article_words
from bot.store.search_articles import MOST_VALUES, REMEMBERED
from bot.store.visibility import visible

# The name of the index is a constant of ours; every value is bound.
_INSERT = {
    "sqlite": f"INSERT INTO {FULL_TEXT} (rowid, title, body) VALUES (?, ?, ?)",  # noqa: S608
    "postgresql": f"INSERT INTO {FULL_TEXT} (id, words) VALUES ($1, "  # noqa: S608
    "setweight(to_tsvector('simple', $2), 'A') || to_tsvector('simple', $3))",
}
# One statement for a whole batch: each call of the engine costs more than what it finds.
_HOLDING = {
    "sqlite": "SELECT (SELECT group_concat(row) FROM (SELECT rowid AS row "  # noqa: S608
    f"FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH asked.value AND rowid > :after "
    "ORDER BY rowid DESC LIMIT :each)) FROM json_each(:words) AS asked ORDER BY asked.key",
    "postgresql": "SELECT (SELECT string_agg(CAST(id AS text), ',') FROM (SELECT id "  # noqa: S608
    f"FROM {FULL_TEXT} WHERE words @@ CAST(asked.query AS tsquery) AND id > :after "
    "ORDER BY id DESC LIMIT :each) AS held) "
    "FROM jsonb_array_elements_text(CAST(:words AS jsonb)) WITH ORDINALITY AS asked (query, place) "
    "ORDER BY asked.place",
}


_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What the index holds of one article: its stems in order, parted by spaces."""

    row: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that shares telling words with a question.

    Attributes:
        row: its number.
        story: the number of its story.
        vector: packed by `bot.stories.vector`.
    """

    row: int
    story: int
    vector: bytes


async def index(connection: AsyncConnection, new: Sequence[Indexed]) -> None:
    """Make articles findable by their words."""
    if new:
        await connection.exec_driver_sql(
            _INSERT[connection.dialect.name], [(one.row, one.title, one.text) for one in new]
        )


def any_of(dialect: str, stems: Sequence[str]) -> str:
    """Return the engine's expression for "holds one of these stems"; stems hold no quotes."""
    if dialect == "sqlite":
        return " OR ".join(f'"{stem}"' for stem in stems)
    return " | ".join("'" + stem.replace("\\", "").replace("'", "") + "'" for stem in stems)


@lru_cache(maxsize=REMEMBERED)
def _candidates(scope: Scope | None, *, conditions: bool) -> sa.Select[int, int, bytes]:
    """Return the statement for words of `rows` that are visible, made once for its cost."""
    words = article_words.c
    query = sa.select(words.article, words.story, words.vector).where(
        words.article.in_(sa.bindparam("rows", expanding=True))
    )
    if scope is not None or conditions:
        query = query.join(articles, articles.c.id == words.article).where(visible(scope))
    return query


async def candidates(
    connection: AsyncConnection,
    rows: Sequence[int],
    *,
    scope: Scope | None,
    limit: int,
    also: Sequence[sa.ColumnElement[bool]] = (),
) -> list[Candidate]:
    """Return the first visible ones of these articles, at most `limit`, in their order.

    Args:
        connection: an open transaction.
        rows: the most promising first.
        scope: whose eyes; None sees all.
        limit: how many at most.
        also: conditions on `articles` that they must fulfil.
    """
    query = _candidates(scope, conditions=bool(also)).where(*also)
    found: list[Candidate] = []
    # Hardly anything is hidden, or nearly all: then the pages grow.
    size = limit if scope is None and not also else 2 * limit
    at = 0
    while at < len(rows) and len(found) < limit:
        part = rows[at : at + size]
        there = {row[0]: Candidate(*row) for row in await connection.execute(query, {"rows": part})}
        found += [there[row] for row in part if row in there]
        at += size
        size = min(4 * size, MOST_VALUES)
    return found[:limit]


async def holding(
    connection: AsyncConnection, stems: Sequence[str], *, after: int, each: int
) -> list[npt.NDArray[np.int64]]:
    """Return for each stem the rows above `after` of articles that hold it: the newest, at most `each`."""
    dialect = connection.dialect.name
    return await fulfilling(connection, [any_of(dialect, [stem]) for stem in stems], after=after, each=each)


async def fulfilling(
    connection: AsyncConnection, expressions: Sequence[str], *, after: int = 0, each: int
) -> list[npt.NDArray[np.int64]]:
    """Return for each of the engine's expressions the rows above `after` that match, as `holding` does."""
    if not expressions:
        return []
    values = {"words": json.dumps(list(expressions)), "after": after, "each": each}
    found = await connection.execute(sa.text(_HOLDING[connection.dialect.name]), values)
    return [np.fromstring(rows, dtype=np.int64, sep=",") if rows else _NONE for rows in found.scalars()]
