"""What many tests need: a store of their own, and a clock that moves only when told."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.clock import ManualClock
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fakes.postgres import binaries, postgres

MORNING = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
NUMBERS = itertools.count()

both_engines = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
"""Marks tests that must hold on both databases; PostgreSQL's are skipped where it is not installed."""


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at 7:00 UTC on 12 May 2026."""
    return ManualClock(MORNING)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres() as address:
        yield address


@pytest.fixture
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A new store: SQLite in a file of its own, or what the test's mark asks for."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"
    if getattr(request, "param", "sqlite") == "postgresql":
        url = await new_database(request.getfixturevalue("server"))
    store = Database(url)
    await migrate(store)
    yield store
    await store.close()


async def new_database(address: str) -> str:
    """Make an empty database on the server; return its address."""
    name = f"test{next(NUMBERS)}"
    engine = create_async_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return f"{address}/{name}"
