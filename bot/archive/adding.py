"""Taking in articles: a batch is recognised, read, indexed and grouped as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.archive.answers import Added
from bot.archive.assigning import assign
from bot.archive.identity import Recognition, identities
from bot.archive.revising import changes, revise
from bot.archive.rooms import Rooms
from bot.archive.words import Read, read_all
from bot.model.article import Article
from bot.store import search, search_articles
from bot.store.database import Connection
from bot.store.search_articles import Identity, Known
from bot.store.text import storable

BATCH = 500
"""Articles stored in one transaction: many, since each costs a wait for the disk; few, since others wait."""


async def add(
    rooms: Rooms, articles: Sequence[Article], *, feed_id: int | None, private_to: str | None
) -> Added:
    """Store the new ones among these articles, and what known ones say anew, batch by batch."""
    new: list[str] = []
    updated = 0
    for start in range(0, len(articles), BATCH):
        part = articles[start : start + BATCH]
        stored, revised = await _add_batch(rooms, part, feed_id=feed_id, private_to=private_to)
        new += stored
        updated += revised
    return Added(tuple(new), len(articles) - len(new), updated)


def _named(articles: Sequence[Article], *, of_feed: bool) -> tuple[list[Article], list[Identity]]:
    """Return the articles, without what cannot be stored of their words, and what each is known by."""
    offered = [_storable(article) for article in articles]
    return offered, identities(offered, of_feed=of_feed)


def _storable(article: Article) -> Article:
    title, text = storable(article.title), storable(article.text)
    if title == article.title and text == article.text:
        return article
    return replace(article, title=title, text=text)


async def _add_batch(
    rooms: Rooms, articles: Sequence[Article], *, feed_id: int | None, private_to: str | None
) -> tuple[list[str], int]:
    articles, named = await rooms.compute(_named, articles, of_feed=feed_id is not None)
    owner = private_to or (f"feed-{feed_id}" if feed_id is not None else "all")
    wanted = named + [replace(one, article_id=f"{one.article_id}@{owner}") for one in named]

    async def recognise(connection: Connection) -> list[Known]:
        return await search_articles.known(connection, wanted, feed_id=feed_id, private_to=private_to)

    async with rooms.database.read() as connection:
        known = await recognise(connection)
        recognition = Recognition(known, owner)
        await rooms.frequencies(connection)
        usual = rooms.languages[0] if rooms.languages else None
    fresh = [
        (article, one)
        for article, one in zip(articles, named, strict=True)
        if not recognition.is_known(article, one)
    ]
    updated = await revise(rooms, changes(zip(articles, named, strict=True), known, owner))
    if not fresh:
        return [], updated
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
    return [one.article_id for _, one in kept], updated


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
