"""`nutgraf run` as a process of its own, beside a fake Slack and a fake Discord, as its users meet it."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path

import aiohttp

from tests.fakes import slack_faults
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.kills import Life, due_channels, environment, life, shell, until, write_articles


async def health(bot: Life) -> tuple[int, dict[str, object]]:
    """Ask the bot how it is."""
    address = re.search(r'"health": "([^"]+)"', bot.lines[-1])
    assert address is not None
    async with aiohttp.ClientSession() as session, session.get(address[1]) as answer:
        return answer.status, await answer.json()


async def test_a_day_on_both_platforms(tmp_path: Path) -> None:
    async with FakeSlack() as slack, FakeDiscord() as discord:
        room, channel = slack.add_channel().id, discord.add_channel()
        env = environment(tmp_path, slack, discord)
        write_articles(tmp_path / "articles.jsonl")
        assert (await shell(env, "import", "articles.jsonl"))[0] == 0
        await due_channels(tmp_path, "slack", [room])
        await due_channels(tmp_path, "discord", [channel.id])
        async with life(env) as bot:
            await bot.until("running")
            assert await health(bot) == (
                200,
                {"ok": True, "platforms": ["slack", "discord"], "troubles": {}},
            )
            assert await until(lambda: len(slack.posted(room)) == len(channel.messages) == 1, within_s=20)
            for text in (json.dumps(slack.posted(room)[0].body), json.dumps(channel.messages[0])):
                assert "opens after" in text
                assert "opened its" in text
                assert "post0.example" in text

            await slack.connected()
            await discord.connected()
            await _ask_slack(slack)
            await _ask_discord(discord)
            second = await shell(env, "run")
            assert second[0] == 1
            assert "already runs" in second[2]
            assert await bot.end(signal.SIGTERM) == 0
        assert len(slack.posted(room)) == len(channel.messages) == 1
        log = "".join(bot.lines)
        for secret in (slack.bot_token, slack.app_token, discord.token):
            assert secret not in log
        assert "Traceback" not in log


async def _ask_slack(slack: FakeSlack) -> None:
    """Ask /related and /brief, and set a digest, in Slack."""
    related = await slack.command("/related", "harbour opens")
    assert related.acknowledged
    assert "The harbour opens" in json.dumps((await related.message()).body)
    brief = await slack.command("/brief", "harbour 2d")
    assert "opened its" in json.dumps((await brief.message()).body)
    denied = await slack.command("/nutgraf", "digest set 08:00 Europe/Berlin")
    assert "for managers" in json.dumps((await denied.message()).body)


async def _ask_discord(discord: FakeDiscord) -> None:
    """Ask /related and /brief, and set a digest, in Discord."""
    related = await discord.command("related", {"query": "harbour opens"})
    await discord.until(lambda: related.answered)
    assert "The harbour opens" in json.dumps(related.messages)
    brief = await discord.command("brief", {"topic": "harbour"})
    await discord.until(lambda: brief.answered)
    assert "opened its" in json.dumps(brief.messages)
    plan = await discord.command("nutgraf digest set", {"words": "08:00 Europe/Berlin mon-fri"})
    await discord.until(lambda: plan.answered)
    assert "Europe/Berlin" in json.dumps(plan.messages)


async def test_a_refused_token_leaves_the_other_platform_running_and_shows_in_health(tmp_path: Path) -> None:
    async with FakeSlack() as slack, FakeDiscord() as discord:
        env = environment(tmp_path, slack, discord) | {"DISCORD_TOKEN": "another.wrong.token"}
        async with life(env) as bot:
            await bot.until("running")
            running = bot.lines[-1]
            await bot.until("does not let us in")
            bot.lines.append(running)
            status, report = await health(bot)
            assert status == 503
            assert "discord" in json.dumps(report["troubles"])
            await slack.connected()
            reply = await slack.command("/nutgraf", "help")
            assert "related" in json.dumps((await reply.message()).body)
            assert await bot.end(signal.SIGTERM) == 0


async def test_when_no_platform_lets_us_in_the_bot_ends_and_says_what_to_do(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        env = environment(tmp_path, slack, None)
        slack.revoke()
        code, _, err = await shell(env, "run")
        assert code == 2
        assert "SLACK_BOT_TOKEN" in err
        assert "Traceback" not in err


async def test_a_platform_that_hangs_does_not_hold_up_the_other(tmp_path: Path) -> None:
    async with FakeSlack() as slack, FakeDiscord() as discord:
        rooms = [slack.add_channel().id for _ in range(3)]
        channel = discord.add_channel()
        env = environment(tmp_path, slack, discord)
        write_articles(tmp_path / "articles.jsonl")
        await shell(env, "import", "articles.jsonl")
        await due_channels(tmp_path, "slack", rooms)
        await due_channels(tmp_path, "discord", [channel.id])
        slack.fail("post", slack_faults.hang(accepted=True), times=3)
        async with life(env) as bot:
            assert await until(lambda: len(channel.messages) == 1, within_s=20)
            await bot.until("running")
            assert await bot.end(signal.SIGTERM) == 0, "it ends although three posts hang"
        async with life(env) as bot:
            await bot.until("running")
            assert await bot.end(signal.SIGTERM) == 0
        assert all(len(slack.posted(room)) == 1 for room in rooms), "looked up, not posted again"
