"""Discord's gateway failing in every documented way: the bot comes back, or says why it never can."""

from __future__ import annotations

import asyncio

import pytest

from bot.model.delivery import Sent
from bot.platforms.discord.app import DiscordRefusedError
from tests.fakes.discord_newsroom import Newsroom, delivery, listening, platform_of
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_state import cloudflare_ban, error


async def answers(discord: FakeDiscord) -> None:
    asked = await discord.command("brief")
    await discord.answered(asked)
    assert asked.private


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4008])
async def test_a_closed_connection_is_resumed_and_nothing_is_missed(code: int) -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            await (discord.gateway.drop() if code == 1006 else discord.gateway.close(code))
            await answers(discord)
    assert discord.gateway.resumed == 1
    assert discord.gateway.identified == 1


async def test_reconnect_is_obeyed() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            await discord.gateway.ask_to_reconnect()
            await discord.until(lambda: discord.gateway.resumed == 1)
            await answers(discord)
    assert discord.gateway.identified == 1


async def test_an_invalid_session_is_begun_anew_after_the_wait_that_discord_asks_for() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            await discord.gateway.invalidate(resumable=True)
            await discord.until(lambda: discord.gateway.resumed == 1)
            await discord.gateway.invalidate(resumable=False)
            await discord.until(lambda: discord.gateway.identified == 2)
            await answers(discord)
    assert 5.0 in room.waits


async def test_a_session_that_can_no_longer_be_resumed_is_begun_anew() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            discord.gateway.sessions[next(iter(discord.gateway.sessions))].resumable = False
            await discord.gateway.close(4009)
            await discord.until(lambda: discord.gateway.identified == 2)
            await answers(discord)


async def test_an_outage_is_sat_out_with_growing_waits_while_digests_go_out() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        channel = discord.add_channel()
        async with listening(discord, room) as platform:
            discord.gateway.down = True
            await discord.gateway.drop()
            await discord.until(lambda: discord.gateway.refusals >= 9)
            await platform.send(delivery(channel.id, platform))
            assert len(channel.messages) == 1
            discord.gateway.down = False
            await discord.until(lambda: discord.gateway.connected)
            await answers(discord)
    assert room.waits[:4] == [1.0, 2.0, 4.0, 8.0]
    assert max(room.waits) <= 120


async def test_a_gateway_that_drops_every_connection_is_not_hammered() -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, room):
            discord.gateway.close_at_once_with = 4000
            await discord.gateway.close(4000)
            await discord.until(lambda: room.waits)
            discord.gateway.close_at_once_with = None
            await discord.until(lambda: discord.gateway.connected)
            await answers(discord)
    assert discord.gateway.refusals < 25


@pytest.mark.parametrize("fault", ["ban", "502", "hotspot"])
async def test_a_login_that_fails_in_passing_is_tried_again(fault: str) -> None:
    room = Newsroom()
    async with FakeDiscord() as discord:
        discord.add_channel()
        page = error(200) if fault == "hotspot" else cloudflare_ban() if fault == "ban" else error(503)
        discord.fail("me", page)
        async with listening(discord, room):
            await answers(discord)
    assert room.waits[0] >= 1


async def test_commands_that_could_not_be_registered_are_registered_with_the_next_connection() -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        discord.fail("commands", error(503), times=2)
        async with listening(discord, Newsroom()):
            await discord.until(lambda: discord.state.commands)
            await answers(discord)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (4004, "refused the bot's token"),
        (4010, "invalid shard"),
        (4011, "more than 2,500 servers"),
        (4012, "Update Nutgraf"),
        (4013, "does not know an intent"),
        (4014, "does not allow this bot an intent"),
    ],
)
async def test_final_refusals_end_it_with_a_sentence_for_people(code: int, sentence: str) -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        discord.gateway.refuse_with = code
        platform = platform_of(discord, Newsroom())
        with pytest.raises(DiscordRefusedError, match=sentence):
            async with asyncio.timeout(10):
                await platform.run()
        await platform.close()
    assert discord.gateway.identified == 1


@pytest.mark.parametrize("token", ["wrong", "wrong\nand broken", "wröng"])
async def test_a_wrong_token_is_refused_at_the_door(token: str) -> None:
    async with FakeDiscord() as discord:
        platform = platform_of(discord, Newsroom(), token=token)
        assert not isinstance(await platform.send(delivery("1", platform)), Sent)
        with pytest.raises(DiscordRefusedError, match="DISCORD_TOKEN") as refused:
            await platform.run()
        await platform.close()
    assert token not in str(refused.value)
    assert discord.gateway.identified == 0


@pytest.mark.parametrize("known", ["gateway/bot", "gateway", "neither"])
async def test_the_gateway_is_where_the_api_says_or_at_its_own_host(known: str) -> None:
    async with FakeDiscord() as discord:
        discord.add_channel()
        discord.fail("gateway", error(404), times={"gateway/bot": 0, "gateway": 1, "neither": 2}[known])
        async with listening(discord, Newsroom()):
            await answers(discord)
    assert discord.gateway.entrances == ["/" if known == "neither" else "/socket"]


async def test_stopping_leaves_no_task_behind() -> None:
    before = asyncio.all_tasks()
    async with FakeDiscord() as discord:
        discord.add_channel()
        async with listening(discord, Newsroom()):
            await answers(discord)
        ours = [task for task in asyncio.all_tasks() - before if "discord" in repr(task.get_coro())]
        assert [task for task in ours if "fakes" not in repr(task)] == []
