"""A database that is damaged, restored or lacks its last writes: the bot goes on and posts nothing twice."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.discord_server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.kills import Life, due_channels, environment, life, shell, stock, until


@dataclass
class World:
    """Two platforms with a channel each that owes a digest, and the home of a bot."""

    slack: FakeSlack
    discord: FakeDiscord
    env: dict[str, str]
    home: Path

    @property
    def database(self) -> Path:
        """The bot's database file."""
        return self.home / "nutgraf.db"

    def counts(self) -> tuple[int, int]:
        """Count the messages on Slack and on Discord."""
        posted = sum(len(room.messages) for room in self.slack.workspace.rooms.values())
        return posted, sum(len(channel.messages) for channel in self.discord.state.channels.values())

    async def posted(self) -> None:
        """Wait until each has its digest."""
        assert await until(lambda: self.counts() == (1, 1), within_s=60)

    def damage(self) -> None:
        """Overwrite the beginning of the database, as a failing disk does."""
        with self.database.open("r+b") as file:
            file.write(b"nothing of use any more " * 1000)

    def forget(self) -> None:
        """Remove what SQLite keeps beside the database, as careless tidying does."""
        self.database.with_name("nutgraf.db-wal").unlink()
        self.database.with_name("nutgraf.db-shm").unlink(missing_ok=True)

    def kept(self) -> list[Path]:
        """Return the damaged files that were put aside."""
        return list(self.home.glob("nutgraf.db.*.damaged"))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with FakeSlack() as slack, FakeDiscord() as discord:
        room, channel = slack.add_channel().id, discord.add_channel()
        env = environment(tmp_path, slack, discord)
        await stock(f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}")
        await due_channels(tmp_path, "slack", [room])
        await due_channels(tmp_path, "discord", [channel.id])
        yield World(slack, discord, env, tmp_path)


async def health(bot: Life) -> tuple[int, dict[str, object]]:
    """Wait until the bot runs, and ask it how it is."""
    await bot.until('"running"')
    address = re.search(r'"health": "([^"]+)"', bot.lines[-1])
    assert address is not None
    async with aiohttp.ClientSession() as session, session.get(address[1]) as answer:
        return answer.status, await answer.json()


async def looked_up(bot: Life) -> None:
    """Wait until both digests were found where they are."""
    for _ in range(2):
        await bot.until("was posted already")


async def test_a_damaged_file_is_kept_the_backup_used_and_nothing_posted_again(world: World) -> None:
    async with life(world.env) as bot:
        await bot.until("database copied")
        await world.posted()
        assert await bot.end(signal.SIGTERM) == 0
    world.damage()
    async with life(world.env) as bot:
        await bot.until("the database was mended")
        told = json.loads(bot.lines[-1])["what"]
        status, report = await health(bot)
        await looked_up(bot)
        assert await bot.end(signal.SIGTERM) == 0
    assert status == 200, "it works"
    assert report["troubles"] == {"database": told}
    assert world.counts() == (1, 1)
    (kept,) = world.kept()
    assert str(kept) in told
    code, out, _ = await shell(world.env, "doctor")
    assert code == 1
    assert str(kept) in out


async def test_writes_lost_with_a_killed_process_are_missed_and_nothing_is_posted_again(world: World) -> None:
    async with life(world.env) as bot:
        await world.posted()
        await bot.until('"posted"')
        await bot.until('"posted"')
        await bot.end(signal.SIGKILL)
    world.forget()
    async with life(world.env) as bot:
        await bot.until("the database was mended")
        status, report = await health(bot)
        assert status == 200
        assert "nutgraf.db-wal" in json.dumps(report["troubles"])
        await bot.until("was posted already")
        await bot.until("was posted already")
        assert await bot.end(signal.SIGTERM) == 0
    assert world.counts() == (1, 1)


async def test_a_backup_put_back_by_hand_posts_nothing_again(world: World) -> None:
    assert (await shell(world.env, "backup", "copy.db"))[0] == 0
    async with life(world.env) as bot:
        await world.posted()
        refused = await shell(world.env, "restore", "copy.db")
        assert refused[0] == 1
        assert "already runs" in refused[2]
        assert await bot.end(signal.SIGTERM) == 0
    assert (await shell(world.env, "restore", "copy.db"))[0] == 0
    async with life(world.env) as bot:
        await looked_up(bot)
        assert await bot.end(signal.SIGTERM) == 0
    assert world.counts() == (1, 1)


async def test_a_killed_bot_and_a_command_after_it_make_no_false_alarm(world: World) -> None:
    async with life(world.env) as bot:
        await world.posted()
        await bot.end(signal.SIGKILL)
    assert (await shell(world.env, "articles"))[0] == 0  # closes the database, and tidies the log into it
    async with life(world.env) as bot:
        status, report = await health(bot)
        assert (status, report["troubles"]) == (200, {})
        assert await bot.end(signal.SIGTERM) == 0
    assert world.counts() == (1, 1)


async def test_without_a_backup_it_ends_and_the_file_is_untouched(world: World) -> None:
    world.damage()
    before = world.database.read_bytes()
    code, _, err = await shell(world.env, "run")
    assert code == 1
    assert "nutgraf restore" in err
    assert "Traceback" not in err
    assert world.database.read_bytes() == before
    assert world.kept() == []
