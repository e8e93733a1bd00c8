"""Which stored articles a workspace may see; every reading query passes through here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.store.schema import articles, feeds, subscriptions


def visible(scope: Scope | None) -> sa.ColumnElement[bool]:
    """Return the condition on `articles` under which a workspace may see a row.

    Args:
        scope: the workspace; None for the shell of the machine, which sees all.
    """
    if scope is None:
        return sa.true()
    of_feeds = sa.select(feeds.c.id).where(
        feeds.c.shared
        | sa.exists().where(
            subscriptions.c.feed_id == feeds.c.id,
            subscriptions.c.platform == scope.platform,
            subscriptions.c.workspace == scope.workspace,
        )
    )
    unowned = articles.c.feed_id.is_(None) & articles.c.private_to.is_(None)
    return unowned | (articles.c.private_to == scope.key) | articles.c.feed_id.in_(of_feeds)


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who sees what, at one moment: workspaces of the same eyes see the same articles.

    Attributes:
        feeds: the feeds that a workspace reads for itself, by `Scope.key`.
        owners: workspaces that have articles of their own, by `Scope.key`.
    """

    feeds: dict[str, frozenset[int]]
    owners: frozenset[str]

    def of(self, scope: Scope) -> tuple[frozenset[int], str]:
        """Return a key that two workspaces have in common when `visible` is the same for both."""
        own = scope.key if scope.key in self.owners else ""
        return self.feeds.get(scope.key, frozenset()), own


async def eyes(connection: AsyncConnection) -> Eyes:
    """Read who sees what."""
    feeds_of: defaultdict[str, set[int]] = defaultdict(set)
    for row in await connection.execute(sa.select(subscriptions)):
        feeds_of[Scope(row.platform, row.workspace).key].add(row.feed_id)
    owned = sa.select(articles.c.private_to).where(articles.c.private_to.is_not(None)).distinct()
    owners = frozenset((await connection.execute(owned)).scalars())
    return Eyes({key: frozenset(ids) for key, ids in feeds_of.items()}, owners)
