"""The steps of the database make what the schema says, can be gone back, and gone again, on both engines."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import bot.store
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.schema import metadata
from tests.conftest import both_engines
from tests.steps import step_back

for module in pkgutil.iter_modules(bot.store.__path__, "bot.store."):
    if module.name.startswith("bot.store.schema"):
        import_module(module.name)


def differences(connection: sa.Connection) -> list[object]:
    """Return what the database has otherwise than the schema says; the full-text index has no table in it."""

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and (name or "").startswith("article_search"))

    options = {"include_name": ours, "compare_type": False}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


@both_engines
async def test_the_steps_make_the_schema(database: Database) -> None:
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


@both_engines
async def test_the_steps_can_be_gone_back_and_gone_again(database: Database) -> None:
    await step_back(database, "base")
    async with database.read() as connection:
        left = set(await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()))
    assert left <= {"alembic_version", "sqlite_sequence"}
    before, _ = await migrate(database)
    assert before is None
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
