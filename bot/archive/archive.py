"""The front door of the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime

from bot.archive import adding, asking, finding, reading, ruling
from bot.archive.adding import Offer
from bot.archive.answers import Added, FindAnswer, RelatedAnswer, Ruled
from bot.archive.rooms import Rooms
from bot.archive.ruling import Judge
from bot.clock import Clock
from bot.model.article import Article
from bot.model.scope import Scope
from bot.model.story import Parting, Story
from bot.store import revisions
from bot.store.database import Database
from bot.store.rulings import Decision
from bot.store.search_articles import Owner


class Archive:
    """Articles and the stories they make up.

    A scope says whose eyes: None is the shell of the machine and sees all; a workspace sees shared articles
    and those of the feeds it reads. What it may not see is, to it, not there.

    Args:
        database: open and at this program's schema.
        clock: tells the time.
        executor: where computing runs; None for the event loop's own threads.
    """

    def __init__(self, database: Database, *, clock: Clock, executor: Executor | None = None) -> None:
        self._rooms = Rooms(database, clock, executor)

    async def add(
        self, articles: Sequence[Article], *, feed_id: int | None = None, private_to: str | None = None
    ) -> Added:
        """Store the articles that are new, make them findable, and give each its story.

        A batch of up to 500 is stored in one transaction, whole or not at all. Missing languages and
        keywords are filled in. The same article (id, address, guid within the feed, or words of the same
        source and date) is stored once; the same words from another source are a copy and stored. One that
        comes again from the same feed or hands with other words is brought up to date, and what it said
        before is kept, see `wordings`.

        Args:
            articles: in any order.
            feed_id: the feed they came from.
            private_to: `Scope.key` of the workspace that alone may see them.
        """
        (added,) = await adding.add(self._rooms, [Offer(Owner(feed_id, private_to), articles)])
        return added

    async def add_of_feeds(self, found: Sequence[tuple[int, Sequence[Article]]]) -> list[Added]:
        """Do what `add` does for several feeds, in their order, in as few transactions as that takes.

        Args:
            found: feeds, each with its articles.
        """
        return await adding.add(self._rooms, [Offer(Owner(feed_id), ones) for feed_id, ones in found])

    async def article(self, id_or_url: str, scope: Scope | None) -> Article | None:
        """Return an article by its id or its address."""
        async with self._rooms.database.read() as connection:
            found = await reading.article(connection, id_or_url, scope)
        return found.article if found else None

    async def wordings(self, article_id: str) -> tuple[tuple[str, str], ...]:
        """Return every (title, text) that an article had, the one it has now first.

        A sentence that was shown once stands at its offsets in one of them.
        """
        async with self._rooms.database.read() as connection:
            return await revisions.wordings(connection, article_id)

    async def articles(
        self,
        scope: Scope | None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> tuple[Article, ...]:
        """Return articles of (since, until], the earliest first; with a limit, the newest of them."""
        async with self._rooms.database.read() as connection:
            return await reading.newest_articles(connection, scope, since=since, until=until, limit=limit)

    async def newest(self) -> datetime | None:
        """Return the time of the newest article; None for an empty archive."""
        return await reading.newest(self._rooms)

    async def story(self, story_id: str, scope: Scope | None) -> Story | None:
        """Return a story with its visible articles; None when there is none."""
        async with self._rooms.database.read() as connection:
            found = await reading.story(connection, story_id, scope)
        return found[1] if found else None

    async def partings(self, story_id: str, scope: Scope | None) -> tuple[Parting, ...]:
        """Return with which visible stories a story was one until they grew apart, the latest first."""
        async with self._rooms.database.read() as connection:
            return await reading.partings(connection, story_id, scope)

    async def story_of(self, article_ids: Sequence[str], scope: Scope | None) -> dict[str, Story]:
        """Return the story of each of these articles that is visible, by article id."""
        async with self._rooms.database.read() as connection:
            return await reading.stories_of(connection, article_ids, scope)

    async def stories(self, scope: Scope | None, *, since: datetime, until: datetime) -> tuple[Story, ...]:
        """Return the stories with an article that appeared or was first read in (since, until].

        Each comes whole, with all its visible articles up to `until`; the earliest story first.
        """
        async with self._rooms.database.read() as connection:
            return await reading.stories_between(connection, scope, since=since, until=until)

    async def all_stories(self, scope: Scope | None, *, since: datetime | None = None) -> tuple[Story, ...]:
        """Return every story, or those that something happened to since a time; the earliest first."""
        async with self._rooms.database.read() as connection:
            return await reading.stories_between(connection, scope, since=since, until=None)

    async def related(self, query: str, scope: Scope | None, *, limit: int = 5) -> RelatedAnswer:
        """Return what is related to a story, an article, an address or free text, with reasons.

        Articles on the same event come first and are folded into one line; then those on the same affair.
        """
        return await asking.related(self._rooms, query, scope, limit=limit)

    async def related_many(
        self, questions: Sequence[Mapping[str, str]], scope: Scope | None, *, limit: int = 5
    ) -> tuple[RelatedAnswer, ...]:
        """Answer many questions, each {"id": article} or {"text": words}; nothing is folded."""
        return await asking.related_many(self._rooms, questions, scope, limit=limit)

    async def find(self, words: str, scope: Scope | None, *, page: int = 1, size: int = 10) -> FindAnswer:
        """Search all articles: words, "a phrase", -without, source:, lang:, since:, until:, by:date."""
        return await finding.find(self._rooms, words, scope, page=max(1, page), size=max(1, size))

    async def merge(self, one: str, other: str, judge: Judge) -> Ruled:
        """Make two stories one for good; raises `RefusedError` with what stands against it."""
        return await ruling.merge(self._rooms, one, other, judge)

    async def split(self, story: str, article: str, into: str | None, judge: Judge) -> Ruled:
        """Take an article (its id, address or publication) out of a story for good; or `RefusedError`."""
        return await ruling.split(self._rooms, story, article, into, judge)

    async def undo(self, story: str, judge: Judge) -> Ruled:
        """Take back the latest decision on a story; raises `RefusedError` when there is none."""
        return await ruling.undo(self._rooms, story, judge)

    async def decided(self, story: str, judge: Judge) -> tuple[Story, list[Decision]]:
        """Return a story and the decisions on it, the latest first; raises `RefusedError`."""
        return await ruling.decided(self._rooms, story, judge)
