"""Health and figures over HTTP, for whoever watches the bot; and the door for hubs and Slack's HTTP mode."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.model.delivery import JSON
from bot.sources.hubs import Hubs

MAX_BODY = 1024 * 1024
"""Bytes of a request that are read; Slack's payloads are far smaller."""

Report = Callable[[], Mapping[str, JSON]]


def push_routes(hubs: Hubs) -> list[web.RouteDef]:
    """Return the routes by which hubs verify subscriptions and tell of news, see `bot.sources.hubs`."""

    async def verify(request: web.Request) -> web.Response:
        challenge = await hubs.verify(request.match_info["token"], dict(request.query))
        if challenge is None:
            raise web.HTTPNotFound
        return web.Response(text=challenge)

    async def ping(request: web.Request) -> web.Response:
        signature = request.headers.get("X-Hub-Signature", "")
        believed = await hubs.pinged(request.match_info["token"], await request.read(), signature)
        if believed is None:
            raise web.HTTPNotFound
        # By section 7 of the specification a wrong signature is not told to whoever sent it.
        return web.Response(status=202)

    path = "/push/{token:[A-Za-z0-9_-]{20,100}}"
    return [web.get(path, verify, allow_head=False), web.post(path, ping)]


@asynccontextmanager
async def serving(
    host: str, port: int, report: Report, routes: Iterable[web.RouteDef] = ()
) -> AsyncIterator[int]:
    """Serve while the block runs.

    Args:
        host: address to listen on.
        port: port to listen on; 0 picks a free one.
        report: the state of the bot; its "ok" decides between 200 and 503.
        routes: further routes.

    Yields:
        The port.

    Raises:
        OSError: the port is taken.
    """

    async def healthz(_request: web.Request) -> web.Response:
        state = report()
        return web.json_response(state, status=200 if state.get("ok") else 503)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application(client_max_size=MAX_BODY)
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics), *routes])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
