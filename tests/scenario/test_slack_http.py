"""Slack over HTTP: believed only with its signature, acknowledged at once, answered all the same."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web

from bot.clock import ManualClock
from bot.platforms.slack.app import SlackPlatform
from bot.platforms.slack.faults import SlackRefusedError
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_listening import NOON, Desk, listening, made
from tests.fakes.slack_people import Reply, command_body

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, body: str, stamp: str) -> dict[str, str]:
    base = f"v0:{stamp}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@asynccontextmanager
async def served(platform: SlackPlatform) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(platform.routes())
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/slack/events"
    await runner.cleanup()


class Door:
    """A bot that serves HTTP, and a Slack that knocks."""

    def __init__(self, slack: FakeSlack, clock: ManualClock, desk: Desk, address: str) -> None:
        self.slack, self.clock, self.desk, self.address = slack, clock, desk, address

    async def knock(
        self, body: str, kind: str = FORM, *, secret: str | None = None, age: timedelta = timedelta()
    ) -> tuple[int, Any]:
        """Send a signed body; return the status and the text."""
        stamp = str(int((self.clock.now() - age).timestamp()))
        headers = signature(secret or self.slack.signing_secret, body, stamp) | {"Content-Type": kind}
        return await self.send(body, headers)

    async def send(self, body: str, headers: dict[str, str]) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.address, data=body, headers=headers) as response,
        ):
            return response.status, await response.text()

    def command(self, command: str, text: str = "") -> tuple[Reply, str]:
        """Return a typed command and where its answer arrives."""
        reply = self.slack.reply()
        return reply, urlencode(command_body(self.slack.workspace, reply, command, text))


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    clock, desk = ManualClock(NOON), Desk()
    async with FakeSlack() as slack:
        platform = made(slack, desk.answer, mode="http", clock=clock)
        async with listening(platform), served(platform) as address:
            await slack.until_called("auth.test")
            yield Door(slack, clock, desk, address)


async def test_a_command_is_acknowledged_and_answered(door: Door) -> None:
    reply, body = door.command("/brief")
    assert await door.knock(body) == (200, "")
    assert "Ferry aground" in (await reply.message()).shown


async def test_a_replayed_command_is_answered_once(door: Door) -> None:
    reply, body = door.command("/brief")
    for _ in range(3):
        assert (await door.knock(body))[0] == 200
    other, next_body = door.command("/brief", "another")
    await door.knock(next_body)
    await other.message()
    assert len(reply.messages) == 1
    assert len(door.desk.asked) == 2


async def test_slacks_check_of_the_address_is_answered(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c4t", "token": "x"})
    status, text = await door.knock(body, "application/json")
    assert (status, "c4t" in text) == (200, True)


async def test_what_is_no_use_is_acknowledged(door: Door) -> None:
    body = json.dumps({"type": "event_callback", "event_id": "E1", "event": {"type": "team_join"}})
    assert (await door.knock(body, "application/json"))[0] == 200


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(minutes=-6)])
async def test_an_old_signature_is_refused(door: Door, age: timedelta) -> None:
    _, body = door.command("/brief")
    assert (await door.knock(body, age=age))[0] == 401


async def test_anothers_signature_is_refused(door: Door) -> None:
    _, body = door.command("/brief")
    assert (await door.knock(body, secret="another"))[0] == 401
    assert door.desk.asked == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "noon", "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "0", "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "1778580000", "X-Slack-Signature": "v0=ü"},
    ],
)
async def test_no_signature_is_refused(door: Door, headers: dict[str, str]) -> None:
    _, body = door.command("/brief")
    assert (await door.send(body, headers | {"Content-Type": FORM}))[0] == 401
    assert door.desk.asked == []


async def test_nothing_is_taken_on_before_the_bot_listens() -> None:
    clock, desk = ManualClock(NOON), Desk()
    async with FakeSlack() as slack:
        platform = made(slack, desk.answer, mode="http", clock=clock)
        async with served(platform) as address:
            door = Door(slack, clock, desk, address)
            assert (await door.knock(door.command("/brief")[1]))[0] == 503
        await platform.close()


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_a_mode_without_its_secret_is_refused(mode: Any) -> None:  # noqa: ANN401 - a literal
    with pytest.raises(SlackRefusedError, match="SLACK_"):
        SlackPlatform(
            bot_token="xoxb-1",
            app_token=None,
            signing_secret=" ",
            mode=mode,
            api_url=None,
            answer=Desk().answer,
            clock=ManualClock(NOON),
        )
