"""Lists of feeds as OPML, in and out: what people bring from another reader, and take along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.sources.errors import SourceError
from bot.sources.feed_text import decoded, mended

_ROOT = re.compile(r"<opml(?=[\s>])", re.IGNORECASE)
_NEXT = "Export the list of feeds from your reader as OPML."


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed that a list names.

    Attributes:
        url: the feed's address, http or https.
        title: as the list calls it; "" when it does not.
        site_url: the page the feed belongs to.
        folders: the headings it stands under, outermost first.
    """

    url: str
    title: str = ""
    site_url: str | None = None
    folders: tuple[str, ...] = ()


def read_opml(body: bytes) -> tuple[FeedAddress, ...]:
    """Return the feeds of a list in its order, each address once; also of a list that is not quite XML.

    Raises:
        SourceError: it is not an OPML document, or names no feed.
    """
    text = decoded(body)
    root = None
    if begin := _ROOT.search(text):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
        try:
            root = etree.fromstring(mended(text[begin.start() :], {}).encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            root = None
    if root is None:
        raise SourceError("This is not an OPML list.", _NEXT)
    feeds: dict[str, FeedAddress] = {}
    for feed in _walk(root):
        feeds.setdefault(feed.url, feed)
    if not feeds:
        raise SourceError("The OPML list names no feeds.", _NEXT)
    return tuple(feeds.values())


def write_opml(feeds: Iterable[FeedAddress], *, title: str) -> str:
    """Return an OPML 2.0 document; feeds stand under their outermost folder, in the order of first use."""
    groups: dict[str, list[str]] = {}
    for feed in feeds:
        attributes = [
            f"text={quoteattr(feed.title or feed.url)}",
            'type="rss"',
            f"xmlUrl={quoteattr(feed.url)}",
        ]
        if feed.site_url:
            attributes.append(f"htmlUrl={quoteattr(feed.site_url)}")
        groups.setdefault(feed.folders[0] if feed.folders else "", []).append(
            f"<outline {' '.join(attributes)}/>"
        )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{_escaped(title)}</title></head>", "  <body>"]
    for folder, outlines in groups.items():
        if not folder:
            lines += [f"    {outline}" for outline in outlines]
            continue
        lines.append(f"    <outline text={quoteattr(folder)}>")
        lines += [f"      {outline}" for outline in outlines]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _walk(root: etree._Element) -> Iterator[FeedAddress]:
    """Go through the outlines without recursion: a list may be nested as deep as its writer likes."""
    stack: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folders = stack.pop()
        values = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
        title = " ".join((values.get("title") or values.get("text") or "").split())
        url = values.get("xmlurl") or (
            values.get("url", "") if values.get("type", "").lower() == "rss" else ""
        )
        url = (
            url.removeprefix("feed:")
            if "://" in url.removeprefix("feed:")
            else url.replace("feed://", "http://")
        )
        if url.lower().startswith(("http://", "https://")):
            yield FeedAddress(url, title, values.get("htmlurl") or None, folders)
        elif title and etree.QName(element).localname.lower() == "outline":
            folders = (*folders, title)
        stack.extend((child, folders) for child in reversed(element) if isinstance(child.tag, str))
