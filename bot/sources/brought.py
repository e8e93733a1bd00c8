"""What a feed brings: its articles, made in a worker process and packed so that only news is unpacked.

Most of what a feed sends is known. The worker therefore says of each article only its id and the hash of its
words; the articles come packed, some hundred at a time, so that no document however long holds up the event
loop while it is unpacked.
"""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from bot.model.article import Article
from bot.sources.entry import Feed
from bot.sources.feed import articles, parse_feed
from bot.sources.identity import content_hash

PIECE = 100
"""Articles packed together: unpacking them takes under a millisecond."""

_NAMES = tuple(field.name for field in fields(Article))
_values = attrgetter(*_NAMES)


class Brought(NamedTuple):
    """A feed's document, read.

    Attributes:
        feed: the feed, without its entries.
        offers: by the id of each article the hash of its words as the feed gives them, in the feed's order.
        packed: the articles in that order.
    """

    feed: Feed
    offers: dict[str, str]
    packed: tuple[bytes, ...]

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


def read_feed(
    body: bytes,
    *,
    content_type: str | None,
    base_url: str,
    feed_url: str,
    now: datetime,
    undated_at: datetime,
    headline_only: bool,
) -> Brought:
    """Read a feed's document. Computes for milliseconds: never on the event loop.

    Args:
        body: the document, decompressed.
        content_type: as the server sent it.
        base_url: where the document was read.
        feed_url: the address by which the feed is known.
        now: aware UTC.
        undated_at: when articles without a date count as seen.
        headline_only: the articles may be shown by their headlines only.

    Raises:
        SourceError: it is no feed.
    """
    feed = parse_feed(body, content_type=content_type, base_url=base_url)
    found = articles(feed, feed_url=feed_url, seen_at=now, undated_at=undated_at, headline_only=headline_only)
    return Brought(
        feed=feed._replace(entries=()),
        offers={article.id: content_hash(article.title, article.text) for article in found},
        packed=tuple(
            pickle.dumps(list(map(_values, found[start : start + PIECE])), pickle.HIGHEST_PROTOCOL)
            for start in range(0, len(found), PIECE)
        ),
    )
