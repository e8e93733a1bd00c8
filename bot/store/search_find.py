"""Full-text search as readers ask for it: all words or any, phrases, and what must not be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.store.schema import articles
from bot.store.search import matching
from bot.store.visibility import visible


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


Phrase = tuple[tuple[str, ...], ...]
"""Words beside each other, each with its possible stems."""


def expression(dialect: str, wanted: Sequence[Phrase], unwanted: Sequence[Phrase], *, every: bool) -> str:
    """Return the engine's expression for a search; stems hold no quotes and no operators."""
    if dialect == "sqlite":
        found = (" AND " if every else " OR ").join(_fts5(phrase) for phrase in wanted)
        return f"({found})" + "".join(f" NOT {_fts5(phrase)}" for phrase in unwanted)
    found = (" & " if every else " | ").join(_tsquery(phrase) for phrase in wanted)
    return f"({found})" + "".join(f" & !{_tsquery(phrase)}" for phrase in unwanted)


def _fts5(phrase: Phrase) -> str:
    if len(phrase) == 1:
        return "(" + " OR ".join(f'"{stem}"' for stem in phrase[0]) + ")"
    # A phrase is written with each word's stem in the same language; alternatives beside each other would
    # need every combination.
    depth = max(len(stems) for stems in phrase)
    lines = dict.fromkeys(" ".join(stems[min(at, len(stems) - 1)] for stems in phrase) for at in range(depth))
    return "(" + " OR ".join(f'"{line}"' for line in lines) + ")"


def _tsquery(phrase: Phrase) -> str:
    words = ("(" + " | ".join("'" + stem.replace("\\", "") + "'" for stem in stems) + ")" for stems in phrase)
    return "(" + " <-> ".join(words) + ")"


async def find(
    connection: AsyncConnection,
    words: str,
    conditions: Conditions,
    *,
    scope: Scope | None,
    by_date: bool,
    limit: int,
    after: int = 0,
) -> list[tuple[int, float]]:
    """Return (row, rank) of articles that match, the best or the latest first; a lower rank is better."""
    found = matching(connection.dialect.name, words, after)
    query = sa.select(found.c.hit, found.c.far)
    if scope is not None or conditions.any or by_date:
        query = query.join(articles, articles.c.id == found.c.hit)
    if scope is not None:
        query = query.where(visible(scope))
    if conditions.source:
        query = query.where(sa.func.lower(articles.c.source).contains(conditions.source, autoescape=True))
    if conditions.language:
        query = query.where(articles.c.language == conditions.language)
    if conditions.since:
        query = query.where(articles.c.when_at >= conditions.since)
    if conditions.until:
        query = query.where(articles.c.when_at < conditions.until)
    order = (articles.c.when_at.desc(),) if by_date else (found.c.far,)
    rows = await connection.execute(query.order_by(*order, found.c.hit.desc()).limit(limit))
    return [(row.hit, row.far) for row in rows]


async def newest(
    connection: AsyncConnection, conditions: Conditions, *, scope: Scope | None, limit: int
) -> list[int]:
    """Return the latest articles that fulfil conditions alone."""
    query = sa.select(articles.c.id).where(visible(scope))
    if conditions.source:
        query = query.where(sa.func.lower(articles.c.source).contains(conditions.source, autoescape=True))
    if conditions.language:
        query = query.where(articles.c.language == conditions.language)
    if conditions.since:
        query = query.where(articles.c.when_at >= conditions.since)
    if conditions.until:
        query = query.where(articles.c.when_at < conditions.until)
    query = query.order_by(articles.c.when_at.desc(), articles.c.id.desc()).limit(limit)
    return list((await connection.execute(query)).scalars())
