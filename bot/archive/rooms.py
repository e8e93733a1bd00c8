"""What all parts of the archive share: the store, the clock, where to compute, how rare each word is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from bot.clock import Clock
from bot.compute import compute
from bot.store import stories as store
from bot.store.database import Connection, Database
from bot.stories.frequencies import Frequencies
from bot.stories.terms import reading_language

P = ParamSpec("P")
T = TypeVar("T")

STALE = 50
"""Another process may add articles; after one in fifty more than we counted, all counts are read again."""

LOOKED_UP_AGAIN = timedelta(seconds=30)
"""How often it is looked up whether others have added articles, once there are any: every question asks."""

MOST_LANGUAGES = 6
"""Languages in which the words of a question are stemmed, those with the most articles."""


class Rooms:
    """The store, the clock and the workers, with the document frequencies in memory."""

    def __init__(self, database: Database, clock: Clock, executor: Executor | None) -> None:
        self.database = database
        self.clock = clock
        self.languages: tuple[str, ...] = ()
        self._executor = executor
        self._frequencies = Frequencies()
        self._looked_up_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def compute(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what computes beside the event loop."""
        return await compute(self._executor, work, *args, **kwargs)

    async def frequencies(self, connection: Connection) -> Frequencies:
        """Return how rare each word is, read again when others have added much."""
        async with self._reading:
            now, before = self.clock.now(), self._looked_up_at
            if self._frequencies.articles and before and abs(now - before) < LOOKED_UP_AGAIN:
                return self._frequencies
            self._looked_up_at = now
            highest = await store.highest_row(connection)
            known = self._frequencies.articles
            if abs(highest - known) * STALE > max(known, 1):
                fresh = Frequencies()
                keys, counts = await store.term_table(connection)
                await self.compute(fresh.add, keys, counts, highest)
                self._frequencies = fresh
                self.languages = await store.languages(connection, MOST_LANGUAGES)
            return self._frequencies

    async def learn_languages(self, connection: Connection, spoken: Iterable[str | None]) -> None:
        """Take note of the languages of new articles."""
        if not {language for language in spoken if language} <= set(self.languages):
            self.languages = await store.languages(connection, MOST_LANGUAGES)

    def language_of(self, detected: str | None) -> str | None:
        """Return the language to read a question in: its own if the archive has it, else the archive's."""
        usual = self.languages[0] if self.languages else detected
        return reading_language(detected if detected in self.languages else None, usual)
