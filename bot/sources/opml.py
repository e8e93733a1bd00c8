"""Lists of feeds as OPML, in and out: what people bring from another reader, and take along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bot.sources.errors import SourceError
from bot.sources.feed_text import decoded, mended

_ROOT = re.compile(r"<opml(?=[\s>])", re.IGNORECASE)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEXT = "Export the list of feeds from your reader as OPML."


DEEPEST = 20
"""Folders within folders that are written; nobody files feeds as deep."""


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
    """Return an OPML 2.0 document; folders come in the order of first use, within each the feeds likewise."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _storable(title)
    folders: dict[tuple[str, ...], etree._Element] = {(): etree.SubElement(root, "body")}
    for feed in feeds:
        path: tuple[str, ...] = ()
        for name in feed.folders[:DEEPEST]:
            parent, path = folders[path], (*path, name)
            if path not in folders:
                folders[path] = etree.SubElement(parent, "outline", text=_storable(name))
        values = {"text": feed.title or feed.url, "type": "rss", "xmlUrl": feed.url}
        if feed.site_url:
            values["htmlUrl"] = feed.site_url
        outline = etree.SubElement(folders[path], "outline")
        for name, value in values.items():
            outline.set(name, _storable(value))
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _storable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


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
            # A list needs a name for every feed: one without is listed under its address.
            yield FeedAddress(url, "" if title == url else title, values.get("htmlurl") or None, folders)
        elif title and etree.QName(element).localname.lower() == "outline":
            folders = (*folders, title)
        stack.extend((child, folders) for child in reversed(element) if isinstance(child.tag, str))
