"""The names of what feeds hold: short ones for the tags of any form, and which of them an entry has."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from lxml import etree

_NAMESPACES = {
    # Extensions that carry what we read; every other namespace is passed over, except the document's own.
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}
_CORE = frozenset(
    (
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/rss",
        "http://blogs.law.harvard.edu/tech/rss",
    )
)
_PREFIXES = frozenset(_NAMESPACES.values())
# The names of what an entry may hold, the best first.
_FULL = ("content:encoded", "content", "atom:content", "xhtml:body", "xhtml:div")
_SHORT = ("description", "summary", "atom:summary", "media:description", "itunes:summary")
_SHORTER = ("dc:description", "tagline", "itunes:subtitle")
_PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued", "dc:date", "atom:published", "created")
_UPDATED = ("updated", "modified", "dcterms:modified", "atom:updated", "lastbuilddate")
_AUTHORS = ("author", "dc:creator", "atom:author", "itunes:author", "dc:author")
_CATEGORIES = ("category", "dc:subject", "atom:category")
_CARRIERS = ("enclosure", "link", "atom:link")
_PICTURES = ("media:content", "media:thumbnail", "itunes:image")
TITLES = ("title", "atom:title", "dc:title", "media:title", "itunes:title")
_GUIDS = ("guid", "id", "atom:id")
_LANGUAGES = ("dc:language", "language")
_ORIGINS = ("feedburner:origlink",)
_SPOKEN = ("itunes:summary",)
_WANTED = (
    TITLES, _FULL, _SHORT, _SHORTER, _PUBLISHED, _UPDATED, _GUIDS, _AUTHORS, _CATEGORIES, _LANGUAGES,
    _PICTURES, _ORIGINS, _CARRIERS, _SPOKEN,
)  # fmt: skip
"""In the order of `Plan`."""

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives its class no other name


class Names:
    """Short names for the tags of one document: "title", "dc:date", "atom:link"; "" for what is not read."""

    def __init__(self, own: str) -> None:
        self._own = own
        self.known: dict[object, str] = {}

    def of(self, element: Element) -> str:
        """Return the short name of an element."""
        tag = element.tag
        name = self.known.get(tag)
        if name is None:
            # An entity that was left as it was has no text for a tag.
            name = _shortened(tag, element.prefix, self._own) if isinstance(tag, str) else ""
            self.known[tag] = name
        return name


@lru_cache(maxsize=1024)
def _shortened(tag: str, prefix: str | None, own: str) -> str:
    namespace, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    local = local.lower()
    if namespace == own or namespace in _CORE:
        return local
    if not namespace:
        head, colon, rest = local.partition(":")  # a prefix that was never declared
        return local if not colon else (local if head in _PREFIXES else f"?:{rest}")
    known = _NAMESPACES.get(namespace.lower()) or (prefix if prefix in _PREFIXES else None)
    return f"{known}:{local}" if known else ""


class Plan(NamedTuple):
    """Which of the names that an entry may hold are there; the entries of a feed mostly hold the same."""

    titles: tuple[str, ...]
    full: tuple[str, ...]
    short: tuple[str, ...]
    shorter: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    guids: tuple[str, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    pictures: tuple[str, ...]
    origins: tuple[str, ...]
    carriers: tuple[str, ...]
    spoken: tuple[str, ...]


@lru_cache(maxsize=512)
def plan_of(held: tuple[str, ...]) -> Plan:
    """Return which names are there, the best first, of all that an entry holds."""
    return Plan(*(tuple(name for name in names if name in held) for names in _WANTED))
