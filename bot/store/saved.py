"""What people saved: the stories that they want to find again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.request import Asker
from bot.store.dialect import insert
from bot.store.schema_saved import saved


class Saved(NamedTuple):
    """A story that somebody saved.

    Attributes:
        story: its id then, such as "S-4F2K"; it may be part of another story by now.
        title: its headline then.
        saved_at: aware UTC.
    """

    story: str
    title: str
    saved_at: datetime


async def save_story(connection: AsyncConnection, asker: Asker, one: Saved) -> None:
    """Keep a story for a person; one that is kept already counts as saved anew."""
    values = _person(asker) | one._asdict()
    await connection.execute(
        insert(connection, saved)
        .values(values)
        .on_conflict_do_update(
            index_elements=["platform", "workspace", "person", "story"],
            set_={"title": one.title, "saved_at": one.saved_at},
        )
    )


async def saved_by(connection: AsyncConnection, asker: Asker) -> tuple[Saved, ...]:
    """Return what a person saved, the latest first."""
    statement = (
        sa.select(saved.c.story, saved.c.title, saved.c.saved_at)
        .where(*_is(asker))
        .order_by(saved.c.saved_at.desc(), saved.c.id.desc())
    )
    return tuple(Saved(*row) for row in await connection.execute(statement))


async def forget_stories(connection: AsyncConnection, asker: Asker, stories: Sequence[str]) -> None:
    """Keep stories no longer for a person."""
    await connection.execute(saved.delete().where(*_is(asker), saved.c.story.in_(stories)))


def _person(asker: Asker) -> dict[str, object]:
    return {"platform": asker.platform, "workspace": asker.workspace, "person": asker.user}


def _is(asker: Asker) -> list[sa.ColumnElement[bool]]:
    return [saved.c[name] == value for name, value in _person(asker).items()]
