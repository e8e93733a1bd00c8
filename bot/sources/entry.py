"""What a feed says, in one shape for RSS, RDF, Atom and JSON Feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry brings along.

    Attributes:
        url: absolute where the feed tells enough.
        type: media type; "" when not told.
        length: bytes as the feed claims; None when not told.
    """

    url: str
    type: str = ""
    length: int | None = None


class Entry(NamedTuple):
    """One entry of a feed. Every text is plain: tags and entities are gone.

    A tuple, since twenty are made of each feed that changed.

    Attributes:
        title: on one line; "" when there is none.
        link: absolute where the feed tells enough; never of another scheme than http or https.
        guid: the feed's own name for it; empty ones count as none.
        published: aware UTC, as the feed says it: perhaps in the future, perhaps of 1970.
        updated: likewise.
        text: the fullest text that the entry holds, a paragraph a line.
        summary: its short text, when it holds one beside the full text; else the same.
        author: names, separated by commas.
        language: as the feed writes it, such as "en-GB".
        image: the address of its lead picture.
        original_link: the publisher's own address, when a service between changed `link`.
    """

    title: str = ""
    link: str | None = None
    guid: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    text: str = ""
    summary: str = ""
    author: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    original_link: str | None = None


class Feed(NamedTuple):
    """A feed as it was read.

    Attributes:
        title: on one line; "" when there is none.
        link: the page that the feed belongs to.
        self_url: the address that the feed gives for itself.
        entries: in the feed's order.
        hub: the WebSub hub that announces changes.
        ttl_minutes: how long the feed asks to be left alone, from ttl or sy:updatePeriod.
        skip_hours: hours of the day, UTC, 0..23, at which the feed asks not to be read.
        skip_days: days of the week at which it asks so, ISO numbers.
        cut_off: the document ended in the middle.
        half_entry: it ended within the last entry, whose text is then not whole.
        form: "rss", "rdf", "atom", "json", or "odd" when only the lenient parser understood it.
        well_formed: it is XML without a fault, in UTF-8, and was read as it stands.
    """

    title: str = ""
    link: str | None = None
    self_url: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    hub: str | None = None
    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    cut_off: bool = False
    half_entry: bool = False
    form: str = "rss"
    well_formed: bool = False
