"""JSON Feed, versions 1 and 1.1, forgiving about types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from bot.sources.dates import parse_date
from bot.sources.entry import Enclosure, Entry, Feed
from bot.sources.errors import SourceError
from bot.sources.plaintext import literal_line, plain

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def feed_of_json(document: object, *, base_url: str | None) -> Feed:
    """Return the feed of a parsed JSON document; see https://www.jsonfeed.org/version/1.1/.

    Items that are not objects, and values of the wrong type, are passed over.

    Raises:
        SourceError: it is JSON, but no feed.
    """
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(items, list):
        raise SourceError("This is JSON, but not a feed.", "Give the address of an RSS, Atom or JSON feed.")
    base = base_url or _url(document, "feed_url", None) or _url(document, "home_page_url", None)
    hubs = [hub for hub in _rows(document, "hubs") if _string(hub, "type").lower() == "websub"]
    return Feed(
        title=literal_line(_string(document, "title")),
        link=_url(document, "home_page_url", base),
        self_url=_url(document, "feed_url", base),
        language=_string(document, "language") or None,
        entries=tuple(_entry(item, base) for item in items if isinstance(item, dict)),
        hub=_url(hubs[0], "url", base) if hubs else None,
        form="json",
    )


def _entry(item: Mapping[str, object], base: str | None) -> Entry:
    markup, words = plain(_string(item, "content_html")), _string(item, "content_text")
    text = markup or plain(words.replace("<", "&lt;"))
    summary = plain(_string(item, "summary").replace("<", "&lt;"))
    enclosures = tuple(
        Enclosure(url, _string(row, "mime_type"), _size(row.get("size_in_bytes")))
        for row in _rows(item, "attachments")
        if (url := _url(row, "url", base))
    )
    published, updated = parse_date(item.get("date_published")), parse_date(item.get("date_modified"))
    tags = item.get("tags")
    return Entry(
        title=literal_line(_string(item, "title")),
        link=_url(item, "url", base) or _url(item, "external_url", base),
        guid=_string(item, "id").strip() or None,
        published=published or updated,
        updated=updated,
        text=text or summary,
        summary=summary or text,
        author=_authors(item),
        categories=tuple(literal_line(tag) for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        language=_string(item, "language") or None,
        image=_url(item, "image", base) or _url(item, "banner_image", base),
        enclosures=enclosures,
    )


def _string(row: Mapping[str, object], key: str) -> str:
    """Return a text, or a number as text; "" for anything else."""
    value = row.get(key)
    if isinstance(value, str):
        return _CONTROLS.sub("", value)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _rows(row: Mapping[str, object], key: str) -> list[dict[str, object]]:
    value = row.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _url(row: Mapping[str, object], key: str, base: str | None) -> str | None:
    address = _string(row, key).strip()
    if not address:
        return None
    try:
        joined = urljoin(base or "", address)
    except ValueError:
        return None
    return joined if joined.lower().startswith(("http://", "https://")) or ":" not in joined else None


def _authors(item: Mapping[str, object]) -> str | None:
    """Return the names of version 1.1's authors or of version 1's author."""
    author = item.get("author")
    rows = _rows(item, "authors") or ([author] if isinstance(author, dict) else [])
    names = [literal_line(_string(row, "name")) for row in rows]
    return ", ".join(name for name in names if name) or None


def _size(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and 0 <= value < 1e15 else None
