"""A WebSub hub on loopback: verifies what is asked of it, and tells its subscribers of news, signed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a subscriber asked for."""

    topic: str
    callback: str
    secret: str
    lease_s: int


class Hub:
    """Accepts subscriptions as the specification wants it; an asynchronous context manager.

    Attributes:
        asked: every subscription asked for, in order.
        live: by callback, those that their subscriber confirmed.
        refuses: the status to refuse with; None to accept.
        grants_s: the lease to grant, in seconds; None for the one asked for.
        proxy: where addresses that begin with a public one really lead, as a reverse proxy knows.
    """

    def __init__(self) -> None:
        self.asked: list[Subscription] = []
        self.live: dict[str, Subscription] = {}
        self.refuses: int | None = None
        self.grants_s: int | None = None
        self.proxy: tuple[str, str] = ("", "")
        self._unverified: list[Subscription] = []
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.post("/", self._subscribe)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}/"

    def _real(self, address: str) -> str:
        public, inner = self.proxy
        return inner + address.removeprefix(public) if public else address

    async def _subscribe(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("hub.mode") != "subscribe":
            return web.Response(status=400, text="only subscribing is known here")
        wanted = Subscription(
            str(form["hub.topic"]),
            str(form["hub.callback"]),
            str(form["hub.secret"]),
            int(str(form["hub.lease_seconds"])),
        )
        self.asked.append(wanted)
        if self.refuses is not None:
            return web.Response(status=self.refuses, text="not today")
        self._unverified.append(wanted)
        return web.Response(status=202)

    async def verify(self) -> None:
        """Ask every subscriber that was accepted whether it meant it."""
        waiting, self._unverified = self._unverified, []
        for wanted in waiting:
            query = {
                "hub.mode": "subscribe",
                "hub.topic": wanted.topic,
                "hub.challenge": f"challenge-{len(self.live)}",
                "hub.lease_seconds": str(self.grants_s or wanted.lease_s),
            }
            async with (
                aiohttp.ClientSession() as session,
                session.get(self._real(wanted.callback), params=query) as answer,
            ):
                if answer.status == 200 and await answer.text() == query["hub.challenge"]:
                    self.live[wanted.callback] = wanted

    async def deny(self, callback: str, topic: str) -> int:
        """Tell a subscriber that it is not wanted; return its status."""
        query = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": "closed"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(self._real(callback), params=query) as answer,
        ):
            return answer.status

    async def tell(self, body: bytes, *, method: str = "sha256", secret: str | None = None) -> list[int]:
        """Send news to every subscriber; return their statuses.

        Args:
            body: the news.
            method: of the signature; "" for none.
            secret: to sign with; None for the right one.
        """
        statuses = []
        for callback, wanted in self.live.items():
            headers: Mapping[str, str] = {"Content-Type": "application/rss+xml"}
            if method:
                digest = hmac.new(
                    (secret or wanted.secret).encode(), body, getattr(hashlib, method)
                ).hexdigest()
                headers = {**headers, "X-Hub-Signature": f"{method}={digest}"}
            async with (
                aiohttp.ClientSession() as session,
                session.post(self._real(callback), data=body, headers=headers) as answer,
            ):
                statuses.append(answer.status)
        return statuses
