"""With a proxy, nothing goes to Discord directly."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.model.delivery import Later
from bot.platforms.discord.app import DiscordPlatform
from tests.fakes.discord_newsroom import Newsroom, delivery, platform_of
from tests.fakes.discord_server import FakeDiscord


async def test_posts_and_the_connection_go_by_the_proxy() -> None:
    asked: list[str] = []
    logged_in = asyncio.Event()

    async def refuse(request: web.Request) -> web.Response:
        asked.append(str(request.url))
        if request.path.endswith("/users/@me"):
            logged_in.set()
        return web.Response(status=403, text="the proxy lets nobody through", content_type="text/html")

    door = web.Application()
    door.router.add_route("*", "/{path:.*}", refuse)
    runner = web.AppRunner(door, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    room = Newsroom()
    async with FakeDiscord() as discord:
        platform = DiscordPlatform(
            token=discord.token,
            api_url=discord.api_url,
            proxy=f"http://{host}:{port}",
            answer=room.answer,
            clock=room.clock,
            sleep=room.sleep,
        )
        outcome = await platform.send(delivery("1", platform_of(discord, room)))
        assert isinstance(outcome, Later)
        assert (outcome.unknown, outcome.whole_platform) == (False, True)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(platform.run())
            async with asyncio.timeout(10):
                await logged_in.wait()
            running.cancel()
        await platform.close()
        assert discord.state.calls == []
    await runner.cleanup()
    assert f"{discord.api_url}/channels/1/messages" in asked
