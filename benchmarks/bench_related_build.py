"""Fill a synthetic archive quickly: by the functions that store articles, with stories as they were made up.

Choosing keywords and grouping are left out, so that a million articles can be laid down in one sitting; what
questions meet (rows, index, vectors, counts, stories) is what `Archive.add` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TypeAlias

import numpy as np

from benchmarks.bench_related_archive import Writer
from bot.archive.founding import EPOCH, milliseconds
from bot.archive.identity import identities
from bot.model.article import Article
from bot.store import search, search_articles
from bot.store import stories as store
from bot.store.database import Connection, Database
from bot.store.search_articles import EVERYBODY
from bot.stories.codes import codes
from bot.stories.frequencies import Frequencies
from bot.stories.profile import Profile, joined, profile_of
from bot.stories.vector import Words, read_words

BATCH = 2_000
CLOSED = 4_000
"""Articles after which an event is taken to be over; its profile is then written."""

Told: TypeAlias = tuple[int, Article]


async def build(database: Database, writer: Writer, count: int, first: int = 0) -> None:
    """Store so many articles, each in the story of its event."""
    made = _with_events(writer, count, first)
    frequencies = Frequencies()
    rows: dict[int, int] = {}
    profiles: dict[int, list[Profile]] = {}
    while batch := list(islice(made, BATCH)):
        articles = [replace(article, keywords=("bench",)) for _, article in batch]
        words = [read_words(article.title, article.text, article.language) for article in articles]
        keys, counts = np.unique(np.concatenate([one.vector.keys for one in words]), return_counts=True)
        frequencies.add(keys, counts, len(batch))
        for (event, article), one in zip(batch, words, strict=True):
            profile = profile_of(one.vector, milliseconds(article.when), frequencies)
            profiles.setdefault(event, []).append(profile)
        async with database.write() as connection:
            founding = [event for event in profiles if event not in rows]
            new = await store.found(connection, [_story(f"a{event}", profiles[event]) for event in founding])
            rows.update(zip(founding, new, strict=True))
            events = [event for event, _ in batch]
            await _store(connection, articles, words, [rows[event] for event in events])
            await store.count_terms(connection, keys.tolist(), counts.tolist())
            newest = int(batch[-1][1].id[1:])
            over = [event for event in profiles if event < newest - CLOSED or newest >= first + count - 1]
            await store.grow(connection, [_row(rows[event], profiles[event]) for event in over])
        for event in over:
            del profiles[event]


def _with_events(writer: Writer, count: int, first: int) -> Iterator[Told]:
    for article in writer.articles(count, first):
        yield writer.event_number, article


async def _store(
    connection: Connection, articles: Sequence[Article], words: Sequence[Words], stories: Sequence[int]
) -> None:
    named = identities(articles, of_feed=False)
    kept = [(article, identity, EVERYBODY) for article, identity in zip(articles, named, strict=True)]
    rows = await search_articles.insert(connection, kept)
    indexed = zip(rows, words, strict=True)
    await search.index(
        connection, [search.Indexed(row=row, title=w.title, text=w.text) for row, w in indexed]
    )
    await store.keep_words(
        connection,
        [
            store.WordsRow(article=row, story=story, vector=one.vector.pack(), sketch=one.sketch)
            for row, story, one in zip(rows, stories, words, strict=True)
        ],
    )


def _story(founder: str, parts: list[Profile]) -> store.StoryRow:
    # The longest id, which nobody else has.
    return replace(_row(0, parts), story_id=list(codes(founder))[-1])


def _row(row: int, parts: list[Profile]) -> store.StoryRow:
    whole = joined(parts)
    return store.StoryRow(
        row=row,
        story_id="",
        articles=whole.articles,
        first_at=EPOCH + timedelta(milliseconds=whole.first_ms),
        last_at=EPOCH + timedelta(milliseconds=whole.last_ms),
        profile=whole.pack(),
    )
