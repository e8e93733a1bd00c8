"""Full-text search as readers ask for it: all words or any, phrases, and what must not be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.store.schema import articles
from bot.store.schema_stories import FULL_TEXT
from bot.store.visibility import visible

# The name of the index is a constant of ours; the words are bound.
_MATCH = {
    "sqlite": f"SELECT rowid AS hit FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH :words "  # noqa: S608
    "AND rowid > :after",
    "postgresql": f"SELECT id AS hit FROM {FULL_TEXT} WHERE words @@ CAST(:words AS tsquery) "  # noqa: S608
    "AND id > :after",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What an article must fulfil beside its words."""

    source: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def any(self) -> bool:
        """Whether there is any condition at all."""
        return any((self.source, self.language, self.since, self.until))

    def told(self) -> list[sa.ColumnElement[bool]]:
        """Return them as conditions on `articles`."""
        a = articles.c
        told = []
        if self.source:
            told.append(sa.func.lower(a.source).contains(self.source, autoescape=True))
        if self.language:
            told.append(a.language == self.language)
        if self.since:
            told.append(a.when_at >= self.since)
        if self.until:
            told.append(a.when_at < self.until)
        return told


Phrase = tuple[tuple[str, ...], ...]
"""Words beside each other, each with its possible stems."""


def expression(
    dialect: str, wanted: Sequence[Phrase], unwanted: Sequence[Phrase], *, in_title: bool = False
) -> str:
    """Return the engine's expression for a search; stems hold no quotes and no operators.

    Args:
        dialect: of the engine.
        wanted: all of these; at least one.
        unwanted: none of these.
        in_title: what is wanted stands in the title; what is not wanted stands nowhere.
    """
    if dialect == "sqlite":
        found = ("title : " if in_title else "") + "(" + " AND ".join(map(_fts5, wanted)) + ")"
        return found + "".join(f" NOT {_fts5(phrase)}" for phrase in unwanted)
    label = ":A" if in_title else ""
    found = " & ".join(_tsquery(phrase, label) for phrase in wanted)
    return f"({found})" + "".join(f" & !{_tsquery(phrase)}" for phrase in unwanted)


def _fts5(phrase: Phrase) -> str:
    if len(phrase) == 1:
        return "(" + " OR ".join(f'"{stem}"' for stem in phrase[0]) + ")"
    # A phrase is written with each word's stem in the same language; alternatives beside each other would
    # need every combination.
    depth = max(len(stems) for stems in phrase)
    lines = dict.fromkeys(" ".join(stems[min(at, len(stems) - 1)] for stems in phrase) for at in range(depth))
    return "(" + " OR ".join(f'"{line}"' for line in lines) + ")"


def _tsquery(phrase: Phrase, label: str = "") -> str:
    words = (
        "(" + " | ".join("'" + stem.replace("\\", "") + f"'{label}" for stem in stems) + ")"
        for stems in phrase
    )
    return "(" + " <-> ".join(words) + ")"


async def find(
    connection: AsyncConnection,
    words: str,
    conditions: Conditions,
    *,
    scope: Scope | None,
    by_date: bool = False,
    limit: int,
    after: int = 0,
) -> list[int]:
    """Return the rows above `after` that match: those stored last first, or those of the latest date.

    The engine is not asked to rate them: for that it counts everything that holds each of the words. In
    the order of rows it stops as soon as it has found enough.
    """
    found = sa.text(_MATCH[connection.dialect.name]).bindparams(words=words, after=after)
    matching = found.columns(sa.column("hit", sa.BigInteger)).subquery("found")
    query = sa.select(matching.c.hit)
    if scope is not None or conditions.any or by_date:
        query = query.join(articles, articles.c.id == matching.c.hit)
        query = query.where(visible(scope), *conditions.told())
    order = (articles.c.when_at.desc(),) if by_date else ()
    rows = await connection.execute(query.order_by(*order, matching.c.hit.desc()).limit(limit))
    return list(rows.scalars())


async def newest(
    connection: AsyncConnection, conditions: Conditions, *, scope: Scope | None, limit: int
) -> list[int]:
    """Return the latest articles that fulfil conditions alone."""
    query = sa.select(articles.c.id).where(visible(scope), *conditions.told())
    query = query.order_by(articles.c.when_at.desc(), articles.c.id.desc()).limit(limit)
    return list((await connection.execute(query)).scalars())
