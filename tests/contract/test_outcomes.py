"""One table of what becomes of a message, for all platforms that post over a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from yarl import URL

from bot.model.delivery import CannotTell, HeldBack, Later, Never, NeverReason, NotThere, Payload, Sent
from tests.contract.stages import DiscordStage, SlackStage, Stage
from tests.contract.views import EXAMPLES
from tests.fakes.relay import Relay

Network = SlackStage | DiscordStage


@dataclass(frozen=True)
class Expected:
    """What a fault means.

    Attributes:
        posted: how many messages people see in the end.
        never: the reason, when no retry helps.
        unknown: otherwise: the message may be there.
        after_s: otherwise: the least wait.
    """

    posted: int = 0
    never: NeverReason | None = None
    unknown: bool = False
    after_s: float = 0


TABLE = {
    "gone": Expected(never=NeverReason.CHANNEL_GONE),
    "archived": Expected(never=NeverReason.ARCHIVED),
    "no permission": Expected(never=NeverReason.NO_PERMISSION),
    "bad token": Expected(never=NeverReason.BAD_TOKEN),
    "rate limit": Expected(after_s=7),
    "cut before": Expected(unknown=True),
    "cut after": Expected(unknown=True, posted=1),
    "500": Expected(unknown=True),
    "502 after": Expected(unknown=True, posted=1),
}


def message(stage: Stage) -> Payload:
    return stage.platform.render(EXAMPLES["digest"])[0]


async def test_a_message_that_is_posted_has_the_platforms_id(network: Network) -> None:
    outcome = await network.platform.send(network.delivery(message(network)))
    assert outcome == Sent(tuple(network.id_of(posted) for posted in network.posted()))
    assert len(network.posted()) == 1


@pytest.mark.parametrize("fault", TABLE)
async def test_each_fault_means_the_same_everywhere(network: Network, fault: str) -> None:
    network.inflict(fault)
    expected = TABLE[fault]
    outcome = await network.platform.send(network.delivery(message(network)))
    assert len(network.posted()) == expected.posted
    if expected.never is not None:
        assert isinstance(outcome, Never)
        assert outcome.reason == expected.never
        assert outcome.detail
    else:
        assert isinstance(outcome, Later)
        assert outcome.unknown == expected.unknown
        assert outcome.after_s >= expected.after_s
        assert outcome.reason


async def test_a_message_that_the_platform_cannot_take_is_refused_for_good(network: Network) -> None:
    outcome = await network.platform.send(network.delivery({}))
    assert isinstance(outcome, Never)
    assert outcome.reason == NeverReason.REFUSED


async def test_nobody_answers_at_the_address(network: Network) -> None:
    body = message(network)
    await network.fake.__aexit__(None, None, None)
    outcome = await network.platform.send(network.delivery(body))
    assert isinstance(outcome, Later)
    assert outcome.whole_platform
    assert not outcome.unknown


@pytest.mark.parametrize("fault", ["cut after", "502 after"])
async def test_what_was_accepted_before_the_line_broke_is_found(network: Network, fault: str) -> None:
    network.say_else("something else")
    network.inflict(fault)
    await network.platform.send(network.delivery(message(network)))
    network.say_else("and more")
    found = await network.platform.find(network.delivery(message(network), attempts=1))
    assert found == Sent((network.id_of(network.posted()[1]),))


@pytest.mark.parametrize("fault", ["cut before", "500", "rate limit"])
async def test_what_was_not_accepted_is_not_found(network: Network, fault: str) -> None:
    await network.platform.send(network.delivery(message(network), "yesterday"))
    network.inflict(fault)
    await network.platform.send(network.delivery(message(network)))
    assert await network.platform.find(network.delivery(message(network), attempts=1)) == NotThere()


async def test_an_empty_channel_has_nothing(network: Network) -> None:
    assert await network.platform.find(network.delivery(message(network), attempts=1)) == NotThere()


async def test_parts_of_one_body_are_told_apart_by_their_keys(network: Network) -> None:
    keys = ("digest-1", "digest-2", "digest-3")
    for key in keys:
        await network.platform.send(network.delivery(message(network), key))
    found = [await network.platform.find(network.delivery(message(network), key)) for key in keys]
    assert found == [Sent((network.id_of(posted),)) for posted in network.posted()]
    assert len(found) == 3


async def test_without_the_right_to_read_nobody_can_tell(network: Network) -> None:
    network.inflict("cut after")
    network.inflict("no history")
    await network.platform.send(network.delivery(message(network)))
    found = await network.platform.find(network.delivery(message(network), attempts=1))
    assert isinstance(found, CannotTell)
    assert found.for_good


async def test_a_history_that_cannot_be_reached_is_asked_again(network: Network) -> None:
    network.fail_history()
    found = await network.platform.find(network.delivery(message(network), attempts=1))
    assert isinstance(found, CannotTell)
    assert not found.for_good


async def test_one_key_is_one_message_where_the_platform_can_tell(network: Network) -> None:
    first = await network.platform.send(network.delivery(message(network)))
    second = await network.platform.send(network.delivery(message(network), attempts=1))
    if isinstance(network, DiscordStage):
        assert second == first
        assert len(network.posted()) == 1
    else:  # Slack has no such key; it is the look before the second send that keeps it from being doubled
        assert await network.platform.find(network.delivery(message(network), attempts=1)) == second


async def test_what_is_posted_stays_in_its_channel(network: Network) -> None:
    await network.platform.send(network.delivery(message(network)))
    elsewhere = network.another_channel()
    assert await network.platform.find(network.delivery(message(network), to=elsewhere)) == NotThere()


async def test_what_is_no_longer_ours_connects_and_sends_not_a_byte(network: Network) -> None:
    url = URL(network.fake.api_url)
    assert url.host is not None
    assert url.port is not None
    payload = message(network)
    async with (
        Relay(url.host, url.port) as relay,
        network.elsewhere(str(url.with_port(relay.port))) as platform,
    ):
        accepted = asyncio.Event()
        relay.opened = accepted.set
        outcome = await platform.send(network.delivery(payload), lambda: False)
        await asyncio.wait_for(accepted.wait(), 10)
        assert outcome == HeldBack()
        assert relay.sent == 0
        assert network.posted() == []
        assert isinstance(await platform.send(network.delivery(payload), lambda: True), Sent)
        assert relay.sent > 0
    assert len(network.posted()) == 1


async def test_the_claim_is_asked_after_once_for_each_send(network: Network) -> None:
    asked = []

    def still_ours() -> bool:
        asked.append(len(network.posted()))
        return True

    for key in ("digest-1", "digest-2"):  # the second goes over the connection of the first
        await network.platform.send(network.delivery(message(network), key), still_ours)
    assert asked == [0, 1]
