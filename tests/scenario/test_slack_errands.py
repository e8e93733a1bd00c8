"""An answer on its way back: once to the channel, at least once to the person, whatever the network does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from bot.clock import SystemClock
from bot.model.request import Asker, BriefRequest
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.payload import Errand
from bot.platforms.slack.people import People
from bot.platforms.slack.wire import Wire
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import Fault, cut, error, garbage, hang, rate_limit, refusal
from tests.fakes.slack_listening import Desk
from tests.fakes.slack_state import Message


class Office(NamedTuple):
    """A Slack, and someone to run errands in it."""

    slack: FakeSlack
    errands: Errands

    async def answer(self, *, public: bool, with_url: bool = True) -> list[Message]:
        """Run one errand; return what the asker or the channel sees then."""
        asker = Asker(platform="slack", workspace="T0TEAM", channel="C0NEWS", user="U0ANNA")
        url = self.slack.reply().url if with_url else ""
        await self.errands.run(Errand(asker=asker, request=BriefRequest(), url=url, public=public))
        return [*self.slack.posted(), *self.slack.workspace.private]


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with FakeSlack() as slack:
        wire = Wire(slack.bot_token, slack.api_url, timeout_s=1)
        yield Office(slack, Errands(wire, People(wire, SystemClock()), Desk().answer))
        await wire.close()


UNDONE = {
    "expired": refusal("expired_url"),
    "used up": refusal("used_url"),
    "404": error(404),
    "rate limit": rate_limit(3),
    "500, not done": error(500),
    "cut before": cut(accepted=False),
}
DONE = {"cut after": cut(accepted=True), "hangs": hang(accepted=True), "502 after": error(502, accepted=True)}


@pytest.mark.parametrize("fault", UNDONE.values(), ids=UNDONE)
async def test_a_private_answer_comes_another_way(office: Office, fault: Fault) -> None:
    office.slack.fail("answer", fault)
    [message] = await office.answer(public=False)
    assert (message.to, message.channel) == ("U0ANNA", "C0NEWS")
    assert "Ferry aground" in message.shown
    assert len(office.slack.calls("chat.postEphemeral")) == 1


@pytest.mark.parametrize("fault", DONE.values(), ids=DONE)
async def test_a_shared_answer_in_doubt_is_not_shown_twice(office: Office, fault: Fault) -> None:
    office.slack.fail("answer", fault)
    [message] = await office.answer(public=True)
    assert message.to is None
    assert office.slack.calls("chat.postMessage") == []


@pytest.mark.parametrize("name", ["expired", "used up", "404", "rate limit"])
async def test_a_shared_answer_that_was_refused_comes_another_way(office: Office, name: str) -> None:
    office.slack.fail("answer", UNDONE[name])
    [message] = await office.answer(public=True)
    assert message.to is None
    assert "Ferry aground" in message.shown


@pytest.mark.parametrize("public", [True, False])
async def test_without_a_response_url_the_answer_comes_all_the_same(office: Office, public: bool) -> None:
    [message] = await office.answer(public=public, with_url=False)
    assert message.to == (None if public else "U0ANNA")


async def test_an_answer_without_any_way_is_given_up(office: Office) -> None:
    office.slack.fail("answer", refusal("expired_url"))
    office.slack.fail("chat.postEphemeral", refusal("user_not_in_channel"))
    assert await office.answer(public=False) == []
    assert len(await office.answer(public=False)) == 1


async def test_the_word_ok_is_an_acceptance(office: Office) -> None:
    office.slack.fail("answer", garbage("ok", accepted=True))
    assert len(await office.answer(public=False)) == 1
    assert office.slack.calls("chat.postEphemeral") == []
