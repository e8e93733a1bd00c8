"""A store that is full, locked, slow, read-only or cut off: said in words, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import zoneinfo
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # has no types
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.cli import app
from bot.model.channel import Schedule, Slot
from bot.store import channels, outbox, schema
from bot.store import database as store
from bot.store.database import Database, DatabaseError
from bot.store.deciding import Decision, decide
from bot.store.migrate import migrate
from bot.store.silent import end_silent
from tests.conftest import new_database
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.relay import Relay
from tests.fakes.slack import FakeSlack
from tests.scenario.kills import due_channels, environment, life, stock, until

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24


async def plan(database: Database) -> Slot:
    """Make a channel with a schedule; return a slot of it."""
    async with database.write() as connection:
        place = await channels.save_channel(
            connection, platform="board", workspace="W", address="news", name="news", now=NOW
        )
        made = await channels.save_schedule(
            connection, Schedule(id=0, channel_id=place.id, at=time(7), zone="UTC", since=NOW)
        )
    return Slot(schedule_id=made.id, channel_id=place.id, local_date=NOW.date(), due_at=NOW)


async def put_in(database: Database, slot: Slot) -> bool:
    """Store a digest of much text."""
    async with database.write() as connection:
        decision = Decision(
            slot=slot,
            decision="posted",
            covers_until=NOW,
            payloads=[{"text": "long " * 2000}] * 40,
            article_ids=["a", "b"],
        )
        return (await decide(connection, [decision], NOW))[0]


async def rows(database: Database) -> tuple[int, int]:
    """Count decisions and messages."""
    async with database.read() as connection:
        return len(await outbox.decisions(connection)), len(await outbox.overview(connection))


async def test_a_full_disk_stores_nothing_half_done_and_goes_on_when_there_is_room(
    database: Database,
) -> None:
    slot = await plan(database)
    async with database.write() as connection:
        pages = (await connection.execute(sa.text("PRAGMA page_count"))).scalar_one()
        await connection.execute(sa.text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DatabaseError, match=r"is full.*Make room"):
        await put_in(database, slot)
    assert await rows(database) == (0, 0)
    async with database.write() as connection:
        await connection.execute(sa.text("PRAGMA max_page_count = 1000000"))
    assert await put_in(database, slot)
    assert await rows(database) == (1, 40)


async def test_a_locked_database_is_waited_for(database: Database) -> None:
    slot = await plan(database)
    assert database.path is not None
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(0.2, other.execute, "COMMIT")
        assert await put_in(database, slot)


async def test_a_database_locked_for_long_is_said_and_nothing_half_done(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = await plan(database)
    assert database.path is not None
    monkeypatch.setattr(store, "BUSY_TIMEOUT_MS", 50)
    impatient = Database(str(database.url))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"locked.*Another program"):
            await put_in(impatient, slot)
        other.execute("COMMIT")
    assert await put_in(impatient, slot), "it works again by itself"
    await impatient.close()


async def test_a_running_bot_whose_disk_is_full_says_so_and_posts_when_there_is_room(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        room = slack.add_channel().id
        env = environment(tmp_path, slack, None)
        await stock(f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}")
        async with life(env) as bot:
            await bot.until("database copied")
            await slack.connected()
            pid = bot.process.pid
            # From here on the bot's files cannot grow: what is due cannot be stored, so it is not posted.
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
            await due_channels(tmp_path, "slack", [room])
            await bot.until("failed, to be started again")
            assert "Traceback" not in json.loads(bot.lines[-1])["event"]
            assert slack.posted(room) == []
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            assert await until(lambda: len(slack.posted(room)) == 1, within_s=40)
            assert await bot.end(signal.SIGTERM) == 0
        assert len(slack.posted(room)) == 1


def powerless() -> None:
    """Take from a child of root the right to write what is read-only; others never had it."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError("the capability cannot be dropped")


def run_powerless(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the shell for which read-only means read-only."""
    try:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=env,
            cwd=env["HOME"],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            preexec_fn=powerless,
        )
    except subprocess.SubprocessError as error:
        pytest.skip(f"root cannot be made powerless here: {error}")


@pytest.mark.parametrize("closed", ["the file", "the folder"])
async def test_a_read_only_place_is_said_with_what_to_do(tmp_path: Path, closed: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = environment(home, None, None) | {"HOME": str(tmp_path), "DISCORD_TOKEN": "made-up"}
    await stock(f"sqlite+aiosqlite:///{home / 'nutgraf.db'}")
    (home / "nutgraf.db").chmod(0o400)
    if closed == "the folder":
        home.chmod(0o500)
    result = await asyncio.to_thread(run_powerless, env, "run")
    home.chmod(0o700)
    assert result.returncode == 1
    assert "nutgraf.db" in result.stderr
    assert "writable" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a bot with a token, which runs in this process."""
    monkeypatch.chdir(tmp_path)
    for name, value in environment(tmp_path, None, None).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DISCORD_TOKEN", "made-up")
    return tmp_path


def said(*words: str, code: int) -> str:
    """Run a command of the shell that ends with a code; return what it says."""
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


@pytest.mark.parametrize("words", [("run",), ("articles",), ("migrate",)])
def test_a_folder_in_the_place_of_the_database_is_said(home: Path, words: tuple[str, ...]) -> None:
    (home / "nutgraf.db").mkdir()
    assert "nutgraf.db" in said(*words, code=1)


@pytest.mark.parametrize("words", [("run",), ("articles",)])
def test_a_home_that_cannot_be_made_is_said(
    home: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("in the way")
    for place in ("/proc/nutgraf/home", str(home / "file" / "home")):
        monkeypatch.setenv("NUTGRAF_HOME", place)
        assert "NUTGRAF_HOME" in said(*words, code=1)


def test_a_taken_port_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("HTTP_PORT", str(taken.getsockname()[1]))
        assert "HTTP_PORT" in said("run", code=2)
    assert (home / "nutgraf.db").exists()


@pytest.mark.usefixtures("home")
def test_without_the_machines_time_zones_the_bots_own_are_used() -> None:
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    try:
        said("channel", "add", "console", "news", "--at", "08:00 America/Argentina/Ushuaia", code=0)
        assert "Ushuaia" in said("channel", "list", code=0)
    finally:
        zoneinfo.reset_tzpath()


def test_a_database_of_a_newer_program_is_not_run_on(home: Path) -> None:
    said("migrate", code=0)
    with closing(sqlite3.connect(home / "nutgraf.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer" in said("run", code=1)
    with closing(sqlite3.connect(home / "nutgraf.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


async def test_a_bot_that_stands_still_in_a_statement_holds_nothing_back(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await new_database(server)
    bot = Database(address)
    await migrate(bot)
    slot = await plan(bot)
    monkeypatch.setattr(store, "PAUSED_MS", 200)
    still = await asyncpg.connect(
        address.replace("+asyncpg", ""), server_settings={"application_name": store.SESSION}
    )
    await still.execute("BEGIN")
    await still.execute("UPDATE channels SET name = 'still'")
    await still.prepare("SELECT 1")  # announced, and never run

    async def rename() -> None:
        async with bot.write() as connection:
            await connection.execute(sa.update(schema.channels).values(name="renamed"))

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        renaming = group.create_task(rename())
        while not renaming.done():
            await end_silent(bot)
            await asyncio.wait([renaming], timeout=0.05)
    still.terminate()
    async with bot.read() as connection:
        assert (await channels.channel_by_id(connection, slot.channel_id)).name == "renamed"
    await bot.close()


async def test_a_store_slow_for_4_s_delays_no_acknowledgement_and_doubles_nothing(
    server: str, tmp_path: Path
) -> None:
    address = await new_database(server)
    url = sa.make_url(address)
    assert url.host is not None
    assert url.port is not None
    async with FakeSlack() as slack, FakeDiscord() as discord, Relay(url.host, url.port) as relay:
        room, channel = slack.add_channel().id, discord.add_channel()
        through = url.set(port=relay.port).render_as_string(hide_password=False)
        env = environment(tmp_path, slack, discord) | {"DATABASE_URL": through}
        await stock(address)
        async with life(env) as bot:
            await bot.until('"running"')
            await slack.connected()
            await due_channels(tmp_path, "slack", [room], address)
            await due_channels(tmp_path, "discord", [channel.id], address)
            relay.hold(4)
            asked = await slack.command("/related", "harbour opens")
            assert asked.acknowledged
            assert await until(lambda: len(slack.posted(room)) == len(channel.messages) == 1, within_s=40)
            assert "The harbour opens" in json.dumps((await asked.message()).body)
            relay.cut()
            later = slack.add_channel().id
            await due_channels(tmp_path, "slack", [later], address)
            assert await until(lambda: len(slack.posted(later)) == 1, within_s=60), "it connects again"
            assert await bot.end(signal.SIGTERM) == 0
        assert [len(slack.posted(place)) for place in (room, later)] == [1, 1]
        assert len(channel.messages) == 1
