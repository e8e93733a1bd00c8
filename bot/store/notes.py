"""Facts about the whole database: since when it may lack what the last process had written."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import insert
from bot.store.schema import moment_of
from bot.store.schema_notes import notes

GAP_UNTIL = "gap until"
"""Name of the note on the moment up to which posts may have been made that the database knows nothing of."""

STARTS = "starts"


async def gap_until(connection: AsyncConnection) -> datetime | None:
    """Return the moment up to which something may have been posted without a record; None when all is known.

    Set when a backup takes the place of the database, or when the last process's final writes were lost.
    """
    statement = sa.select(notes.c.value).where(notes.c.name == GAP_UNTIL)
    value: int | None = (await connection.execute(statement)).scalar_one_or_none()
    return moment_of(value)


async def count_start(connection: AsyncConnection) -> None:
    """Count a start of the bot."""
    first = insert(connection, notes).values(name=STARTS, value=1)
    await connection.execute(
        first.on_conflict_do_update(index_elements=["name"], set_={"value": notes.c.value + 1})
    )
