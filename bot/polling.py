"""The reading of a feed, step by step: ask, not modified?, parse, store, and when to come back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import log
from bot.archive import Archive
from bot.clock import Clock
from bot.fulltext import FullText
from bot.model.article import Article
from bot.model.feed import FollowedFeed
from bot.sources.answer import Validators
from bot.sources.entry import Feed
from bot.sources.errors import SourceError
from bot.sources.feed import articles, parse_feed
from bot.sources.fetch import Fetched, Fetcher
from bot.sources.health import Record, state
from bot.sources.identity import content_hash
from bot.sources.interval import Wishes, next_poll
from bot.sources.workers import Workers
from bot.store import feeds
from bot.store.database import Database

AT_ONCE = 16
"""Feeds read beside each other."""

BATCH = 200
"""Feeds taken up at one tick."""

MOVES_TO_BELIEVE = 3
"""A permanent redirect is believed when it has repeated: a captive portal redirects "permanently" too."""

BACK_CATALOGUE = timedelta(days=3)
"""Undated entries of a feed's first reading count as this old: they are kept, but are no news."""

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """What a reading brought.

    Attributes:
        url: the feed's address.
        status: as `bot.sources.fetch.Fetched.status` names it.
        new: how many articles were new.
        reason: why it failed, in words; "" when it did not.
    """

    url: str
    status: str
    new: int = 0
    reason: str = ""


class Poller:
    """Reads the feeds that are followed."""

    def __init__(
        self,
        database: Database,
        archive: Archive,
        fetcher: Fetcher,
        workers: Workers,
        full_text: FullText,
        *,
        clock: Clock,
    ) -> None:
        self._database = database
        self._archive = archive
        self._fetcher = fetcher
        self._workers = workers
        self._full_text = full_text
        self._clock = clock

    async def poll_due(self) -> tuple[Read, ...]:
        """Read every feed whose time has come."""
        async with self._database.read() as connection:
            due = await feeds.due_feeds(connection, self._clock.now(), BATCH)
        return await self._poll_all(due)

    async def poll_now(self, url: str | None) -> tuple[Read, ...]:
        """Read one feed, or (None) all of them, due or not."""
        async with self._database.read() as connection:
            wanted = await feeds.feeds_called(connection, url)
        return await self._poll_all(wanted)

    async def poll(self, feed: FollowedFeed) -> Read:
        """Read one feed: ask; if there is something new, parse and store it; settle when to come back."""
        fetched = await self._fetcher.get(feed.url, Validators(feed.etag, feed.last_modified))
        parsed: Feed | None = None
        new = 0
        if fetched.status == "ok":
            try:
                parsed = await self._workers.run(
                    parse_feed, fetched.body, content_type=fetched.content_type, base_url=fetched.final_url
                )
            except SourceError as error:
                fetched = replace(fetched, status="failed", reason=f"what it sends is no feed: {error.what}")
            else:
                found = await self._whole(feed, self._articles(feed, parsed))
                new = len((await self._archive.add(found, feed_id=feed.id)).new)
                feed = replace(feed, title=feed.title or parsed.title or None, appeared=_times(feed, found))
        await self._settle(feed, fetched, parsed)
        return Read(url=feed.url, status=fetched.status, new=new, reason=fetched.reason)

    async def _poll_all(self, due: Sequence[FollowedFeed]) -> tuple[Read, ...]:
        places = asyncio.Semaphore(AT_ONCE)

        async def one(feed: FollowedFeed) -> Read:
            async with places:
                return await self.poll(feed)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(feed)) for feed in due]
        return tuple(task.result() for task in tasks)

    async def _whole(self, feed: FollowedFeed, found: tuple[Article, ...]) -> tuple[Article, ...]:
        """Complete the articles that are new or say something new from their pages, where the feed teases."""
        offers = {article.id: content_hash(article.title, article.text) for article in found}
        async with self._database.read() as connection:
            new = await feeds.unstored(connection, feed.id, offers)
        whole = await self._full_text.completed([article for article in found if article.id in new])
        by_id = {article.id: article for article in whole}
        return tuple(by_id.get(article.id, article) for article in found)

    def _articles(self, feed: FollowedFeed, parsed: Feed) -> tuple[Article, ...]:
        """Return a feed's entries as articles; the back catalogue of a new feed is kept, but is no news."""
        now = self._clock.now()
        found = articles(parsed, feed_url=feed.url, seen_at=now)
        if feed.headline_only:
            found = tuple(replace(article, headline_only=True) for article in found)
        if feed.last_ok_at is not None:
            return found
        return tuple(a if a.published_at else replace(a, seen_at=now - BACK_CATALOGUE) for a in found)

    async def _settle(self, feed: FollowedFeed, fetched: Fetched, parsed: Feed | None) -> None:
        """Keep what the reading left behind: validators, health, a new address, and the next time."""
        now = self._clock.now()
        well = fetched.status in ("ok", "not_modified")
        if well:
            feed = replace(
                feed,
                etag=fetched.validators.etag,
                last_modified=fetched.validators.last_modified,
                last_ok_at=now,
                failures=0,
                failing_since=None,
            )
        elif fetched.status != "later":
            feed = replace(feed, failures=feed.failures + 1, failing_since=feed.failing_since or now)
        feed = _moved(feed, fetched)
        health = state(_record(feed, fetched), now)
        wishes = Wishes(
            ttl_minutes=parsed.ttl_minutes if parsed else None,
            skip_hours=parsed.skip_hours if parsed else frozenset(),
            skip_days=parsed.skip_days if parsed else frozenset(),
            max_age_s=fetched.max_age_s,
            retry_after_s=fetched.retry_after_s,
        )
        when: datetime | None = None
        if fetched.status != "gone":
            when = next_poll(feed.appeared, now, seed=feed.url, wishes=wishes, failures=feed.failures)
        async with self._database.write() as connection:
            await feeds.save_reading(connection, feed, health, when)
            if feed.moved_to and feed.moved_times >= MOVES_TO_BELIEVE:
                await feeds.move_feed(connection, feed.id, feed.moved_to)
        if not well:
            _log.info("feed not read", url=feed.url, status=fetched.status, reason=fetched.reason)


def _times(feed: FollowedFeed, found: Sequence[Article]) -> tuple[datetime, ...]:
    """Return when the latest articles appeared, with those of this reading."""
    return tuple(
        sorted({*feed.appeared, *(article.when for article in found)}, reverse=True)[: feeds.REMEMBERED]
    )


def _moved(feed: FollowedFeed, fetched: Fetched) -> FollowedFeed:
    """Count how often a permanent redirect has repeated."""
    if fetched.status not in ("ok", "not_modified"):
        return feed
    if fetched.moved_to is None:
        return replace(feed, moved_to=None, moved_times=0)
    times = feed.moved_times + 1 if fetched.moved_to == feed.moved_to else 1
    return replace(feed, moved_to=fetched.moved_to, moved_times=times)


def _record(feed: FollowedFeed, fetched: Fetched) -> Record:
    return Record(
        name=feed.title or feed.url,
        url=feed.url,
        added_at=feed.added_at,
        appeared=feed.appeared,
        last_ok=feed.last_ok_at,
        failures=feed.failures,
        failing_since=feed.failing_since,
        status=fetched.status,
        reason=fetched.reason,
        code=fetched.code,
    )
