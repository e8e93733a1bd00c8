"""Taking in articles: a batch is recognised, read, indexed and grouped as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from bot.archive.answers import Added
from bot.archive.assigning import assign
from bot.archive.identity import Recognition, Sharing, identities
from bot.archive.revising import changes, revise
from bot.archive.rooms import Rooms
from bot.archive.words import Read, read_all
from bot.model.article import Article
from bot.store import search, search_articles
from bot.store.database import Connection
from bot.store.search_articles import Identity, Known, Owner
from bot.store.text import storable

BATCH = 500
"""Articles stored in one transaction: many, since each costs a wait for the disk; few, since others wait."""


class Offer(NamedTuple):
    """Articles of one owner."""

    owner: Owner
    articles: Sequence[Article]


class _Named(NamedTuple):
    """An offer's articles, without what cannot be stored of their words, and what each is known by."""

    owner: Owner
    articles: list[Article]
    identities: list[Identity]

    def pairs(self) -> Iterator[tuple[Article, Identity]]:
        return zip(self.articles, self.identities, strict=True)


async def add(rooms: Rooms, offers: Sequence[Offer]) -> list[Added]:
    """Store the new ones of each offer, and what known ones say anew, batch by batch."""
    new: list[list[str]] = [[] for _ in offers]
    updated = [0] * len(offers)
    for batch in _batches(offers):
        done = await _add_batch(rooms, [part for _, part in batch])
        for (at, _), (stored, revised) in zip(batch, done, strict=True):
            new[at] += stored
            updated[at] += revised
    return [
        Added(tuple(ids), len(offer.articles) - len(ids), revised)
        for offer, ids, revised in zip(offers, new, updated, strict=True)
    ]


def _batches(offers: Sequence[Offer]) -> Iterator[list[tuple[int, Offer]]]:
    """Yield parts of offers that make up a batch together, each with the place of its offer."""
    batch: list[tuple[int, Offer]] = []
    room = BATCH
    for at, offer in enumerate(offers):
        for start in range(0, len(offer.articles), BATCH):
            part = offer.articles[start : start + BATCH]
            if len(part) > room:
                yield batch
                batch, room = [], BATCH
            batch.append((at, offer._replace(articles=part)))
            room -= len(part)
    if batch:
        yield batch


def _named(offers: Sequence[Offer]) -> list[_Named]:
    found = []
    for owner, articles in offers:
        fit = list(map(_storable, articles))
        found.append(_Named(owner, fit, identities(fit, of_feed=owner.feed_id is not None)))
    return found


def _storable(article: Article) -> Article:
    title, text = storable(article.title), storable(article.text)
    if title == article.title and text == article.text:
        return article
    return replace(article, title=title, text=text)


async def _add_batch(rooms: Rooms, offers: Sequence[Offer]) -> list[tuple[list[str], int]]:
    """Add a batch; return for each offer the ids of what was stored, and how many were brought up to date."""
    named = await rooms.compute(_named, offers)
    async with rooms.database.read() as connection:
        known = await _known(connection, named)
        await rooms.frequencies(connection)
        usual = rooms.languages[0] if rooms.languages else None
    fresh: list[_Named] = []
    updated: list[int] = []
    for one in named:
        alike = known.with_any(one.identities, one.owner)
        recognition = Recognition(alike, one.owner)
        new = [pair for pair in one.pairs() if not recognition.is_known(*pair)]
        fresh.append(_Named(one.owner, [article for article, _ in new], [identity for _, identity in new]))
        updated.append(await revise(rooms, changes(one.pairs(), alike, one.owner)))
    unread = [article for one in fresh for article in one.articles]
    if not unread:
        return [([], number) for number in updated]
    texts = await rooms.compute(read_all, unread, usual)
    async with rooms.database.write() as connection:
        # Another process may have stored some of them while these were read.
        kept = await _still_new(connection, fresh, texts)
        await _store(rooms, connection, list(chain(*kept)))
    return [
        ([identity.article_id for _, identity, _ in ones], number)
        for ones, number in zip(kept, updated, strict=True)
    ]


async def _known(connection: Connection, named: Sequence[_Named]) -> Sharing:
    """Read what is stored that any of them may be the same as."""
    wanted = []
    for one in named:
        wanted += one.identities
        wanted += [replace(each, article_id=each.article_id + one.owner.suffix) for each in one.identities]
    return Sharing(await search_articles.known(connection, wanted, of_feeds=_feeds(named)))


def _feeds(named: Sequence[_Named]) -> set[int]:
    return {one.owner.feed_id for one in named if one.owner.feed_id is not None}


async def _still_new(
    connection: Connection, fresh: Sequence[_Named], texts: Sequence[Read]
) -> list[list[tuple[Read, Identity, Owner]]]:
    """Return of each offer what neither others have stored by now nor an offer before it brings."""
    known = await _known(connection, fresh)
    shared = await search_articles.shared_feeds(connection, _feeds(fresh))
    waiting = iter(texts)
    kept: list[list[tuple[Read, Identity, Owner]]] = []
    for one in fresh:
        recognition = Recognition(known.with_any(one.identities, one.owner), one.owner)
        ours = []
        # The articles of an offer end first, so that zip takes no text of the next one.
        for (article, named), text in zip(one.pairs(), waiting, strict=False):
            if not recognition.is_known(article, named):
                identity = replace(named, article_id=recognition.free_id(named.article_id))
                ours.append((text, identity, one.owner))
        for text, identity, owner in ours:
            source, published_at = text.article.source, text.article.published_at
            known.add(Known(0, identity, source, published_at, owner, owner.feed_id in shared))
        kept.append(ours)
    return kept


async def _store(rooms: Rooms, connection: Connection, kept: Sequence[tuple[Read, Identity, Owner]]) -> None:
    """Store articles, make them findable, and give each its story."""
    rows = await search_articles.insert(
        connection, [(read.article, identity, owner) for read, identity, owner in kept]
    )
    new = [(row, read.article, read.words) for row, (read, *_) in zip(rows, kept, strict=True)]
    await search.index(
        connection, [search.Indexed(row=row, title=words.title, text=words.text) for row, _, words in new]
    )
    await assign(rooms, connection, new)
