"""Sessions on PostgreSQL whose process was stopped in the middle of a statement: they are ended.

The driver announces a statement before it runs it. A process that is stopped between the two is busy for the
server, not idle, and no limit of the server's before version 17 ends its transaction: the rows it wrote would
be held back from the other bots for as long as it stands.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import database
from bot.store.database import Database


async def end_silent(store: Database) -> int:
    """End the sessions of stopped processes; return how many there were, always 0 on SQLite.

    A session is silent when it was announced a statement, and nothing came since for `PAUSED_MS`.
    """
    if store.dialect != "postgresql":
        return 0
    query = sa.text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = current_user AND application_name = :ours"
        " AND state = 'active' AND wait_event = 'ClientRead'"
        " AND state_change < clock_timestamp() - make_interval(secs => :seconds)"
    )
    values = {"ours": database.SESSION, "seconds": database.PAUSED_MS / 1000}
    async with store.read() as connection:
        return int((await connection.execute(query, values)).scalar_one())
