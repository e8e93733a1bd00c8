"""Every fault of the way to a platform, on a working outbox: one message a channel, the others on time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.delivery.outbox import Outbox
from bot.delivery.port import Platform
from bot.model.channel import Schedule, Slot
from bot.model.view import Notice
from bot.platforms.discord import rest
from bot.store import channels
from bot.store.database import Database
from bot.store.deciding import Decision, decide
from tests.contract.stages import START
from tests.fakes import discord_state, slack_faults
from tests.fakes.discord_newsroom import Newsroom, platform_of
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_listening import Desk, made

CHANNELS = 5
HASTY_S = 0.15


@dataclass
class Place:
    """A platform, its other side and the channels there, each with a digest in the outbox.

    Attributes:
        clock: of the bot.
    """

    name: str
    fake: FakeSlack | FakeDiscord
    platform: Platform
    database: Database
    clock: ManualClock = field(default_factory=lambda: ManualClock(START))
    addresses: list[str] = field(default_factory=list)
    box: Outbox | None = None

    async def put_in(self) -> None:
        """Store a digest for each of some new channels."""
        for _ in range(CHANNELS):
            self.addresses.append(self.fake.add_channel().id)
            async with self.database.write() as connection:
                place = await channels.save_channel(
                    connection,
                    platform=self.name,
                    workspace=self.addresses[-1],
                    address=self.addresses[-1],
                    name="news",
                    now=START,
                )
                plan = await channels.save_schedule(
                    connection,
                    Schedule(id=0, channel_id=place.id, at=START.time(), zone="UTC", since=START),
                )
                slot = Slot(schedule_id=plan.id, channel_id=place.id, local_date=START.date(), due_at=START)
                payloads = self.platform.render(Notice(title=f"The digest of {self.addresses[-1]}."))
                decision = Decision(slot=slot, decision="posted", covers_until=START, payloads=payloads)
                await decide(connection, [decision], START)
        self.box = Outbox(self.database, self.platform, clock=self.clock, owner="test", pace_s=0)

    async def round(self, wait: timedelta = timedelta(0)) -> list[int]:
        """Let time pass and the outbox work; return how many messages stand in each channel."""
        assert self.box is not None
        self.clock.advance(wait)
        await self.box.deliver_due()
        return self.counts()

    def counts(self) -> list[int]:
        """Return how many messages stand in each channel."""
        if isinstance(self.fake, FakeSlack):
            return [len(self.fake.posted(address)) for address in self.addresses]
        return [len(self.fake.state.channels[address].messages) for address in self.addresses]

    def fail(
        self, route: str, faults: tuple[slack_faults.Fault, discord_state.Fault], times: int = 1
    ) -> None:
        """Have the next calls of a route go wrong, in Slack's way or in Discord's."""
        if isinstance(self.fake, FakeSlack):
            self.fake.fail(route, faults[0], times)
        else:
            self.fake.fail(route, faults[1], times)

    def calm(self) -> None:
        """End every fault."""
        if isinstance(self.fake, FakeSlack):
            self.fake.workspace.faults.clear()
        else:
            self.fake.state.faults.clear()


@pytest.fixture(params=["slack", "discord"])
async def place(
    request: pytest.FixtureRequest, database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Place]:
    monkeypatch.setattr(rest, "_TOTAL_S", HASTY_S)  # discord.py's own client is not in play here
    async with AsyncExitStack() as stack:
        found: Place
        if request.param == "slack":
            slack = await stack.enter_async_context(FakeSlack(ManualClock(START)))
            found = Place("slack", slack, made(slack, Desk().answer, timeout_s=HASTY_S), database)
        else:
            discord = await stack.enter_async_context(FakeDiscord())
            found = Place("discord", discord, platform_of(discord, Newsroom()), database)
        stack.push_async_callback(found.platform.close)
        await found.put_in()
        yield found


ONE_FAULT: dict[str, tuple[slack_faults.Fault, discord_state.Fault]] = {
    "cut after accept": (slack_faults.cut(accepted=True), discord_state.cut(accepted=True)),
    "cut before": (slack_faults.cut(accepted=False), discord_state.cut(accepted=False)),
    "500": (slack_faults.error(500), discord_state.error(500)),
    "500 after accept": (slack_faults.error(500, accepted=True), discord_state.error(500, accepted=True)),
    "502 page": (slack_faults.error(502), discord_state.error(502)),
    "504 after accept": (slack_faults.error(504, accepted=True), discord_state.error(504, accepted=True)),
    "429": (slack_faults.rate_limit(9), discord_state.rate_limit(9)),
    "hangs": (slack_faults.hang(accepted=False), discord_state.hang(accepted=False)),
    "hangs after accept": (slack_faults.hang(accepted=True), discord_state.hang(accepted=True)),
}
"""What befalls one channel's post."""


@pytest.mark.parametrize("name", ONE_FAULT)
async def test_a_fault_at_one_channel_is_one_message_there_and_the_others_on_time(
    place: Place, name: str
) -> None:
    place.fail("post", ONE_FAULT[name])
    first, *others = await place.round()
    assert others == [1] * (CHANNELS - 1), "in the same minute"
    assert first <= 1
    for _ in range(4):
        await place.round(timedelta(seconds=20))
    assert place.counts() == [1] * CHANNELS


STORMS: dict[str, tuple[slack_faults.Fault, discord_state.Fault]] = {
    "503 for all": (slack_faults.error(503), discord_state.error(503)),
    "429 for all": (slack_faults.rate_limit(30), discord_state.rate_limit(30)),
    "429 of the whole bot": (slack_faults.rate_limit(30), discord_state.rate_limit(30, everywhere=True)),
    "a firewall's page": (slack_faults.error(403), discord_state.cloudflare_ban()),
    "cut after accept": (slack_faults.cut(accepted=True), discord_state.cut(accepted=True)),
    "nobody can post": (
        slack_faults.refusal("service_unavailable"),
        discord_state.Fault(status=302, headers={"Location": "/elsewhere"}),
    ),
    "token revoked": (
        slack_faults.refusal("token_revoked"),
        discord_state.refusal(401, 0, "401: Unauthorized"),
    ),
}
"""What befalls everybody's posts."""


@pytest.mark.parametrize("name", STORMS)
async def test_a_storm_over_all_channels_is_sat_out(place: Place, name: str) -> None:
    place.fail("post", STORMS[name], times=10_000)
    for _ in range(12):
        counts = await place.round(timedelta(minutes=11))
        assert max(counts) <= 1
    place.calm()
    for _ in range(3):
        await place.round(timedelta(minutes=11))
    assert place.counts() == [1] * CHANNELS


async def test_a_history_that_fails_too_only_delays(place: Place) -> None:
    place.fail("post", ONE_FAULT["cut after accept"])
    place.fail("history", STORMS["503 for all"], times=3)
    for _ in range(6):
        await place.round(timedelta(minutes=5))
    assert place.counts() == [1] * CHANNELS


@pytest.mark.parametrize("closed", ["gone", "archived", "can_send"])
async def test_a_closed_channel_costs_the_others_nothing(place: Place, closed: str) -> None:
    if isinstance(place.fake, FakeSlack):
        setattr(place.fake.workspace.rooms[place.addresses[0]], closed, closed != "can_send")
    else:
        setattr(place.fake.state.channels[place.addresses[0]], closed, closed != "can_send")
    assert await place.round() == [0] + [1] * (CHANNELS - 1)
    async with place.database.read() as connection:
        plans = await channels.all_schedules(connection)
    assert [plan.paused is not None for plan in plans] == [True] + [False] * (CHANNELS - 1)
