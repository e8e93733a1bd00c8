"""Bring a database to the schema of this program, or say why it cannot be done."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store.database import Database, DatabaseError


async def migrate(database: Database) -> tuple[str | None, str]:
    """Run the missing steps in one transaction; a database that is up to date is left alone.

    Returns:
        The revision before and after; the first is None for a new database.

    Raises:
        DatabaseError: the database was written by a newer program.
    """
    async with database.write() as connection:
        return await connection.run_sync(_upgrade)


def _upgrade(connection: sa.Connection) -> tuple[str | None, str]:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store") / "migrations"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    head = script.get_current_head()
    if head is None:
        raise DatabaseError("This installation holds no database steps: install Nutgraf again.")
    before = MigrationContext.configure(connection).get_current_revision()
    if before not in {None, *(step.revision for step in script.walk_revisions())}:
        raise DatabaseError(
            f"The database is at step {before}, which this program does not know: it was written by a newer "
            "Nutgraf. Start that version again, or restore a backup made before the change."
        )
    if before != head:
        command.upgrade(config, "head")
    return before, head
