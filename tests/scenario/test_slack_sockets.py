"""Slack's socket: lost, replaced, refused, and always acknowledged first."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from bot.model.request import Asker, Request
from bot.model.view import View
from bot.platforms.slack.app import SlackPlatform
from bot.platforms.slack.faults import SlackRefusedError
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import Fault, cut, error, garbage, rate_limit, refusal
from tests.fakes.slack_listening import Desk, listening, made


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


async def asks_and_is_answered(slack: FakeSlack) -> None:
    message = await (await slack.command("/brief")).message()
    assert "Ferry aground" in message.shown


async def test_a_lost_socket_is_opened_again(slack: FakeSlack) -> None:
    async with listening(made(slack, Desk().answer), slack) as platform:
        await slack.sockets.drop()
        await slack.sockets.until_opened(2)
        await asks_and_is_answered(slack)
        assert platform.connected
    assert not platform.connected


async def test_an_address_that_died_in_an_outage_is_not_tried_again(slack: FakeSlack) -> None:
    async with listening(made(slack, Desk().answer), slack):
        slack.sockets.refusing = True
        await slack.sockets.drop()
        await slack.sockets.until_refused(1)
        slack.sockets.spoil_tickets()
        slack.sockets.refusing = False
        await slack.sockets.until_opened(2)
        await asks_and_is_answered(slack)


async def test_the_next_socket_is_open_before_the_announced_end_of_the_first(slack: FakeSlack) -> None:
    async with listening(made(slack, Desk().answer), slack):
        await slack.sockets.announce("warning")
        await slack.sockets.until(2)
        await asks_and_is_answered(slack)
        await slack.sockets.close_first()
        await asks_and_is_answered(slack)


async def test_nonsense_on_the_socket_is_passed_over(slack: FakeSlack) -> None:
    async with listening(made(slack, Desk().answer), slack):
        for nonsense in ("no json", "[1]", '{"envelope_id":7,"payload":{}}', '{"type":"hello"}'):
            await slack.sockets.say(nonsense)
        await asks_and_is_answered(slack)
        assert slack.sockets.opened == 1


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_home_opened", "user": "U0ANNA"}},
        {"type": "shortcut", "callback_id": "unknown", "trigger_id": "1.x"},
        {"type": "view_submission", "view": {"callback_id": "unknown"}},
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "other", "block_id": "b"}]},
        {"type": "block_actions", "actions": []},
        {},
    ],
    ids=["event", "shortcut", "view", "another's button", "no button", "empty"],
)
async def test_what_we_have_no_use_for_is_acknowledged(slack: FakeSlack, body: dict[str, object]) -> None:
    desk = Desk()
    async with listening(made(slack, desk.answer), slack):
        reply = await slack.event(body)
        assert reply.acknowledged
        await asks_and_is_answered(slack)
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    "fault",
    [cut(accepted=False), error(502), rate_limit(1), garbage("up", "text/plain"), refusal("internal_error")],
    ids=["cut", "502", "429", "text", "internal"],
)
@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_trouble_at_the_start_is_waited_out(slack: FakeSlack, method: str, fault: Fault) -> None:
    slack.fail(method, fault)
    async with listening(made(slack, Desk().answer), slack):
        assert len(slack.calls(method)) == 2


async def test_a_refused_bot_token_is_said_in_a_sentence(slack: FakeSlack) -> None:
    platform = made(slack, Desk().answer, bot_token="xoxb-wrong")
    with pytest.raises(SlackRefusedError, match="Slack refuses SLACK_BOT_TOKEN") as raised:
        await platform.run()
    await platform.close()
    assert raised.value.error == "invalid_auth"
    assert "xoxb-wrong" not in str(raised.value)


async def test_a_refused_app_token_is_said_in_a_sentence(slack: FakeSlack) -> None:
    platform = made(slack, Desk().answer, app_token="xapp-wrong")
    with pytest.raises(SlackRefusedError, match="Slack refuses SLACK_APP_TOKEN"):
        await platform.run()
    await platform.close()


async def test_a_token_revoked_while_listening_ends_the_listening(slack: FakeSlack) -> None:
    platform = made(slack, Desk().answer)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(_refusal_of(platform))
        await slack.connected()
        slack.revoke()
        await slack.sockets.drop()
        assert "invalid_auth" in await running
    await platform.close()


async def _refusal_of(platform: SlackPlatform) -> str:
    with pytest.raises(SlackRefusedError) as raised:
        await platform.run()
    return str(raised.value)


def test_the_acknowledgement_is_out_before_an_answer_computes() -> None:
    """The fake runs on a loop of its own; the answer blocks ours until the fake has the acknowledgement."""
    acknowledged, ready, done = threading.Event(), threading.Event(), threading.Event()
    seen: list[bool] = []
    box: list[FakeSlack] = []

    async def people() -> None:
        async with FakeSlack() as slack:
            box.append(slack)
            ready.set()
            await slack.connected()
            reply = await slack.command("/brief")
            if reply.acknowledged:
                acknowledged.set()
            await reply.message()
            done.set()

    async def answer(asker: Asker, request: Request) -> View:
        seen.append(acknowledged.wait(10))  # blocks the whole loop, as a badly written answer would
        return await Desk().answer(asker, request)

    async def bot() -> None:
        async with listening(made(box[0], answer)):
            await asyncio.to_thread(done.wait, 20)

    thread = threading.Thread(target=asyncio.run, args=(people(),))
    thread.start()
    assert ready.wait(10)
    asyncio.run(bot())
    thread.join(10)
    assert seen == [True]
