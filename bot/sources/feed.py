"""A feed's document to entries, and entries to articles."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from lxml import etree

from bot.model.article import Article
from bot.sources.entry import Enclosure, Entry, Feed
from bot.sources.errors import SourceError
from bot.sources.feed_json import feed_of_json
from bot.sources.feed_judge import judged
from bot.sources.feed_text import declared_encoding, decoded, repaired, root_of
from bot.sources.feed_xml import feed_of
from bot.sources.identity import article_id, canonical_url
from bot.sources.source_name import source_name

__all__ = ["Enclosure", "Entry", "Feed", "articles", "parse_feed"]

MAX_BYTES = 64 * 1024 * 1024
"""The largest document that is parsed, after decompression; its tree takes some five times as much memory."""

_ENTITY = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)")
_ITEM = re.compile(r"<(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_HIDDEN = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_NEXT = "Give the address of an RSS, Atom or JSON feed."


def parse_feed(body: bytes, *, content_type: str | None = None, base_url: str | None = None) -> Feed:
    """Read a feed of any form. Computes for milliseconds: never on the event loop.

    A document that is well-formed goes the fast way. Any other is repaired and read again; where the number
    of entries read differs from the number of entries begun, feedparser decides.

    Args:
        body: the document, decompressed.
        content_type: as the server sent it; its charset is a hint.
        base_url: the document's address, which relative addresses start from.

    Raises:
        SourceError: it is no feed.
    """
    if len(body) > MAX_BYTES:
        raise SourceError(f"The feed is too large: the limit is {MAX_BYTES // 1_048_576} MB.", _NEXT)
    if not body.strip(b" \t\r\n\0"):
        raise SourceError("The feed is empty.", "Wait for its publisher to mend it, or remove it.")
    if body.startswith(b"\x1f\x8b"):
        raise SourceError("This is a compressed file, not a feed.", _NEXT)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(body, content_type, base_url)
    return _strict(body, base_url) or _lenient(decoded(body, content_type), base_url)


def _json(body: bytes, content_type: str | None, base_url: str | None) -> Feed:
    try:
        document: object = json.loads(decoded(body, content_type), strict=False)
    except (ValueError, RecursionError):
        raise SourceError("This is not a feed: its JSON is broken.", _NEXT) from None
    return feed_of_json(document, base_url=base_url)


@cache
def _parser(*, recover: bool) -> etree.XMLParser:
    """Return the parser that follows no entity and no address, and gives up on documents made to harm."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _strict(body: bytes, base_url: str | None) -> Feed | None:
    """Read a well-formed UTF-8 document without entities of its own; None for any other."""
    if declared_encoding(body) not in (None, "utf-8"):
        return None
    if b"<!DOCTYPE" in body[:4096] and _ENTITY.search(body):
        return None
    try:
        root = etree.fromstring(body.lstrip(), _parser(recover=False), base_url=base_url)
    except (etree.XMLSyntaxError, ValueError):
        return None
    feed = feed_of(root, base_url=base_url)
    return feed._replace(well_formed=True) if feed else None


def _lenient(text: str, base_url: str | None) -> Feed:
    """Read what is not quite XML."""
    if root_of(text) is None:
        if feed := judged(text, base_url=base_url):
            return feed
        kind = (
            "a web page"
            if re.search(r"<(?:!doctype\s+)?html", text[:4096], re.IGNORECASE)
            else "no feed that we know"
        )
        raise SourceError(f"This is {kind}.", _NEXT)
    mended, cut_off = repaired(text)
    feed = _recovered(mended, cut_off, base_url)
    begun = len(_ITEM.findall(_HIDDEN.sub("", mended))) - cut_off
    if feed is None or len(feed.entries) < begun:
        other = judged(mended, base_url=base_url)
        if other and (feed is None or len(other.entries) > len(feed.entries)):
            return other
    if feed is None:
        raise SourceError("This is not a feed.", _NEXT)
    return feed


def _recovered(text: str, cut_off: bool, base_url: str | None) -> Feed | None:
    """Read a mended document strictly, or as far as libxml2 can make it out."""
    data = text.encode("utf-8", "replace")
    root = None
    for recover in (False, True):
        try:
            root = etree.fromstring(data, _parser(recover=recover), base_url=base_url)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            break
    if root is None:
        return None
    half = cut_off and max(text.rfind("<item"), text.rfind("<entry")) > max(
        text.rfind("</item"), text.rfind("</entry")
    )
    feed = feed_of(root, base_url=base_url)
    if feed is None or not cut_off:
        return feed
    if half and feed.entries and not feed.entries[-1].title and not feed.entries[-1].link:
        return feed._replace(cut_off=True, entries=feed.entries[:-1])
    return feed._replace(cut_off=True, half_entry=half)


OLDEST_YEAR = 1971
"""A date before is a clock that started at zero, not a date of publication."""

FUTURE = timedelta(days=1)
"""A date further ahead is a mistake or an announcement; zones alone account for less."""


def articles(
    feed: Feed,
    *,
    feed_url: str,
    seen_at: datetime,
    undated_at: datetime | None = None,
    headline_only: bool = False,
    name: str | None = None,
) -> tuple[Article, ...]:
    """Return the entries as articles, in the feed's order, each article once; see `article_of_each`."""
    made = article_of_each(
        feed,
        feed_url=feed_url,
        seen_at=seen_at,
        undated_at=undated_at,
        headline_only=headline_only,
        name=name,
    )
    return each_once(made)


def each_once(made: Iterable[Article | None]) -> tuple[Article, ...]:
    """Return the articles of a feed's entries, of those with one id the first."""
    found: dict[str, Article] = {}
    for article in made:
        if article is not None:
            found.setdefault(article.id, article)
    return tuple(found.values())


def article_of_each(
    feed: Feed,
    *,
    feed_url: str,
    seen_at: datetime,
    undated_at: datetime | None = None,
    headline_only: bool = False,
    name: str | None = None,
) -> list[Article | None]:
    """Return the article of each entry, None for one that has none.

    Entries with neither title nor text are left out, and so is an entry that was cut in the middle: an
    article's text never changes once stored, and the next reading brings it whole.

    The same entry gets the same id at every reading: by its address; by guid where several entries share
    an address or have none; by its words where the guid is shared as well.

    Args:
        feed: as it was read.
        feed_url: the address by which the feed is known.
        seen_at: now, aware UTC; dates that it shows to be impossible are dropped.
        undated_at: when articles without a date count as seen; now when it is not given.
        headline_only: the articles may be shown by their headlines only.
        name: what people call the feed; where that is what it calls itself, readers see its `source_name`.
    """
    links = Counter(page for e in feed.entries if (page := page_of(e)))
    guids = Counter(e.guid for e in feed.entries if e.guid)
    moments = (seen_at, seen_at if undated_at is None else undated_at)
    site = canonical_url(feed.link or "")
    if not name or name == feed.title:
        name = source_name(feed.title, link=feed.link, feed_url=feed_url)
    made = [
        _article(feed, entry, feed_url, moments, links, guids, site, name, headline_only)
        if entry.title or entry.text
        else None
        for entry in feed.entries
    ]
    if feed.half_entry:
        made[-1] = None
    return made


def page_of(entry: Entry) -> str | None:
    """Return the canonical address of an entry's page."""
    return canonical_url(entry.original_link or entry.link) if entry.link else None


def _article(
    feed: Feed,
    entry: Entry,
    feed_url: str,
    moments: tuple[datetime, datetime],
    links: Counter[str],
    guids: Counter[str],
    site: str,
    name: str,
    headline_only: bool,
) -> Article:
    now, undated_at = moments
    published = _plausible(entry.published, now)
    url = entry.original_link or entry.link
    url = url if url and url.lower().startswith(("http://", "https://")) else None
    page = canonical_url(url) if url else site
    own_page = page != site and links[page] == 1
    own_guid = entry.guid is not None and guids[entry.guid] == 1
    return Article(
        id=article_id(
            url=url if own_page else None,
            feed_url=feed_url,
            guid=entry.guid if own_guid else None,
            source=feed.title,
            title=entry.title,
            text=entry.text,
        ),
        title=entry.title or _headline(entry.text),
        text=entry.text,
        seen_at=now if published else undated_at,
        url=url,
        guid=entry.guid if own_guid else None,
        source=name or None,
        author=entry.author,
        language=_language(entry.language or feed.language),
        keywords=entry.categories,
        published_at=published,
        image_url=entry.image,
        headline_only=headline_only,
    )


def _plausible(moment: datetime | None, seen_at: datetime) -> datetime | None:
    if moment is None or moment.year < OLDEST_YEAR or moment > seen_at + FUTURE:
        return None
    return moment


def _language(code: str | None) -> str | None:
    """Return ISO 639-1 of a language tag such as "en-GB"; None for anything else."""
    first = (code or "").strip().lower().replace("_", "-").partition("-")[0]
    return first if len(first) == 2 and first.isalpha() and first.isascii() else None


def _headline(text: str) -> str:
    """Return the beginning of a text, for the entries of short-message services, which have no title."""
    line = text.partition("\n")[0]
    return line if len(line) <= 100 else line[:99].rpartition(" ")[0].rstrip(",;:") + "…"
