"""What managers decided about stories: pairs of articles that are one story for good, or never are.

Whatever groups, merges or splits stories asks here first. The latest decision on a pair counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import MACHINE, Scope
from bot.store.schema import articles, channels, feeds, subscriptions
from bot.store.schema_rulings import decisions, moves, rulings
from bot.store.schema_stories import article_words
from bot.store.search_articles import chunks
from bot.store.stories import stories_of


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles, by row, the lower one first."""

    together: frozenset[tuple[int, int]]
    apart: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision as it is kept.

    Attributes:
        id: its number; a later one has a higher number.
        kind: "merge" or "split".
        workspace: `Scope.key` of the workspace it was made in; None at the machine.
        by: the platform's id of the person.
        at: when, aware UTC.
        moves: article -> the story it was taken from, by row.
    """

    id: int
    kind: str
    workspace: str | None
    by: str
    at: datetime
    moves: Mapping[int, int]


async def pairs_within(connection: AsyncConnection, rows: Iterable[int]) -> Pairs:
    """Return what is decided about pairs of articles that both stand in these stories."""
    if not await _any(connection):
        return Pairs(frozenset(), frozenset())
    one, other = article_words.alias("one"), article_words.alias("other")
    wanted = set(rows)
    together: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for part in chunks(sorted(wanted)):
        query = (
            sa.select(rulings.c.one, rulings.c.other, rulings.c.together, other.c.story)
            .join(one, one.c.article == rulings.c.one)
            .join(other, other.c.article == rulings.c.other)
            .where(one.c.story.in_(part), _latest())
        )
        for row in await connection.execute(query):
            if row.story in wanted:
                (together if row.together else apart).add((row.one, row.other))
    return Pairs(frozenset(together), frozenset(apart))


async def apart_stories(connection: AsyncConnection, rows: Iterable[int]) -> set[tuple[int, int]]:
    """Return the pairs of these stories, by row, that must not become one."""
    kept = sorted(set(rows))
    pairs = await pairs_within(connection, kept)
    story_of = await stories_of(connection, {row for pair in pairs.apart for row in pair})
    return {
        (min(story_of[one], story_of[other]), max(story_of[one], story_of[other]))
        for one, other in pairs.apart
        if story_of[one] != story_of[other]
    }


async def decide(
    connection: AsyncConnection,
    *,
    kind: str,
    scope: Scope | None,
    by: str,
    now: datetime,
    pairs: Pairs,
    taken: Mapping[int, int],
) -> None:
    """Keep a decision: its pairs, and which article was taken from which story."""
    made = sa.insert(decisions).values(
        kind=kind, workspace=scope.key if scope else None, decided_by=by, decided_at=now
    )
    (number,) = (await connection.execute(made.returning(decisions.c.id))).one()
    ruled = [(pair, True) for pair in sorted(pairs.together)] + [
        (pair, False) for pair in sorted(pairs.apart)
    ]
    if ruled:
        await connection.execute(
            sa.insert(rulings),
            [
                {"decision": number, "one": one, "other": other, "together": together}
                for (one, other), together in ruled
            ],
        )
    if taken:
        await connection.execute(
            sa.insert(moves),
            [
                {"decision": number, "article": article, "came_from": story}
                for article, story in taken.items()
            ],
        )


async def forget(connection: AsyncConnection, decision: int) -> None:
    """Take a decision back; what was decided on its pairs before counts again."""
    await connection.execute(sa.delete(decisions).where(decisions.c.id == decision))


async def decisions_on(connection: AsyncConnection, story: int) -> list[Decision]:
    """Return the decisions that concern a story, the latest first."""
    ruled = (
        sa.select(rulings.c.decision)
        .join(
            article_words,
            (article_words.c.article == rulings.c.one) | (article_words.c.article == rulings.c.other),
        )
        .where(article_words.c.story == story)
    )
    left = sa.select(moves.c.decision).where(moves.c.came_from == story)
    query = (
        sa.select(decisions).where(decisions.c.id.in_(sa.union(ruled, left))).order_by(decisions.c.id.desc())
    )
    kept = (await connection.execute(query)).all()
    moved: dict[int, dict[int, int]] = {}
    for part in chunks([row.id for row in kept]):
        for row in await connection.execute(sa.select(moves).where(moves.c.decision.in_(part))):
            moved.setdefault(row.decision, {})[row.article] = row.came_from
    return [
        Decision(
            id=row.id,
            kind=row.kind,
            workspace=row.workspace,
            by=row.decided_by,
            at=row.decided_at,
            moves=moved.get(row.id, {}),
        )
        for row in kept
    ]


async def onlookers(connection: AsyncConnection, rows: Sequence[int], scope: Scope) -> bool:
    """Tell whether another workspace may see an article of these stories.

    The terminal of the machine is nobody's workspace: who sits there owns the database.
    """
    mine = sa.exists().where(
        subscriptions.c.feed_id == feeds.c.id,
        subscriptions.c.platform == scope.platform,
        subscriptions.c.workspace == scope.workspace,
    )
    strangers = sa.exists().where(
        subscriptions.c.feed_id == articles.c.feed_id, *_stranger(subscriptions, scope)
    )
    owned = (sa.func.coalesce(articles.c.private_to, "") == scope.key) | (
        articles.c.private_to.is_(None)
        & sa.exists().where(feeds.c.id == articles.c.feed_id, ~feeds.c.shared, mine)
        & ~strangers
    )
    query = (
        sa.select(sa.func.count())
        .select_from(article_words.join(articles, articles.c.id == article_words.c.article))
        .where(article_words.c.story.in_(rows), ~owned)
    )
    if not (await connection.execute(query)).scalar():
        return False
    there = sa.union(
        sa.select(channels.c.platform, channels.c.workspace).where(*_stranger(channels, scope)),
        sa.select(subscriptions.c.platform, subscriptions.c.workspace).where(
            *_stranger(subscriptions, scope)
        ),
    )
    return (await connection.execute(there.limit(1))).first() is not None


def _stranger(table: sa.Table, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions under which a row belongs to another workspace."""
    return tuple(
        (table.c.platform != one.platform) | (table.c.workspace != one.workspace) for one in (scope, MACHINE)
    )


def _latest() -> sa.ColumnElement[bool]:
    """Return the condition under which no later decision is about the same pair."""
    later = rulings.alias("later")
    return ~sa.exists().where(
        later.c.one == rulings.c.one,
        later.c.other == rulings.c.other,
        later.c.decision > rulings.c.decision,
    )


async def _any(connection: AsyncConnection) -> bool:
    """Tell whether anything was ever decided; on most days nothing was, and then nothing is joined."""
    return (await connection.execute(sa.select(rulings.c.decision).limit(1))).first() is not None
