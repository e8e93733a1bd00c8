"""Two bots on one PostgreSQL, one of them paused past its leases: the other takes over, none is doubled."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from yarl import URL

from tests.conftest import new_database
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.relay import Relay
from tests.fakes.slack import FakeSlack
from tests.scenario.kills import Life, due_channels, environment, life, stock, until

LEASE_S = 3.0
CHANNELS = 20


@dataclass
class Twins:
    """Two bots, the first of which reaches Slack by a wire, and the channels that they serve together."""

    slack: FakeSlack
    wire: Relay
    discord: FakeDiscord
    bots: tuple[Life, Life]
    home: Path
    address: str
    dice: random.Random
    rooms: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)

    def on_slack(self) -> Counter[str]:
        """Count the messages of each Slack channel."""
        return Counter({room: len(self.slack.posted(room)) for room in self.rooms})

    def on_discord(self) -> Counter[str]:
        """Count the messages of each Discord channel."""
        return Counter({place: len(self.discord.state.channels[place].messages) for place in self.channels})

    def total(self) -> int:
        """Count all messages."""
        return self.on_slack().total() + self.on_discord().total()

    def whole(self) -> bool:
        """Tell whether every channel has its digest."""
        return all(self.on_slack().values()) and all(self.on_discord().values())

    async def more(self) -> None:
        """Have more channels owe a digest."""
        rooms = [self.slack.add_channel().id for _ in range(CHANNELS)]
        guild = self.discord.add_guild()
        channels = [self.discord.add_channel(guild).id for _ in range(CHANNELS)]
        await due_channels(self.home, "slack", rooms, self.address)
        await due_channels(self.home, "discord", channels, self.address)
        self.rooms += rooms
        self.channels += channels

    async def pause(self) -> None:
        """Stop one bot in the middle of its work, until its leases are over and the other one is done."""
        before = self.total()
        await self.more()
        one = self.dice.choice(self.bots).process
        more = self.dice.randint(0, CHANNELS)
        assert await until(lambda: self.total() > before + more, within_s=30)
        await asyncio.sleep(self.dice.random() * 0.02)
        one.send_signal(signal.SIGSTOP)
        await self.taken_over(one)

    async def pause_connecting(self) -> None:
        """Stop the one with the wire as it opens its connections to Slack, with a message for each."""
        one, other = (bot.process for bot in self.bots)
        other.send_signal(signal.SIGSTOP)  # so that every message is the first one's
        stopped = asyncio.Event()
        before = self.dice.randrange(8)

        def opened() -> None:
            nonlocal before
            before -= 1
            if before == -1:
                one.send_signal(signal.SIGSTOP)
                stopped.set()

        self.wire.opened = opened
        await self.more()
        await asyncio.wait_for(stopped.wait(), 30)
        other.send_signal(signal.SIGCONT)
        await self.taken_over(one)

    async def taken_over(self, one: asyncio.subprocess.Process) -> None:
        """Wait until the other bot has done all, and have the one that was stopped go on."""
        if not await until(self.whole, within_s=LEASE_S + 60):
            pytest.fail(f"the other does not take over:\n{await self.last_words()}")
        one.send_signal(signal.SIGCONT)

    async def last_words(self) -> str:
        """End both and return what they logged last."""
        for bot in self.bots:
            await bot.end(signal.SIGKILL)
        return "\n\n".join("\n".join("".join(bot.lines).splitlines()[-40:]) for bot in self.bots)


def relay(slack: FakeSlack) -> Relay:
    """Return a wire to Slack."""
    url = URL(slack.api_url)
    return Relay(str(url.host), url.port or 0)


@pytest.fixture
async def twins(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Twins]:
    address = await new_database(server)
    async with FakeSlack() as slack, FakeDiscord() as discord, relay(slack) as wire:
        env = environment(tmp_path, slack, discord) | {"DATABASE_URL": address}
        await stock(address)
        program = ("tests.scenario.twin", str(LEASE_S))
        by_wire = env | {"SLACK_API_URL": f"http://127.0.0.1:{wire.port}/api/"}
        async with life(by_wire, program) as first, life(env, program) as second:
            await first.until('"running"')
            await second.until('"running"')
            yield Twins(
                slack, wire, discord, (first, second), tmp_path, address, random.Random(request.param)
            )


async def check(twins: Twins, pauses: int, *, connecting: bool = False) -> int:
    """Pause so often; return how many messages on Slack are doubled."""
    for _ in range(pauses):
        await (twins.pause_connecting() if connecting else twins.pause())
    for bot in twins.bots:
        assert await bot.end(signal.SIGTERM) == 0, "".join(bot.lines[-20:])
    assert set(twins.on_discord().values()) == {1}
    assert min(twins.on_slack().values()) == 1
    return twins.on_slack().total() - len(twins.rooms)


@pytest.mark.parametrize("twins", [1], indirect=True)
async def test_a_bot_paused_past_its_leases_doubles_nothing(twins: Twins) -> None:
    assert await check(twins, pauses=1) <= 1


@pytest.mark.parametrize("twins", [2], indirect=True)
async def test_a_bot_paused_while_it_connects_for_many_messages_doubles_none_of_them(twins: Twins) -> None:
    assert await check(twins, pauses=1, connecting=True) <= 1


@pytest.mark.nightly
@pytest.mark.parametrize("twins", range(10, 20), indirect=True)
async def test_a_hundred_pauses(twins: Twins, capsys: pytest.CaptureFixture[str]) -> None:
    doubled = await check(twins, pauses=10)
    with capsys.disabled():
        sys.stdout.write(f"\n10 pauses: {doubled} doubled on Slack, 0 on Discord\n")
    assert doubled <= 10
