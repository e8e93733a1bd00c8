"""Channels that want it are told how feeds fare: once when one falls ill, once when it is well again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot import log
from bot.clock import Clock
from bot.model.channel import Channel
from bot.model.delivery import Payload
from bot.model.scope import Scope
from bot.model.view import View
from bot.sources.notices import Telling, news, outage
from bot.store import notices
from bot.store.database import Connection, Database

LOOK = timedelta(minutes=1)
"""How often feeds are looked at: an illness takes half an hour to be called one."""

_log = log.get(__name__)


class Notices:
    """Puts notices into the outbox; posts nothing itself.

    What a channel was told is compared with how its feeds fare now, rather than each change passed on: a
    process that dies at any moment loses no change and tells none twice.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._looked_at: datetime | None = None

    async def enqueue_due(self, renders: Mapping[str, Callable[[View], tuple[Payload, ...]]]) -> int:
        """Look how feeds fare, once a minute; return how many notices were put into the outbox."""
        now = self._clock.now()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < LOOK:
            return 0
        self._looked_at = now
        async with self._database.read() as connection:
            places = [one for one in await notices.told_channels(connection) if one.platform in renders]
            if not places:
                return 0
            down_since = outage(*await notices.unanswered(connection))
            due = [one for one in places if await self._news(connection, one, now, down_since)]
        made = 0
        for channel in due:
            async with self._database.write() as connection:
                # Decided anew: another process may have told the channel meanwhile.
                telling = await self._news(connection, channel, now, down_since, alone=True)
                if telling is None:
                    continue
                await notices.remember(connection, channel.id, telling.states, now)
                await notices.read_at_once(connection, telling.retry, now)
                if telling.view is not None:
                    await notices.put_notice(
                        connection, channel, renders[channel.platform](telling.view), now
                    )
                    made += 1
                    _log.info("notice stored", channel=channel.name, title=telling.view.title)
        return made

    async def _news(
        self,
        connection: Connection,
        channel: Channel,
        now: datetime,
        down_since: datetime | None,
        *,
        alone: bool = False,
    ) -> Telling | None:
        told = await notices.marks(connection, channel.id, alone=alone)
        scope = Scope(channel.platform, channel.workspace)
        watched, total = await notices.watched(connection, scope, told)
        return news(watched, told, now, total=total, down_since=down_since)
