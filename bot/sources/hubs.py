"""Hubs that tell of news at once: subscribing, answering their questions, and hearing their pings."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

import aiohttp

from bot import log
from bot.clock import Clock
from bot.model.feed import HubSubscription
from bot.sources import websub
from bot.sources.faults import in_words
from bot.sources.guard import Network, guarded_connector

ASK_S = 20.0
"""For one request to a hub, in seconds."""

ANSWER_BYTES = 4_096
"""Of a hub's answer, which says why it refuses."""

VERIFIED_WITHIN = timedelta(hours=1)
"""A hub that accepted is asked again when it has not called back by then."""

_log = log.get(__name__)


class Ledger(Protocol):
    """Where subscriptions are kept."""

    async def of_feed(self, feed_id: int) -> HubSubscription | None:
        """Return the subscription of a feed."""
        ...

    async def of_token(self, token: str) -> HubSubscription | None:
        """Return the subscription whose callback ends in a token."""
        ...

    async def due(self, now: datetime) -> tuple[HubSubscription, ...]:
        """Return those whose hub is to be asked, of feeds that somebody reads."""
        ...

    async def keep(self, subscription: HubSubscription) -> None:
        """Store a subscription in the place of the feed's former one."""
        ...

    async def forget(self, feed_id: int) -> None:
        """Drop the subscription of a feed."""
        ...

    async def read_soon(self, feed_id: int, now: datetime) -> None:
        """Have a feed read at the next tick, though not twice within a minute."""
        ...

    async def read_again(self, now: datetime) -> None:
        """Have feeds read once more a minute after a ping: the first reading may have come too early."""
        ...


class Hubs:
    """Subscribes to the hubs that feeds offer; an asynchronous context manager.

    A ping is a hint to read the feed at once, no more: what stands in it is not believed.

    Args:
        ledger: where subscriptions are kept.
        public_url: where hubs reach this bot; the callbacks lie under it.
        allow_networks: inner networks that may be reached all the same.
        user_agent: honest, as for feeds.
        clock: tells when leases end.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        public_url: str,
        allow_networks: Sequence[Network],
        user_agent: str,
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._callback = f"{public_url.rstrip('/')}/push/"
        self._networks = tuple(allow_networks)
        self._user_agent = user_agent
        self._clock = clock
        self._offers: dict[int, tuple[str, str] | None] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=guarded_connector(self._networks, limit=8, per_host=2),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=ASK_S),
            headers={"User-Agent": self._user_agent},
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def offered(self, feed_id: int, offer: tuple[str, str] | None) -> None:
        """Take note of the hub and topic that a feed offered when it was read; None for no hub."""
        if feed_id in self._offers and self._offers[feed_id] == offer:
            return
        known = await self._ledger.of_feed(feed_id)
        if offer is None:
            if known is not None:
                await self._ledger.forget(feed_id)
        elif known is None or (known.hub, known.topic) != offer:
            hub, topic = offer
            await self._ledger.keep(
                HubSubscription(
                    feed_id=feed_id,
                    token=secrets.token_urlsafe(24),
                    secret=secrets.token_urlsafe(48),
                    hub=hub,
                    topic=topic,
                    state="asked",
                    next_ask_at=self._clock.now(),
                )
            )
        self._offers[feed_id] = offer

    async def ask_due(self) -> None:
        """Ask every hub whose time has come for a subscription, or for a further lease."""
        await self._ledger.read_again(self._clock.now())
        for subscription in await self._ledger.due(self._clock.now()):
            refused = await self._ask(subscription)
            now = self._clock.now()
            if refused:
                attempts = subscription.attempts + 1
                _log.info("hub not subscribed to", hub=subscription.hub, reason=refused)
                asked = replace(subscription, attempts=attempts, next_ask_at=now + websub.retry(attempts))
            else:
                asked = replace(subscription, next_ask_at=now + VERIFIED_WITHIN)
            # The hub may have called back while it was asked: its answer counts.
            present = await self._ledger.of_feed(subscription.feed_id)
            if present == subscription:
                await self._ledger.keep(asked)

    async def verify(self, token: str, query: dict[str, str]) -> str | None:
        """Answer a hub that asks whether a subscription was meant.

        Args:
            token: the end of the address it called.
            query: what it asks.

        Returns:
            The challenge to send back; None when nothing of the kind was asked for.
        """
        known = await self._ledger.of_token(token)
        if known is None or query.get("hub.topic") != known.topic:
            return None
        now = self._clock.now()
        if query.get("hub.mode") == "denied":
            _log.info("hub refuses", hub=known.hub, reason=query.get("hub.reason", "")[:200])
            await self._ledger.keep(
                replace(known, state="refused", lease_until=None, next_ask_at=now + websub.LAST_RETRY)
            )
            return ""
        challenge = query.get("hub.challenge", "")
        if query.get("hub.mode") != "subscribe" or not 0 < len(challenge) <= websub.LONGEST_CHALLENGE:
            return None
        granted = websub.lease(query.get("hub.lease_seconds", ""))
        await self._ledger.keep(
            replace(
                known,
                state="live",
                attempts=0,
                lease_until=now + granted,
                next_ask_at=now + granted * websub.RENEWED_AT,
            )
        )
        _log.info("hub subscribed to", hub=known.hub, days=round(granted / timedelta(days=1), 1))
        return challenge

    async def pinged(self, token: str, body: bytes, signature: str) -> bool | None:
        """Take in a ping: a feed whose hub signed it is read at once.

        Returns:
            Whether it was believed; None when nobody subscribed under this token.
        """
        known = await self._ledger.of_token(token)
        if known is None:
            return None
        if known.state != "live" or not websub.signed(known.secret, body, signature):
            _log.info("ping not believed", hub=known.hub)
            return False
        await self._ledger.read_soon(known.feed_id, self._clock.now())
        return True

    async def _ask(self, subscription: HubSubscription) -> str:
        """Ask a hub; return why it did not accept, "" when it did."""
        if self._session is None:
            raise RuntimeError("The hubs are not open: use them in an async with.")
        form = {
            "hub.mode": "subscribe",
            "hub.topic": subscription.topic,
            "hub.callback": self._callback + subscription.token,
            "hub.secret": subscription.secret,
            "hub.lease_seconds": str(int(websub.LEASE.total_seconds())),
        }
        try:
            async with (
                asyncio.timeout(ASK_S),
                self._session.post(subscription.hub, data=form, allow_redirects=False) as response,
            ):
                said = (await response.content.read(ANSWER_BYTES)).decode("utf-8", "replace")
                accepted = 200 <= response.status < 300
                return "" if accepted else f"it answers {response.status}: {' '.join(said.split())[:200]}"
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            return in_words(fault, limit_bytes=ANSWER_BYTES, total_s=ASK_S)[1]
