"""Which stored articles a workspace may see; every reading query passes through here."""

from __future__ import annotations

import sqlalchemy as sa

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
