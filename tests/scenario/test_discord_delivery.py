"""Posting digests to Discord and finding them again, with everything that may go wrong on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.model.delivery import CannotTell, Later, Never, NeverReason, NotThere, Sent
from tests.fakes.discord_newsroom import Newsroom, delivery, platform_of
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_state import Channel, Fault, cloudflare_ban, cut, error, rate_limit, refusal


async def test_a_digest_is_posted_once_and_found_without_any_gateway() -> None:
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        one = delivery(channel.id, platform)
        sent = await platform.send(one)
        assert sent == Sent((channel.messages[0]["id"],))
        assert await platform.find(one) == sent
        assert await platform.send(one) == sent
        assert len(channel.messages) == 1
        assert channel.messages[0]["allowed_mentions"] == {"parse": []}
        assert await platform.find(delivery(channel.id, platform, key="2")) == NotThere()
        assert discord.gateway.identified == 0
        await platform.close()


UNKNOWN, WHOLE = True, True
FAULTS = {
    "cut after it was accepted": (cut(accepted=True), UNKNOWN, not WHOLE, 0),
    "cut before": (cut(accepted=False), UNKNOWN, not WHOLE, 0),
    "500": (error(500), UNKNOWN, not WHOLE, 0),
    "502 after it was accepted": (error(502, accepted=True), UNKNOWN, not WHOLE, 0),
    "503": (error(503), UNKNOWN, not WHOLE, 0),
    "504": (error(504), UNKNOWN, not WHOLE, 0),
    "524": (error(524), UNKNOWN, not WHOLE, 0),
    "rate limit of the channel": (rate_limit(12.5), not UNKNOWN, not WHOLE, 12.5),
    "rate limit of the bot": (rate_limit(3, everywhere=True), not UNKNOWN, WHOLE, 3),
    "ban": (cloudflare_ban(), not UNKNOWN, WHOLE, 600),
    "firewall": (Fault(status=403, body="<html>blocked</html>"), not UNKNOWN, WHOLE, 0),
    "firewall, in JSON": (
        refusal(403, 40333, "Cloudflare is blocking your request"),
        not UNKNOWN,
        WHOLE,
        600,
    ),
    "redirect": (Fault(status=302, headers={"Location": "/api/v10/gateway"}), not UNKNOWN, WHOLE, 0),
    "200 without a message": (Fault(status=200, body="<html>", accepted=True), UNKNOWN, not WHOLE, 0),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_passing_faults_are_left_to_the_outbox(name: str) -> None:
    fault, unknown, whole, least = FAULTS[name]
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        one = delivery(channel.id, platform)
        discord.fail("post", fault)
        outcome = await platform.send(one)
        assert isinstance(outcome, Later)
        assert (outcome.unknown, outcome.whole_platform, outcome.after_s) == (unknown, whole, least)
        assert len(discord.state.calls) == 1  # nothing was tried again behind the outbox's back
        found = await platform.find(one)
        assert isinstance(found, Sent if fault.accepted else NotThere)
        await platform.send(one)
        assert len(channel.messages) == 1
        await platform.close()


REFUSALS = {
    "missing access": (refusal(403, 50001, "Missing Access"), NeverReason.NO_PERMISSION),
    "unknown channel": (refusal(404, 10003, "Unknown Channel"), NeverReason.CHANNEL_GONE),
    "unknown server": (refusal(404, 10004, "Unknown Guild"), NeverReason.CHANNEL_GONE),
    "locked thread": (refusal(400, 160005, "Thread is locked"), NeverReason.ARCHIVED),
    "bad token": (refusal(401, 0, "401: Unauthorized"), NeverReason.BAD_TOKEN),
    "bad form": (refusal(400, 50035, "Invalid Form Body"), NeverReason.REFUSED),
    "wrong address": (refusal(404, 0, "404: Not Found"), NeverReason.REFUSED),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_refusals_are_final_and_say_why(name: str) -> None:
    fault, reason = REFUSALS[name]
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        discord.fail("post", fault)
        outcome = await platform.send(delivery(channel.id, platform))
        assert isinstance(outcome, Never)
        assert outcome.reason is reason
        assert isinstance(fault.body, dict)
        assert fault.body["message"] in outcome.detail
        await platform.close()


async def test_channels_that_take_no_messages_are_told_apart() -> None:
    async with FakeDiscord() as discord:
        platform = platform_of(discord, Newsroom())
        closed, locked, gone = discord.add_channel(), discord.add_channel(), discord.add_channel()
        forum = discord.add_channel(kind=15)
        closed.can_send, locked.archived, gone.gone = False, True, True

        async def reason(channel: Channel) -> NeverReason:
            outcome = await platform.send(delivery(channel.id, platform))
            assert isinstance(outcome, Never)
            return outcome.reason

        assert await reason(closed) is NeverReason.NO_PERMISSION
        assert await reason(locked) is NeverReason.ARCHIVED
        assert await reason(gone) is NeverReason.CHANNEL_GONE
        assert await reason(forum) is NeverReason.REFUSED
        await platform.close()


async def test_nobody_at_the_other_end_is_known_not_to_have_it() -> None:
    async with FakeDiscord() as discord:
        platform = platform_of(discord, Newsroom())
        one = delivery("1", platform)
    outcome = await platform.send(one)
    assert isinstance(outcome, Later)
    assert (outcome.unknown, outcome.whole_platform) == (False, True)
    found = await platform.find(one)
    assert isinstance(found, CannotTell)
    assert not found.for_good
    await platform.close()


async def test_a_message_is_found_below_hundreds_of_others() -> None:
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        one = delivery(channel.id, platform)
        sent = await platform.send(one)
        for number in range(350):
            discord.say(channel, f"remark {number}")
        assert await platform.find(one) == sent
        await platform.close()


async def test_the_search_ends_where_the_message_cannot_be_any_more() -> None:
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        for number in range(950):
            discord.say(channel, f"remark {number}")
        platform = platform_of(discord, Newsroom())
        one = delivery(channel.id, platform)
        # A remark a second: the message was made ten minutes before the last of them.
        late = one.created_at + timedelta(seconds=350)
        recent = type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"created_at": late})
        assert await platform.find(recent) == NotThere()
        assert len(discord.state.calls) < 11
        await platform.close()


async def test_a_history_that_may_not_be_read_is_not_taken_for_an_empty_one() -> None:
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        one = delivery(channel.id, platform)
        assert await platform.find(one) == NotThere()
        await platform.send(one)
        channel.can_read_history = False
        found = await platform.find(one)
        assert isinstance(found, CannotTell)
        assert found.for_good
        channel.can_send = False
        found = await platform.find(one)
        assert isinstance(found, CannotTell)
        assert found.for_good
        channel.gone = True
        assert await platform.find(one) == NotThere()
        await platform.close()


async def test_a_message_without_its_mark_is_known_by_its_words() -> None:
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        one = delivery(channel.id, platform)
        await platform.send(one)
        del channel.messages[0]["components"][0]["id"]
        assert isinstance(await platform.find(one), Sent)
        assert await platform.find(delivery(channel.id, platform, "Other words")) == NotThere()
        await platform.close()


async def test_a_person_is_written_to_in_a_channel_of_their_own() -> None:
    async with FakeDiscord() as discord:
        platform = platform_of(discord, Newsroom())
        address = await platform.direct("5001")
        assert address == discord.state.direct["5001"].id
        assert await platform.direct("5001") == address
        assert isinstance(await platform.send(delivery(address, platform)), Sent)
        assert len(discord.state.direct["5001"].messages) == 1
        assert await platform.direct("nobody") is None
        for fault in (
            error(503),
            cut(accepted=False),
            refusal(403, 50007, "Cannot send messages to this user"),
        ):
            discord.fail("direct", fault)
            assert await platform.direct("5001") is None
        await platform.close()


async def test_equal_words_of_two_digests_are_two_messages() -> None:
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        platform = platform_of(discord, Newsroom())
        first, second = (delivery(channel.id, platform, key=key) for key in ("1", "2"))
        sent = await platform.send(first)
        assert await platform.find(second) == NotThere()
        assert await platform.send(second) != sent
        assert len(channel.messages) == 2
        await platform.close()


def test_the_token_is_in_no_text() -> None:
    platform = platform_of(FakeDiscord(), Newsroom(), token="very.secret.token")
    assert "very.secret" not in f"{platform!r} {platform}"
