"""Where the gateway is, and pointing discord.py at another API than Discord's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord.gateway
import discord.http
from yarl import URL

from bot.platforms.discord.rest import Rest, UnreachableError


async def address(rest: Rest) -> str:
    """Return the gateway's address as the API itself gives it; the API's own host when it gives none.

    https://discord.com/developers/docs/topics/gateway#get-gateway-bot
    """
    for path in (("gateway", "bot"), ("gateway",)):
        try:
            reply = await rest.call("GET", path)
        except UnreachableError:
            break
        url = reply.fields.get("url")
        if reply.ok and isinstance(url, str) and url.startswith(("ws://", "wss://")):
            return url
    api = URL(rest.base)
    return str(URL.build(scheme="wss" if api.scheme == "https" else "ws", host=api.host or "", port=api.port))


@contextmanager
def pointed_at(api: str, gateway: str | None) -> Iterator[None]:
    """Point discord.py at an API and a gateway while the block runs; None leaves its own gateway.

    It keeps both addresses for the whole process.
    """
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE, socket.DEFAULT_GATEWAY = api, URL(gateway) if gateway else before[1]
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before
