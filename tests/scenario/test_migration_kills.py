"""Killed at any instant while it changes an older database, the next start finishes the change."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.migrate import migrate
from tests.scenario.kills import environment, shell, until

ROWS = 20_000
INSTANTS = ("at start", "while it is copied", "when it is copied", "while it is changed")


@pytest.fixture
async def old(tmp_path: Path) -> bytes:
    """A database as the first step left it, with channels in it; the content of its file."""
    store = Database(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")
    await migrate(store, to="0001")
    await store.close()
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO channels (platform, workspace, address, name, settings, created_at) "
            "VALUES ('board', 'W', ?, ?, '{}', 0)",
            [(f"C{row}", f"channel {row}") for row in range(ROWS)],
        )
    return content(tmp_path / "old.db")


def content(path: Path) -> bytes:
    return path.read_bytes()


def sight(home: Path, instant: str) -> Callable[[], bool]:
    """Return what is to be seen from outside at an instant."""
    match instant:
        case "while it is copied":
            return lambda: any(home.glob("*.part"))
        case "when it is copied":
            return (home / "nutgraf.db.at-0001").exists
        case "while it is changed":
            log = home / "nutgraf.db-wal"
            return lambda: log.exists() and log.stat().st_size > 0
        case _:
            return lambda: True


async def killed(env: Mapping[str, str], seen: Callable[[], bool], wait_s: float) -> bool:
    """Start `nutgraf migrate`, kill it a while after something is seen; tell whether it was at work still."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "migrate",
        env=dict(env),
        cwd=env["HOME"],
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await until(lambda: seen() or process.returncode is not None, within_s=60)
    await asyncio.sleep(wait_s)
    if process.returncode is None:
        process.send_signal(signal.SIGKILL)
    return await process.wait() == -signal.SIGKILL


def step(path: Path) -> str:
    """Return the step that a database is at."""
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)


def clear(home: Path, pattern: str) -> None:
    for left in home.glob(pattern):
        left.unlink()


async def prove(home: Path, old: bytes, dice: random.Random, kills: int) -> None:
    """Kill so many runs at work, then let one run to its end."""
    env = environment(home, None, None)
    path = home / "nutgraf.db"
    count = 0
    while count < kills:
        clear(home, "nutgraf.db*")
        path.write_bytes(old)
        while count < kills:
            instant = dice.choice(INSTANTS)
            clear(home, "nutgraf.db.at-*")
            at_work = await killed(
                env, sight(home, instant), dice.random() * (1 if instant == "at start" else 0.02)
            )
            count += at_work
            if not at_work or step(path) != "0001":
                break
    code, _, err = await shell(env, "migrate")
    assert code == 0, err
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM channels").fetchone() == (ROWS,)
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    assert {"stories", "article_search", "notes"} <= tables


async def test_a_kill_in_a_migration_loses_nothing(tmp_path: Path, old: bytes) -> None:
    await prove(tmp_path, old, random.Random(3), kills=3)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10))
async def test_a_hundred_kills_in_a_migration(tmp_path: Path, old: bytes, seed: int) -> None:
    await prove(tmp_path, old, random.Random(seed), kills=10)
