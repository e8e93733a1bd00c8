"""Copies of the database, damage found at the start, and the backup that takes the damaged file's place."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model.channel import Schedule, Slot
from bot.store import channels, notes, outbox
from bot.store.database import Database, DatabaseError
from bot.store.deciding import Decision, decide
from bot.store.migrate import migrate
from bot.store.safekeeping import backup_of, copy, damaged_files, faults, mend, put_back
from tests.steps import step_back

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database with one channel, closed."""
    store = Database(f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}")
    await migrate(store)
    async with store.write() as connection:
        await channels.save_channel(
            connection, platform="board", workspace="W", address="news", name="news", now=NOW
        )
    await store.close()
    return tmp_path / "nutgraf.db"


def overwrite(path: Path, start: int, words: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(words)


def content(path: Path | None) -> bytes:
    return path.read_bytes() if path is not None and path.exists() else b""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def names(path: Path) -> list[str]:
    store = Database(f"sqlite+aiosqlite:///{path}")
    async with store.read() as connection:
        found = [channel.name for channel in await channels.all_channels(connection)]
    await store.close()
    return found


async def gap(path: Path) -> datetime | None:
    store = Database(f"sqlite+aiosqlite:///{path}")
    async with store.read() as connection:
        found = await notes.gap_until(connection)
    await store.close()
    return found


async def test_a_copy_is_sound_private_and_one_file_even_beside_a_writer(path: Path) -> None:
    store = Database(f"sqlite+aiosqlite:///{path}")
    async with store.write() as connection:
        await channels.save_channel(
            connection, platform="board", workspace="W", address="half", name="half done", now=NOW
        )
        copy(path, backup_of(path))
    await store.close()
    assert faults(backup_of(path)) == ""
    assert stat.S_IMODE(backup_of(path).stat().st_mode) == 0o600
    assert await names(backup_of(path)) == ["news"]
    assert sorted(file.name for file in path.parent.iterdir()) == ["nutgraf.db", "nutgraf.db.backup"]


def test_a_copy_that_fails_leaves_the_older_one(path: Path) -> None:
    copy(path, backup_of(path))
    before = backup_of(path).read_bytes()
    overwrite(path, 0, b"this is no database any more")
    with pytest.raises(DatabaseError, match="not a database"):
        copy(path, backup_of(path))
    assert backup_of(path).read_bytes() == before
    assert not list(path.parent.glob("*.part"))


def test_a_damaged_page_is_not_copied_over_a_good_backup(path: Path) -> None:
    copy(path, backup_of(path))
    before = backup_of(path).read_bytes()
    overwrite(path, path.stat().st_size // 2, b"\xff" * 8192)
    with pytest.raises(DatabaseError):
        copy(path, backup_of(path))
    assert backup_of(path).read_bytes() == before


def test_a_sound_database_and_none_at_all_are_left_alone(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert mend(path, NOW, died=False) is None
    assert path.read_bytes() == before
    assert mend(tmp_path / "new.db", NOW, died=False) is None


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: overwrite(path, 0, b"this is no database any more"),
    "pages overwritten": lambda path: overwrite(path, 4096, b"\xff" * 40_000),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:20_000]),
    "emptied": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_the_backup_takes_the_place_of_a_damaged_file_which_is_kept(path: Path, damage: str) -> None:
    copy(path, backup_of(path))
    DAMAGES[damage](path)
    ruin = content(path)
    mended = mend(path, NOW, died=True)
    assert mended is not None
    assert str(path) in mended.words
    if ruin:
        assert mended.kept in damaged_files(path)
        assert content(mended.kept) == ruin
    assert await names(path) == ["news"]
    assert await gap(path) == NOW
    assert faults(backup_of(path)) == ""
    assert mode(path) == 0o600
    assert mend(path, NOW + HOUR, died=False) is None, "mended once"


@pytest.mark.parametrize("damage", ["no database", "pages overwritten", "cut short"])
@pytest.mark.parametrize("backup", ["none", "damaged too"])
def test_without_a_sound_backup_the_file_is_left_and_the_way_out_is_said(
    path: Path, damage: str, backup: str
) -> None:
    DAMAGES[damage](path)
    if backup == "damaged too":
        backup_of(path).write_bytes(b"no database either " * 100)
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="nutgraf restore"):
        mend(path, NOW, died=True)
    assert path.read_bytes() == before
    assert damaged_files(path) == ()


def test_a_file_that_cannot_be_opened_is_not_taken_for_damaged(path: Path) -> None:
    copy(path, backup_of(path))
    path.unlink()
    path.mkdir()
    with pytest.raises(DatabaseError, match="cannot be read"):
        mend(path, NOW, died=True)
    assert path.is_dir()


def dead(path: Path, rows: int = 1) -> Path:
    """Return a copy of a database as a process leaves it that dies with its writes in the log."""
    copied = path.with_name("dead.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        for row in range(rows):
            connection.execute("INSERT INTO notes VALUES (?, 1)", (f"late {row}",))
            connection.commit()
        for suffix in ("", "-wal", "-shm"):
            shutil.copyfile(path.with_name(path.name + suffix), copied.with_name(copied.name + suffix))
    return copied


async def test_writes_in_the_log_of_a_dead_process_are_taken_in(path: Path) -> None:
    copied = dead(path)
    assert mend(copied, NOW, died=True) is None
    with closing(sqlite3.connect(copied)) as connection:
        assert connection.execute("SELECT name FROM notes").fetchall() == [("late 0",)]
    assert await gap(copied) is None


@pytest.mark.parametrize("left", [None, b"", b"\x00" * 4096])
async def test_a_lost_log_is_missed_and_the_gap_noted(path: Path, left: bytes | None) -> None:
    copied = dead(path)
    log = copied.with_name("dead.db-wal")
    log.unlink()
    if left is not None:
        log.write_bytes(left)
    mended = mend(copied, NOW, died=True)
    assert mended is not None
    assert "dead.db-wal" in mended.words
    assert await gap(copied) == NOW


def posted(slot: Slot) -> Decision:
    return Decision(slot=slot, decision="posted", covers_until=NOW, payloads=[{}])


def slot(day: int, plan: Schedule) -> Slot:
    due = datetime(2026, 5, day, 6, tzinfo=UTC)
    return Slot(schedule_id=plan.id, channel_id=plan.channel_id, local_date=due.date(), due_at=due)


async def test_what_was_due_before_the_gap_is_looked_up_from_its_hour_on(path: Path) -> None:
    store = Database(f"sqlite+aiosqlite:///{path}")
    async with store.write() as connection:
        (place,) = await channels.all_channels(connection)
        plan = await channels.save_schedule(
            connection,
            Schedule(id=0, channel_id=place.id, at=NOW.time(), zone="UTC", since=NOW - 99 * HOUR),
        )
        for day in (10, 11):
            await decide(connection, [posted(slot(day, plan))], NOW)
        await outbox.claim(connection, platform="board", owner="dead", lease_s=60, now=NOW)
    await store.close()
    copy(path, path.with_name("old.db"))
    put_back(path.with_name("old.db"), path, NOW, kind="kept")
    store = Database(f"sqlite+aiosqlite:///{path}")
    async with store.write() as connection:
        for day in (12, 13):
            await decide(connection, [posted(slot(day, plan))], NOW + 48 * HOUR)
        looked_up = {}
        for _ in range(4):
            (one,) = await outbox.claim(
                connection, platform="board", owner="me", lease_s=60, now=NOW + 48 * HOUR
            )
            looked_up[one.local_date.day] = (one.maybe_posted, one.created_at)
            await outbox.mark_sent(connection, one, ["m"], NOW + 48 * HOUR)
    await store.close()
    assert looked_up == {
        10: (True, NOW),
        11: (True, NOW),
        12: (True, slot(12, plan).due_at),
        13: (False, NOW + 48 * HOUR),
    }


async def test_a_file_is_copied_before_its_schema_changes(path: Path) -> None:
    store = Database(f"sqlite+aiosqlite:///{path}")
    await step_back(store, "0002")
    await store.close()
    store = Database(f"sqlite+aiosqlite:///{path}")
    assert (await migrate(store))[0] == "0002"
    await store.close()
    copied = path.with_name("nutgraf.db.at-0002")
    assert stat.S_IMODE(copied.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copied)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    assert await names(path) == ["news"]


async def test_a_backup_of_an_older_step_can_be_put_back_and_migrated(path: Path) -> None:
    store = Database(f"sqlite+aiosqlite:///{path}")
    await step_back(store, "0002")
    await store.close()
    copy(path, path.with_name("old.db"))
    put_back(path.with_name("old.db"), path, NOW, kind="kept")
    store = Database(f"sqlite+aiosqlite:///{path}")
    await migrate(store)
    await store.close()
    assert await gap(path) == NOW
