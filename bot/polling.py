"""The reading of a feed, step by step: ask, not modified?, parse, store, and when to come back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot import log
from bot.archive import Archive
from bot.clock import Clock
from bot.fulltext import FullText
from bot.model.article import Article
from bot.model.feed import FollowedFeed, Reading
from bot.sources.after import WELL, bits, new_address, reading_of
from bot.sources.answer import Validators
from bot.sources.brought import Brought, Sheet, read_feed, read_feeds
from bot.sources.errors import SourceError
from bot.sources.fetch import Fetched, Fetcher
from bot.sources.hubs import Hubs
from bot.sources.repeats import Repeats
from bot.sources.shortening import Document, Shortening
from bot.sources.source_name import name_of
from bot.sources.websub import offer
from bot.sources.workers import Workers
from bot.store import feeds, readings
from bot.store.database import Database
from bot.store.feed_times import REMEMBERED, FeedTimes
from bot.store.together import Together, apart

AT_ONCE = 64
"""Feeds read beside each other; one that waits for its host's turn does not count. What they bring is worked
off together at each step: at 32, a feed with one new entry costs a fifth more, above 64 nothing is saved."""

BATCH = 1_000
"""Feeds taken up at a time."""

SMALL = 65_536
"""Documents up to so many bytes are read together in a worker, as nearly all can be: the way there and back,
and the look-up of what each brings, are then gone for many. 64 of them take a worker a fifth of a second."""

TOGETHER = 500
"""Readings settled in one transaction: few transactions, since each waits for the disk and its thread takes
turns with the readers; not more, since their statement is made ready on the event loop (5 ms)."""

SETTLE_S = 1.0
"""A reading is settled after so many seconds at the latest. What is lost when the process dies before is
only that the feed was read: it is read again, and nothing is stored twice."""

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


class _Turn(NamedTuple):
    """When a feed's host may be asked for it; sorted by the moment, then by the order in which feeds are due.

    Attributes:
        moment: aware.
        number: the place in that order.
        feed: the feed.
        taken: the moment is the feed's own; else it was too far off.
    """

    moment: datetime
    number: int
    feed: FollowedFeed
    taken: bool


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
        hubs: Hubs | None = None,
    ) -> None:
        self._hubs = hubs
        self._database = database
        self._fetcher = fetcher
        self._workers = workers
        self._full_text = full_text
        self._clock = clock
        self._times = FeedTimes()
        self._repeats = Repeats()
        self._shortening = Shortening()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[int] = set()
        self._left: list[Reading] = []
        self._lookups = Together(self._look_up, most=AT_ONCE)
        self._sheets = Together(self._read_sheets, most=AT_ONCE)
        self._intake = Together(archive.add_of_feeds, most=AT_ONCE)

    async def poll_due(self) -> tuple[Read, ...]:
        """Read the feeds whose time has come, up to a thousand; may be called again while it runs.

        Feeds that are being read are left out, so that a slow one holds up nobody else.
        """
        room = BATCH - len(self._under_way)
        if room <= 0:
            return ()
        async with self._database.read() as connection:
            due = await readings.due_feeds(connection, self._clock.now(), BATCH, self._times)
        return await self._poll_all([feed for feed in due if feed.id not in self._under_way][:room])

    async def poll_now(self, url: str | None) -> tuple[Read, ...]:
        """Read one feed, or (None) all of them, due or not."""
        async with self._database.read() as connection:
            wanted = await readings.feeds_called(connection, url, self._times)
        return await self._poll_all(wanted)

    async def _poll_all(self, due: Sequence[FollowedFeed]) -> tuple[Read, ...]:
        """Read feeds beside each other, and settle their readings many at a time."""
        self._under_way.update(feed.id for feed in due)
        reads: list[Read] = []
        done = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._settle_until(done))
                turns = iter(await self._turns(due))
                async with asyncio.TaskGroup() as readers:
                    for _ in range(min(AT_ONCE, len(due))):
                        readers.create_task(self._read(turns, reads))
                done.set()
        finally:
            self._under_way.difference_update(feed.id for feed in due)
        return tuple(reads)

    async def _turns(self, due: Sequence[FollowedFeed]) -> list[_Turn]:
        """Give each feed a moment at which its host may be asked; the earliest first."""
        turns = []
        for number, feed in enumerate(due):
            if number % 100 == 99:
                await asyncio.sleep(0)
            now = self._clock.now()
            wait = self._fetcher.turn(feed.url)
            moment = now + timedelta(seconds=wait) if wait else now
            turns.append(_Turn(moment, number, feed, taken=wait is not None))
        return sorted(turns)

    async def _read(self, turns: Iterator[_Turn], reads: list[Read]) -> None:
        """Read one feed after the other, each when its turn has come; many readers share the turns."""
        for turn in turns:
            ahead = (turn.moment - self._clock.now()).total_seconds()
            if ahead > 0:
                await self._fetcher.wait(ahead)
            async with self._places:
                reads.append(await self._poll(turn.feed, in_turn=turn.taken))

    async def _poll(self, feed: FollowedFeed, *, in_turn: bool) -> Read:
        """Read one feed: ask; if there is something new, parse and store it; settle when to come back."""
        validators = Validators(feed.etag, feed.last_modified)
        fetched = await self._fetcher.get(feed.url, validators, in_turn=in_turn)
        new = 0
        if fetched.status == "ok" and not self._is_repeat(feed, fetched):
            taken = await apart(self._taken(feed, fetched), "feed not taken in", url=feed.url)
            feed, new, refused = taken or (feed, 0, "it cannot be taken in; the log says why")
            if refused:
                fetched = fetched._replace(status="failed", reason=refused)
        if fetched.status not in WELL:
            _log.info("feed not read", url=feed.url, status=fetched.status, reason=fetched.reason)
        self._left.append(reading_of(feed, fetched, self._clock.now()))
        if len(self._left) >= TOGETHER:
            await self._settle()
        return Read(url=feed.url, status=fetched.status, new=new, reason=fetched.reason)

    def _is_repeat(self, feed: FollowedFeed, fetched: Fetched) -> bool:
        # A feed that was never read may have the number of one that was removed.
        return feed.last_ok_at is not None and self._repeats.has(feed.id, fetched)

    async def _taken(self, feed: FollowedFeed, fetched: Fetched) -> tuple[FollowedFeed, int, str]:
        """Take in a feed's document.

        Returns:
            The feed with what it says of itself; how much was new; why it was refused, "" if it was not.
        """
        self._repeats.forget(feed.id)
        try:
            document, brought = await self._brought(feed, fetched)
        except SourceError as error:
            return feed, 0, f"what it sends is no feed: {error.what}"
        parsed = brought.feed
        known = await self._lookups.do((feed.id, brought.offers))
        found = await self._news(brought, known)
        stored = (await self._intake.do((feed.id, found))).new if found else ()
        times = _times(feed, found, stored)
        self._times.added(feed.id, times)
        if self._hubs is not None:
            at = fetched.final_url
            hub = offer(header=fetched.link, hub=parsed.hub, self_url=parsed.self_url, url=at)
            await self._hubs.offered(feed.id, hub)
        if len(stored) == len(found):  # what another feed brought first is offered to the archive each time
            self._repeats.keep(feed.id, fetched)
        self._shortening.keep(feed.id, document, brought, known.unchanged.union(stored))
        feed = feed._replace(
            title=feed.title or name_of(parsed, feed.url),
            appeared=times,
            ttl_minutes=parsed.ttl_minutes,
            skip_hours=bits(parsed.skip_hours),
            skip_days=bits(day - 1 for day in parsed.skip_days),
        )
        return feed, len(stored), ""

    async def _settle_until(self, done: asyncio.Event) -> None:
        """Settle now and then, and when all is done."""
        while not done.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SETTLE_S):
                    await done.wait()
            await self._settle()
        await self._settle()  # what came in while the last was written

    async def _settle(self) -> None:
        """Keep what the readings since the last time left behind."""
        left, self._left = self._left, []
        if not left:
            return
        async with self._database.write() as connection:
            await readings.save_readings(connection, left)
            for one in left:
                if url := new_address(one):
                    await readings.move_feed(connection, one.feed, url)

    async def _brought(self, feed: FollowedFeed, fetched: Fetched) -> tuple[Document, Brought]:
        """Read what is new of a feed's document; the whole of it where anything is in doubt.

        Raises:
            SourceError: it is no feed.
        """
        if feed.last_ok_at is None:
            self._shortening.forget(feed.id)  # it may have the number of one that was removed
        document = self._shortening.of(feed.id, fetched, self._clock.now())
        if document.known is not None:
            with contextlib.suppress(SourceError):  # the whole of it is read for what is wrong
                brought = await self._read_document(feed, fetched, document)
                if document.fits(brought):
                    return document, brought
            document = self._shortening.of(feed.id, fetched, self._clock.now())  # nothing is known any more
        return document, await self._read_document(feed, fetched, document)

    async def _read_document(self, feed: FollowedFeed, fetched: Fetched, document: Document) -> Brought:
        """Read a document in a worker; the back catalogue of a new feed is kept, but is no news.

        Raises:
            SourceError: it is no feed.
        """
        sheet = Sheet(
            body=document.body,
            content_type=fetched.content_type,
            base_url=fetched.final_url,
            feed_url=feed.url,
            now=document.now,
            undated_at=document.now - BACK_CATALOGUE if feed.last_ok_at is None else document.now,
            headline_only=feed.headline_only,
            left_out=document.left_out,
            name=feed.title,
        )
        if len(sheet.body) > SMALL:
            return await self._workers.run(read_feed, sheet)
        found = await self._sheets.do(sheet)
        if isinstance(found, SourceError):
            raise found
        return found

    async def _read_sheets(self, sheets: Sequence[Sheet]) -> list[Brought | SourceError]:
        """Read small documents together: the way to a worker and back takes as long as one of them."""
        return await self._workers.run(read_feeds, sheets)

    async def _look_up(self, offered: Sequence[tuple[int, Mapping[str, str]]]) -> tuple[feeds.Known, ...]:
        """See what is stored of what several feeds offer: a look at the store costs as much for one."""
        async with self._database.read() as connection:
            return await feeds.known(connection, offered)

    async def _news(self, brought: Brought, known: feeds.Known) -> tuple[Article, ...]:
        """Return the articles that are not stored as they are, completed where the feed only teases.

        Those that another feed has brought are among them, as the archive knows who may see which; their
        pages are not read again.
        """
        found = await brought.unpacked(brought.offers.keys() - known.unchanged)
        whole = await self._full_text.completed([a for a in found if a.id not in known.elsewhere])
        by_id = {article.id: article for article in whole}
        return tuple(by_id.get(article.id, article) for article in found)


def _times(feed: FollowedFeed, found: Sequence[Article], stored: Sequence[str]) -> tuple[datetime, ...]:
    """Return when the latest articles appeared, with those that this reading brought.

    Known ones count no more: an undated entry would seem to appear anew at every reading.
    """
    new = {name.partition("@")[0] for name in stored}  # an id that was taken has its owner behind it
    brought = (article.when for article in found if article.id in new)
    return tuple(sorted({*feed.appeared, *brought}, reverse=True)[:REMEMBERED])
