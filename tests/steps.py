"""Takes a database back to an earlier step, as a program of that time left it."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.store.database import Database


async def step_back(store: Database, to: str) -> None:
    """Run the steps backwards, down to a revision or to "base"."""
    async with store.write() as connection:
        await connection.run_sync(_downgrade, to)


def _downgrade(connection: sa.Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store") / "migrations"))
    config.attributes["connection"] = connection
    command.downgrade(config, to)
