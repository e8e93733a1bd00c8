"""Killed at any instant and started again, the bot posts every digest once: none lost, none doubled."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from tests.fakes import discord_state, slack_faults
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_state import Channel
from tests.fakes.slack import FakeSlack
from tests.scenario.kills import due_channels, environment, life, shell, until, write_articles

INSTANTS = (
    "at start",
    "when running",
    "Slack holds the post back",
    "Slack has taken the post",
    "Discord holds the post back",
    "Discord has taken the post",
    "after some posts",
)
CHANNELS = 3
"""On each platform at first, and again whenever every digest is posted: each life has something to do."""

LIVES = 12


def keys(slack: FakeSlack, rooms: list[str]) -> list[str]:
    return [
        message.body["metadata"]["event_payload"]["key"] for room in rooms for message in slack.posted(room)
    ]


def posts(slack: FakeSlack, discord: FakeDiscord) -> int:
    """Count the messages that stand on both."""
    rooms = sum(len(room.messages) for room in slack.workspace.rooms.values())
    return rooms + sum(len(channel.messages) for channel in discord.state.channels.values())


@pytest.mark.parametrize("seed", range(5))
async def test_every_digest_once_whatever_dies(tmp_path: Path, seed: int) -> None:
    await prove(tmp_path, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 184))
async def test_a_thousand_kills(tmp_path: Path, seed: int) -> None:
    await prove(tmp_path, seed)


async def prove(tmp_path: Path, seed: int) -> None:
    """Kill the bot LIVES times, then let it finish."""
    dice = random.Random(seed)
    async with FakeSlack() as slack, FakeDiscord() as discord:
        guild = discord.add_guild()
        rooms: list[str] = []
        places: list[Channel] = []

        async def owe() -> None:
            """Have some more channels owe a digest."""
            more = [slack.add_channel().id for _ in range(CHANNELS)]
            others = [discord.add_channel(guild) for _ in range(CHANNELS)]
            await due_channels(tmp_path, "slack", more)
            await due_channels(tmp_path, "discord", [one.id for one in others])
            rooms.extend(more)
            places.extend(others)

        env = environment(tmp_path, slack, discord)
        write_articles(tmp_path / "articles.jsonl")
        assert (await shell(env, "import", "articles.jsonl"))[0] == 0
        for _ in range(LIVES):
            if posts(slack, discord) == len(rooms) + len(places):
                await owe()
            await one_life(env, dice.choice(INSTANTS), dice, slack, discord)
        async with life(env) as last:
            whole = await until(lambda: posts(slack, discord) >= len(rooms) + len(places), within_s=60)
            await last.until("running")
            code = await last.end(signal.SIGTERM)
        assert whole, "a digest is missing"
        assert code == 0, "".join(last.lines)
        assert [len(slack.posted(room)) for room in rooms] == [1] * len(rooms)
        assert [len(channel.messages) for channel in places] == [1] * len(places)
        assert len(set(keys(slack, rooms))) == len(rooms)


async def one_life(
    env: dict[str, str], instant: str, dice: random.Random, slack: FakeSlack, discord: FakeDiscord
) -> None:
    """Start the bot and kill it at an instant."""
    before = posts(slack, discord)
    taken = instant.endswith("taken the post")
    if instant.startswith("Slack"):
        slack.fail("post", slack_faults.hang(accepted=taken))
    elif instant.startswith("Discord"):
        discord.fail("post", discord_state.hang(accepted=taken))
    async with life(env) as bot:
        match instant:
            case "at start":
                await asyncio.sleep(dice.random())
            case "when running":
                await bot.until("running")
            case "after some posts":
                more = dice.randint(1, 3)
                await until(lambda: posts(slack, discord) >= before + more, within_s=8)
            case _:
                await until(lambda: posts(slack, discord) > before, within_s=8)
        await bot.end(signal.SIGKILL)
    slack.workspace.faults.clear()
    discord.state.faults.clear()
