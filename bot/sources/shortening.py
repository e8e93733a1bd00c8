"""Feeds without the entries that are stored: a feed that changed brings one new entry and nineteen known.

An entry whose bytes are those of an entry that was read before, and that is stored since, is cut out before
the document is read. What is cut out is known for as long as the process lives; no doubt is worth the time
that cutting saves, so that in any doubt the document is read whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.sources.brought import MARKS, Brought
from bot.sources.entry import Feed
from bot.sources.fetch import Fetched
from bot.sources.pieces import pieces_of

MOST_ENTRIES = 600_000
"""Entries remembered of all feeds, 24 bytes each; above that all are forgotten, and read once more."""

WHOLE_AFTER = timedelta(days=1)
"""Each feed is read whole once a day, so that what was forgotten in the store or here comes right again."""

_Told = tuple[str, str | None, str | None]


class _Known(NamedTuple):
    """What is remembered of a feed; `hashes` and `marks` have one place for each entry, in any order."""

    place: int
    told: _Told
    hashes: array[int]
    marks: bytes
    whole_at: datetime


class Document(NamedTuple):
    """A feed's document as it is to be read.

    Attributes:
        body: the document, perhaps without entries.
        place: the hash of all else that its entries are read by.
        hashes: of the entries in `body`, in their order; None where it was not cut, and cannot be remembered.
        known: what was remembered of the entries that are left out; None when none is.
        now: aware.
    """

    body: bytes
    place: int
    hashes: array[int] | None
    known: _Known | None
    now: datetime

    @property
    def left_out(self) -> bytes:
        """What the entries that are left out are told by, see `Brought.marks`."""
        return self.known.marks if self.known else b""

    def fits(self, brought: Brought) -> bool:
        """Tell whether it was read as if nothing had been left out; if not, it is to be read whole."""
        return self.known is None or (
            brought.sure
            and self.known.told == _told(brought.feed)
            and len(brought.ids) == len(self.hashes or ())
        )


class Shortening:
    """Remembers the entries of each feed that are stored, and leaves them out."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._entries = 0

    def of(self, feed_id: int, fetched: Fetched, now: datetime) -> Document:
        """Return a feed's document without the entries that are stored, and forget them until `keep`."""
        known = self._known.get(feed_id)
        self.forget(feed_id)
        pieces = pieces_of(fetched.body)
        if pieces is None:
            return Document(fetched.body, 0, None, None, now)
        place = hash((fetched.content_type, fetched.final_url, pieces.head[: pieces.outside]))
        hashes = array("q", map(hash, pieces.entries))
        if known is None or known.place != place or now - known.whole_at >= WHOLE_AFTER:
            return Document(fetched.body, place, hashes, None, now)
        numbers = {number: at for at, number in enumerate(known.hashes)}
        new = [at for at, number in enumerate(hashes) if number not in numbers]
        if len(new) == len(hashes):
            return Document(fetched.body, place, hashes, None, now)
        old = [numbers[number] for number in hashes if number in numbers]
        left_out = known._replace(
            hashes=array("q", [known.hashes[at] for at in old]),
            marks=b"".join([known.marks[at * MARKS : (at + 1) * MARKS] for at in old]),
        )
        body = b"".join([pieces.head, *[pieces.entries[at] for at in new], pieces.tail])
        return Document(body, place, array("q", [hashes[at] for at in new]), left_out, now)

    def forget(self, feed_id: int) -> None:
        """Have the next document of a feed read whole."""
        known = self._known.pop(feed_id, None)
        self._entries -= len(known.hashes) if known else 0

    def keep(self, feed_id: int, document: Document, brought: Brought, stored: Collection[str]) -> None:
        """Remember the entries of a document that are stored as that feed's, and those left out of it.

        Args:
            feed_id: the feed.
            document: as it was read.
            brought: what was read.
            stored: the ids of the articles that are stored with the words that they have there.
        """
        hashes, known = document.hashes, document.known
        if hashes is None or not brought.sure or len(brought.ids) != len(hashes):
            return
        well = [at for at, name in enumerate(brought.ids) if name in stored]
        kept = _Known(
            place=document.place,
            told=_told(brought.feed),
            hashes=array("q", [hashes[at] for at in well]),
            marks=b"".join([brought.marks[at * MARKS : (at + 1) * MARKS] for at in well]),
            whole_at=document.now,
        )
        if known is not None:
            kept = kept._replace(
                hashes=kept.hashes + known.hashes, marks=kept.marks + known.marks, whole_at=known.whole_at
            )
        self._entries += len(kept.hashes)
        if self._entries > MOST_ENTRIES:
            self._known.clear()
            self._entries = len(kept.hashes)
        self._known[feed_id] = kept


def _told(feed: Feed) -> _Told:
    """Return what a feed says of itself that bears on who its articles are."""
    return feed.title, feed.link, feed.language
