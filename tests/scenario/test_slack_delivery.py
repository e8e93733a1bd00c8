"""Posting to Slack and looking for what was posted, under every fault that the fake knows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.model.delivery import (
    CannotTell,
    Delivery,
    Later,
    Never,
    NeverReason,
    NotThere,
    Payload,
    Sent,
)
from bot.platforms.slack.app import SlackPlatform
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import Fault, cut, error, garbage, hang, rate_limit, refusal
from tests.fakes.slack_listening import Desk, delivery, made
from tests.fakes.slack_state import Room

HELLO: Payload = {
    "text": "Hello",
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Hello", "emoji": False}}],
}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def platform(slack: FakeSlack) -> AsyncIterator[SlackPlatform]:
    platform = made(slack, Desk().answer)
    yield platform
    await platform.close()


@pytest.fixture
async def hasty(slack: FakeSlack) -> AsyncIterator[SlackPlatform]:
    """A platform that gives a call up at once."""
    platform = made(slack, Desk().answer, timeout_s=0.1)
    yield platform
    await platform.close()


PASSING = {
    "cut before": (cut(accepted=False), True),
    "cut after": (cut(accepted=True), True),
    "hangs before": (hang(accepted=False), True),
    "hangs after": (hang(accepted=True), True),
    "500 before": (error(500), True),
    "500 after": (error(500, accepted=True), True),
    "502": (error(502), True),
    "503": (error(503), True),
    "403, a page": (error(403), False),
    "404, a page": (error(404), False),
    "200, text": (garbage("fine"), True),
    "200, a page": (garbage("<html></html>", "text/html"), True),
    "200, a list": (garbage([1]), True),
    "200, half an object": (garbage('{"ok":', "application/json", accepted=True), True),
    "200, no id": (garbage({"ok": True}, accepted=True), True),
    "internal_error": (refusal("internal_error"), True),
    "fatal_error": (refusal("fatal_error"), True),
    "service_unavailable": (refusal("service_unavailable"), False),
    "message_limit_exceeded": (refusal("message_limit_exceeded"), False),
}
"""Each fault, and whether the message may be there."""


@pytest.mark.parametrize(("fault", "unknown"), PASSING.values(), ids=PASSING)
async def test_what_passes_is_for_later_and_is_not_tried_again_blindly(
    slack: FakeSlack, platform: SlackPlatform, hasty: SlackPlatform, fault: Fault, unknown: bool
) -> None:
    slack.fail("post", fault)
    part = delivery(HELLO)
    outcome = await (hasty if fault.hang else platform).send(part)
    assert isinstance(outcome, Later)
    assert outcome.unknown is unknown
    assert len(slack.calls("chat.postMessage")) == 1
    there = [message.ts for message in slack.posted()]
    assert len(there) == fault.accepted
    assert await platform.find(part) == (Sent((there[0],)) if there else NotThere())


@pytest.mark.parametrize(("said", "waited"), [(7, 7.0), (None, 30.0)])
async def test_a_rate_limit_says_how_long(
    slack: FakeSlack, platform: SlackPlatform, said: int | None, waited: float
) -> None:
    slack.fail("post", rate_limit(said))
    outcome = await platform.send(delivery(HELLO))
    assert outcome == Later(waited, "Slack limits the rate")


async def test_nobody_at_the_other_end_concerns_the_whole_platform() -> None:
    async with FakeSlack() as gone:
        platform = made(gone, Desk().answer)
    outcome = await platform.send(delivery(HELLO))
    await platform.close()
    assert isinstance(outcome, Later)
    assert (outcome.unknown, outcome.whole_platform) == (False, True)


def gone(room: Room) -> None:
    room.gone = True


def archived(room: Room) -> None:
    room.archived = True


def left(room: Room) -> None:
    room.can_send = False


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (gone, NeverReason.CHANNEL_GONE),
        (archived, NeverReason.ARCHIVED),
        (left, NeverReason.NO_PERMISSION),
    ],
)
async def test_a_channel_that_is_closed_to_us(
    slack: FakeSlack, platform: SlackPlatform, change: Callable[[Room], None], reason: NeverReason
) -> None:
    change(slack.workspace.rooms["C0NEWS"])
    outcome = await platform.send(delivery(HELLO))
    assert isinstance(outcome, Never)
    assert outcome.reason is reason


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("missing_scope", NeverReason.NO_PERMISSION),
        ("restricted_action", NeverReason.NO_PERMISSION),
        ("account_inactive", NeverReason.BAD_TOKEN),
        ("token_revoked", NeverReason.BAD_TOKEN),
        ("msg_blocks_too_long", NeverReason.REFUSED),
        ("something_new", NeverReason.REFUSED),
    ],
)
async def test_a_refusal_keeps_slacks_own_word(
    slack: FakeSlack, platform: SlackPlatform, code: str, reason: NeverReason
) -> None:
    slack.fail("post", refusal(code))
    assert await platform.send(delivery(HELLO)) == Never(reason, code)


async def test_a_revoked_token_and_a_bad_message(slack: FakeSlack, platform: SlackPlatform) -> None:
    outcome = await platform.send(delivery({"text": "", "blocks": []}))
    assert outcome == Never(NeverReason.REFUSED, "no_text")
    slack.revoke()
    outcome = await platform.send(delivery(HELLO))
    assert outcome == Never(NeverReason.BAD_TOKEN, "invalid_auth")


@pytest.mark.parametrize(
    ("fault", "for_good"),
    [
        (cut(accepted=False), False),
        (hang(accepted=False), False),
        (error(502), False),
        (rate_limit(30), False),
        (refusal("internal_error"), False),
        (refusal("missing_scope"), True),
        (refusal("not_in_channel"), True),
        (refusal("channel_not_found"), True),
    ],
)
async def test_a_history_that_cannot_be_read(
    slack: FakeSlack, platform: SlackPlatform, hasty: SlackPlatform, fault: Fault, for_good: bool
) -> None:
    slack.fail("history", fault)
    finding = await (hasty if fault.hang else platform).find(delivery(HELLO))
    assert isinstance(finding, CannotTell)
    assert finding.for_good is for_good


async def test_a_message_is_found_on_a_later_page_but_not_before_its_making(
    slack: FakeSlack, platform: SlackPlatform
) -> None:
    now = SystemClock().now()
    part = delivery(HELLO, at=now)
    sent = await platform.send(part)
    for number in range(450):
        slack.say("C0NEWS", f"{number}")
    assert await platform.find(part) == sent
    assert len(slack.calls("conversations.history")) == 3
    later = delivery(HELLO, at=now + timedelta(days=1))
    assert await platform.find(later) == NotThere()


async def test_people_cannot_forge_a_delivery(slack: FakeSlack, platform: SlackPlatform) -> None:
    part: Delivery = delivery(HELLO, key="k1")
    slack.say("C0NEWS", '{"event_type":"nutgraf_digest","event_payload":{"key":"k1"}}')
    assert await platform.find(part) == NotThere()
