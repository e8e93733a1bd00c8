"""Bring a database to the schema of this program, or say why it cannot be done."""

from __future__ import annotations

import asyncio
from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import safekeeping
from bot.store.database import Database, DatabaseError


async def migrate(database: Database, *, to: str | None = None) -> tuple[str | None, str]:
    """Run the missing steps in one transaction; a database that is up to date is left alone.

    A file that is to be changed is copied first, to a name that tells its step, such as `nutgraf.db.at-0001`.

    Args:
        database: the store.
        to: an earlier step to bring a new database to; by default this program's.

    Returns:
        The revision before and after; the first is None for a new database.

    Raises:
        DatabaseError: the database was written by a newer program, or the copy cannot be made.
    """
    await database.probe()
    if database.path is not None:
        async with database.read() as connection:
            before, head = await connection.run_sync(_steps)
        if before not in {None, head}:
            copied = database.path.with_name(f"{database.path.name}.at-{before}")
            await asyncio.to_thread(safekeeping.copy, database.path, copied)
    async with database.write() as connection:
        return await connection.run_sync(_upgrade, to)


def _upgrade(connection: sa.Connection, to: str | None) -> tuple[str | None, str]:
    before, head = _steps(connection)
    if before != head:
        if connection.dialect.name == "postgresql":
            # A step may compute for long; nobody else can use the database before it is done.
            connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        command.upgrade(_config(connection), to or head)
    return before, to or head


def _steps(connection: sa.Connection) -> tuple[str | None, str]:
    """Return the step that a database is at, None for a new one, and the step of this program."""
    script = ScriptDirectory.from_config(_config(connection))
    head = script.get_current_head()
    if head is None:
        raise DatabaseError("This installation holds no database steps: install Nutgraf again.")
    before = MigrationContext.configure(connection).get_current_revision()
    if before not in {None, *(step.revision for step in script.walk_revisions())}:
        raise DatabaseError(
            f"The database is at step {before}, which this program does not know: it was written by a newer "
            "Nutgraf. Start that version again, or restore a backup made before the change."
        )
    return before, head


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store") / "migrations"))
    config.attributes["connection"] = connection
    return config
