"""Tokens: used for Slack only, whatever the environment says, and never shown."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.platforms.slack.app import SlackPlatform
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import cut, error
from tests.fakes.slack_listening import Desk, delivery, listening, made


async def test_variables_of_bolts_do_not_turn_it_to_oauth(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With these set, a plain AsyncApp drops the bot's token and looks for installations on the disk."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "made-up-client-secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-the-environment")
    async with FakeSlack() as slack, listening(made(slack, Desk().answer), slack):
        message = await (await slack.command("/brief")).message()
        await slack.press(message, "Related")
        await (await slack.command("/nutgraf", "feed list")).message()
    assert "Ferry aground" in message.shown
    assert {call.token for call in slack.workspace.calls} == {slack.bot_token, slack.app_token}
    assert not await asyncio.to_thread(lambda: list(tmp_path.iterdir()))


async def test_no_secret_is_shown(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with FakeSlack() as slack:
        slack.fail("auth.test", error(502))
        slack.fail("post", cut(accepted=False))
        async with listening(made(slack, Desk().answer), slack) as platform:
            await (await slack.command("/brief")).message()
            outcome = await platform.send(delivery({"text": "x"}))
            shown = [repr(platform), str(vars(platform)), repr(outcome), *map(repr, vars(platform).values())]
        secrets = (slack.bot_token, slack.app_token, slack.signing_secret)
    shown += [caplog.text, *capfd.readouterr()]
    for secret in secrets:
        assert not [text for text in shown if secret in text]


def test_the_platform_makes_no_call_before_it_runs() -> None:
    platform = SlackPlatform(
        bot_token="xoxb-1",
        app_token="xapp-1",
        signing_secret=None,
        mode="socket",
        api_url="http://127.0.0.1:9/api/",
        answer=Desk().answer,
        clock=SystemClock(),
    )
    assert platform.name == "slack"
    assert not platform.connected
    assert platform.routes() == []
