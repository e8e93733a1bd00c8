"""What many tests need: a store of their own, and a clock that moves only when told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.store.database import Database
from bot.store.migrate import migrate

MORNING = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at 7:00 UTC on 12 May 2026."""
    return ManualClock(MORNING)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A new SQLite store in a file of its own."""
    store = Database(f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}")
    await migrate(store)
    yield store
    await store.close()
