"""Taking in articles: a batch is recognised, read, indexed and grouped as a whole, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import summaries
from bot.archive.answers import Added
from bot.archive.assigning import assign
from bot.archive.identity import Recognition, identities
from bot.archive.rooms import Rooms
from bot.model.article import Article
from bot.store import search, search_articles
from bot.store.database import Connection
from bot.store.search_articles import Identity, Known
from bot.stories.terms import reading_language
from bot.stories.vector import Words, read_words

BATCH = 500
"""Articles stored in one transaction: many, since each costs a wait for the disk; few, since others wait."""

KEYWORDS = 10
KEYWORD_TEXT = 20_000
"""Characters that keywords are taken from; a report names its subject early."""


@dataclass(frozen=True, slots=True)
class Read:
    """An article with what was found in its words."""

    article: Article
    words: Words


async def add(
    rooms: Rooms, articles: Sequence[Article], *, feed_id: int | None, private_to: str | None
) -> Added:
    """Store the new ones among these articles, batch by batch."""
    new: list[str] = []
    known = 0
    for start in range(0, len(articles), BATCH):
        stored = await _add_batch(
            rooms, articles[start : start + BATCH], feed_id=feed_id, private_to=private_to
        )
        new += stored
        known += len(articles[start : start + BATCH]) - len(stored)
    return Added(tuple(new), known)


async def _add_batch(
    rooms: Rooms, articles: Sequence[Article], *, feed_id: int | None, private_to: str | None
) -> list[str]:
    named = await rooms.compute(identities, articles, of_feed=feed_id is not None)
    owner = private_to or (f"feed-{feed_id}" if feed_id is not None else "all")
    wanted = named + [replace(one, article_id=f"{one.article_id}@{owner}") for one in named]

    async def recognise(connection: Connection) -> list[Known]:
        return await search_articles.known(connection, wanted, feed_id=feed_id, private_to=private_to)

    async with rooms.database.read() as connection:
        recognition = Recognition(await recognise(connection), owner)
        await rooms.frequencies(connection)
        usual = rooms.languages[0] if rooms.languages else None
    fresh = [
        (article, one)
        for article, one in zip(articles, named, strict=True)
        if not recognition.is_known(article, one)
    ]
    if not fresh:
        return []
    texts = await rooms.compute(read_all, [article for article, _ in fresh], usual)
    async with rooms.database.write() as connection:
        # Another process may have stored some of them while these were read.
        recognition = Recognition(await recognise(connection), owner)
        kept = [
            (text, replace(one, article_id=recognition.free_id(one.article_id)))
            for text, (article, one) in zip(texts, fresh, strict=True)
            if not recognition.is_known(article, one)
        ]
        await _store(rooms, connection, kept, feed_id=feed_id, private_to=private_to)
    return [one.article_id for _, one in kept]


async def _store(
    rooms: Rooms,
    connection: Connection,
    kept: Sequence[tuple[Read, Identity]],
    *,
    feed_id: int | None,
    private_to: str | None,
) -> None:
    """Store articles, make them findable, and give each its story."""
    rows = await search_articles.insert(
        connection, [(read.article, one) for read, one in kept], feed_id=feed_id, private_to=private_to
    )
    new = [(row, read.article, read.words) for row, (read, _) in zip(rows, kept, strict=True)]
    await search.index(
        connection, [search.Indexed(row=row, title=words.title, text=words.text) for row, _, words in new]
    )
    await assign(rooms, connection, new)


def read_all(articles: Sequence[Article], usual: str | None) -> list[Read]:
    """Read articles, filling in the language and the keywords that are missing.

    Args:
        articles: to be stored.
        usual: the language of most of the archive; None for an empty one.
    """
    spoken = [
        article.language or summaries.detect_language(f"{article.title}\n{article.text}")
        for article in articles
    ]
    known = Counter(language for language in spoken if language)
    usual = usual or next((language for language, _ in known.most_common(1)), None)
    return [_read(article, language, usual) for article, language in zip(articles, spoken, strict=True)]


def _read(article: Article, language: str | None, usual: str | None) -> Read:
    keywords = article.keywords or tuple(
        summaries.keywords(article.text[:KEYWORD_TEXT], KEYWORDS, title=article.title, language=language)
    )
    words = read_words(article.title, article.text, reading_language(language, usual))
    return Read(replace(article, language=language, keywords=keywords), words)
