"""feedparser as the judge of documents that no strict reader understands; the only file that imports it."""

from __future__ import annotations

import re
from typing import Any
from xml.sax import SAXException

import feedparser

from bot.sources.dates import parse_date
from bot.sources.entry import Entry, Feed
from bot.sources.plaintext import one_line, plain

MAX_CHARACTERS = 2_000_000
"""feedparser reads about half a million characters a second; more would not end within its five seconds."""

MAX_ATTRIBUTES = 500
"""Within one tag; its time grows with the square of their number (15 s at 50,000)."""

MAX_TAGS = 60_000
"""In the whole document, for the same five seconds; deep nesting costs it most."""

_CROWDED_TAG = re.compile(r"<[^<>]{20000}")
_FAULTS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    ArithmeticError,
    AssertionError,
    SAXException,
)


def judged(text: str, *, base_url: str | None) -> Feed | None:
    """Return what feedparser makes of a document; None when it finds no feed, fails, or would be too slow."""
    if len(text) > MAX_CHARACTERS or text.count("<") > MAX_TAGS or _CROWDED_TAG.search(text):
        return None
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base_url or ""}
    try:
        result: Any = feedparser.parse(
            text.encode("utf-8", "replace"),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=True,
        )
        if not result.get("version") and not result.get("entries"):
            return None
        channel = result.get("feed", {})
        return Feed(
            title=one_line(channel.get("title") or ""),
            link=_web(channel.get("link")),
            language=channel.get("language") or None,
            entries=tuple(_entry(entry) for entry in result["entries"]),
            form="odd",
        )
    except _FAULTS:
        # It raises whatever its many parts raise: a document that it cannot judge is not a feed to us.
        return None


def _entry(entry: Any) -> Entry:  # noqa: ANN401 - feedparser has no types; they end in this file
    contents = [plain(part.get("value") or "") for part in entry.get("content", ())]
    summary = plain(entry.get("summary") or "")
    updated = parse_date(dict.get(entry, "updated"))  # its own get warns of a stand-in
    return Entry(
        title=one_line(entry.get("title") or ""),
        link=_web(entry.get("link")),
        guid=entry.get("id") or None,
        published=parse_date(entry.get("published")) or parse_date(entry.get("created")) or updated,
        updated=updated,
        text=max([summary, *contents], key=len),
        summary=summary or (contents[0] if contents else ""),
        author=one_line(entry.get("author") or "") or None,
        categories=tuple(one_line(tag.get("term") or "") for tag in entry.get("tags", ()) if tag.get("term")),
        language=entry.get("language") or None,
    )


def _web(address: object) -> str | None:
    return (
        address if isinstance(address, str) and address.lower().startswith(("http://", "https://")) else None
    )
