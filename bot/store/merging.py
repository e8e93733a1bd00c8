"""Keeping SQLite's full-text index in few pieces: a search looks into each, and every batch adds one.

The engine itself merges pieces of like size only, so that of a hundred thousand articles a dozen stay. To
look a word up in one piece takes a third of the time. PostgreSQL's server sees to its own.
"""

from __future__ import annotations

import asyncio

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema_stories import FULL_TEXT

MANY = 6
"""Pieces up to which the index is left alone: merging writes all of it anew."""

PAGES = 64
"""Pages of 4 kB that one step writes: others wait to write for so long, some hundredths of a second."""

REST_S = 0.05
"""Pause between two steps, for those who want to write."""

NOTHING_DONE = 2
"""Rows that a step changes at least when it merged anything (https://sqlite.org/fts5.html#the_merge_command)."""


async def pieces(store: Database) -> int:
    """Return how many pieces the index is in; 1 on PostgreSQL."""
    if store.dialect != "sqlite":
        return 1
    async with store.read() as connection:
        query = sa.text(f"SELECT count(DISTINCT segid) FROM {FULL_TEXT}_idx")  # noqa: S608 - a constant of ours
        return int((await connection.execute(query)).scalar_one())


async def merge_index(store: Database, *, many: int = MANY) -> int:
    """Merge the index into one piece where it has too many, a little at a time; return the number of steps.

    Nothing is lost when it ends in the middle: each step is a transaction, and the next time goes on.
    """
    if await pieces(store) <= many:
        return 0
    steps = 0
    while await _step(store, -PAGES if not steps else PAGES):
        steps += 1
        await asyncio.sleep(REST_S)
    return steps


async def _step(store: Database, pages: int) -> bool:
    """Merge some pages, negative to begin with all pieces; tell whether there was anything to do."""
    changed = sa.text("SELECT total_changes()")
    merge = sa.text(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rank) VALUES ('merge', :pages)")  # noqa: S608 - as above
    async with store.write() as connection:
        before = (await connection.execute(changed)).scalar_one()
        await connection.execute(merge, {"pages": pages})
        return bool((await connection.execute(changed)).scalar_one() - before >= NOTHING_DONE)
