"""What a feed brings: its articles, made in a worker process and packed so that only news is unpacked.

Most of what a feed sends is known. The worker therefore says of each article only its id and the hash of its
words; the articles come packed, some hundred at a time, so that no document however long holds up the event
loop while it is unpacked.
"""

from __future__ import annotations

import asyncio
import hashlib
import pickle
from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from bot.model.article import Article
from bot.sources.entry import Entry, Feed
from bot.sources.errors import SourceError
from bot.sources.feed import article_of_each, each_once, page_of, parse_feed
from bot.sources.identity import content_hash

PIECE = 100
"""Articles packed together: unpacking them takes under a millisecond."""

MARKS = 16
"""Bytes that an entry is told by: a hash of its page's address, and one of its guid, eight each."""

_NO_MARK = bytes(MARKS // 2)

_NAMES = tuple(field.name for field in fields(Article))
_values = attrgetter(*_NAMES)


class Brought(NamedTuple):
    """A feed's document, read.

    Attributes:
        feed: the feed, without its entries.
        offers: by the id of each article the hash of its words as the feed gives them, in the feed's order.
        packed: the articles in that order.
        ids: the id of the article of each entry, "" for an entry that has none.
        marks: of each entry what other entries tell it by, `MARKS` bytes.
        sure: it is well-formed XML, and no entry has the page or the guid of one that was left out.
    """

    feed: Feed
    offers: dict[str, str]
    packed: tuple[bytes, ...]
    ids: tuple[str, ...]
    marks: bytes
    sure: bool

    async def unpacked(self, wanted: Collection[str]) -> tuple[Article, ...]:
        """Return the articles of some ids, in the feed's order."""
        found: list[Article] = []
        ids = iter(self.offers)
        for piece in self.packed if wanted else ():
            rows = pickle.loads(piece)  # noqa: S301 - from our own process
            found += [
                Article(**dict(zip(_NAMES, row, strict=True)))
                for row, name in zip(rows, ids, strict=False)  # a piece ends before the ids do
                if name in wanted
            ]
            await asyncio.sleep(0)
        return tuple(found)


class Sheet(NamedTuple):
    """A feed's document that is to be read.

    Attributes:
        body: the document, decompressed.
        content_type: as the server sent it.
        base_url: where the document was read.
        feed_url: the address by which the feed is known.
        now: aware UTC.
        undated_at: when articles without a date count as seen.
        headline_only: the articles may be shown by their headlines only.
        left_out: the marks of entries that were left out of the document.
        name: what people call the feed, or it itself; None when that is not known.
    """

    body: bytes
    content_type: str | None
    base_url: str
    feed_url: str
    now: datetime
    undated_at: datetime
    headline_only: bool = False
    left_out: bytes = b""
    name: str | None = None


def read_feeds(sheets: Sequence[Sheet]) -> list[Brought | SourceError]:
    """Read the documents of several feeds; what is no feed costs the others nothing."""
    found: list[Brought | SourceError] = []
    for sheet in sheets:
        try:
            found.append(read_feed(sheet))
        except SourceError as error:
            found.append(error)
    return found


def read_feed(sheet: Sheet) -> Brought:
    """Read a feed's document. Computes for milliseconds: never on the event loop.

    Raises:
        SourceError: it is no feed.
    """
    feed = parse_feed(sheet.body, content_type=sheet.content_type, base_url=sheet.base_url)
    each = article_of_each(
        feed,
        feed_url=sheet.feed_url,
        seen_at=sheet.now,
        undated_at=sheet.undated_at,
        headline_only=sheet.headline_only,
        name=sheet.name,
    )
    found = each_once(each)
    marks = [mark for entry in feed.entries for mark in _marks(entry)] if feed.well_formed else []
    there = {sheet.left_out[at : at + len(_NO_MARK)] for at in range(0, len(sheet.left_out), len(_NO_MARK))}
    return Brought(
        feed=feed._replace(entries=()),
        offers={article.id: content_hash(article.title, article.text) for article in found},
        packed=tuple(
            pickle.dumps(list(map(_values, found[start : start + PIECE])), pickle.HIGHEST_PROTOCOL)
            for start in range(0, len(found), PIECE)
        ),
        ids=tuple(["" if article is None else article.id for article in each]),
        marks=b"".join(marks),
        sure=feed.well_formed and (there - {_NO_MARK}).isdisjoint(marks),
    )


def _marks(entry: Entry) -> tuple[bytes, bytes]:
    """Return what an entry is told by, as long as no other has the same: its page, and its guid."""
    return _mark("page", page_of(entry)), _mark("guid", entry.guid)


def _mark(kind: str, text: str | None) -> bytes:
    if not text:
        return _NO_MARK
    data = f"{kind} {text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=len(_NO_MARK)).digest()
