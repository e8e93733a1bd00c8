"""What readers know a source by, made of what its feed calls itself: "World" says nothing in a digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from bot.sources.entry import Feed

LONGEST = 60
"""A name is shown on a line with a date and a number; titles that are longer hold a motto."""

READ = 300
"""Signs of a title that are looked at; no name is longer, and long ones are made to cost time."""

_BREAK = re.compile(r"\s+[-–—|·•»>:/~]+\s+|\s*(?:[|»›]|::)+\s*|:\s+")
_ADDRESS = re.compile(r"\w+://\S+|[\w-]+(?:\.[\w-]+)+/\S*")
_ABOUT_FEEDS = re.compile(
    # What names the form and not the source: at the end, in brackets, or before "of".
    r"(?<![\w./:-])[(\[]?(?:(?:rss|atom|xml|news)\s*[\d.]*\s*feeds?|(?:rss|atom|xml)\s*[\d.]*|feeds?)[\s)\]]*$"
    r"|^(?:(?:rss|atom|news)\s+)?feeds?\s+(?:of|for|from)\s+",
    re.IGNORECASE,
)
_ALL_WORDS = """
all articles | all content | all news | all posts | all stories | all | all updates | articles | blog |
entries | front page | frontpage | full | the full | headlines | home | home page | homepage | index |
latest | latest articles | latest headlines | latest news | latest posts | latest stories | latest
updates | main | main page | most recent | new | newest | news | news feed | news headlines | posts |
recent | recent articles | recent posts | stories | top headlines | top news | top stories | untitled |
updates | actualités | aktuell | aktuelles | accueil | inicio | nachrichten | noticias | notícias |
notizie | nieuws | nyheter | portada | startseite | ultime notizie | últimas noticias | à la une
"""
_ALL = frozenset(_ALL_WORDS.replace("\n", " ").strip().split(" | "))
"""Parts of titles that tell that nothing was left out, and not of what."""

_SECTION_WORDS = """
africa americas analysis art arts asia australia books breaking business canada climate comment crime
culture deportes economy economía editorial editorials education entertainment environment estate europe
events family fashion features film finance food football games gaming general health india
internacional international investigations kultur life lifestyle local magazine markets media metro
monde money movies mundo music nation national opinion opinions opinión people photography photos
podcast podcasts policy politics politik politique política press property real reise releases research
review reviews science section society société sport sports story style tech technology television
theatre top travel tv uk us usa video videos weather welt west wirtschaft wissen wissenschaft world
économie
"""
_SECTIONS = frozenset(_SECTION_WORDS.split())
_JOINING = frozenset(
    ["and", "&", "in", "of", "from", "und", "y", "et", "e", "+", ",", "middle", "east", "north"]
)
_SERVING = frozenset(["www", "feeds", "feed", "rss", "rssfeeds", "m", "amp"])


def source_name(title: str, *, link: str | None, feed_url: str) -> str:
    """Return the name of a source: what its feed calls itself without what says nothing to readers.

    Words for feeds ("RSS Feed", "All stories") are dropped; a mere section ("World") stands after the name of
    the publication, or where the title has none, after the host of its site. A title of other kinds stays as
    it is.

    Args:
        title: as the feed gives it, plain text on one line.
        link: the page that the feed belongs to.
        feed_url: the feed's address; its host stands in where there is no such page.

    Returns:
        A text on one line, never empty unless there is no host either.
    """
    return _named(" ".join(title[:READ].split()), _host(link) or _host(feed_url))


def name_of(feed: Feed, feed_url: str) -> str | None:
    """Return the `source_name` of a feed as it was read; None when it has no title.

    Args:
        feed: as it was read.
        feed_url: the feed's address.
    """
    return source_name(feed.title, link=feed.link, feed_url=feed_url) if feed.title else None


@lru_cache(maxsize=1024)
def _named(title: str, host: str) -> str:
    """Return the name of a source by its title and the host of its site; feeds come round again."""
    if _ADDRESS.fullmatch(title):
        return host or title
    told: dict[str, str] = {}
    for mark, raw in _parts(title):
        part = _without_form(raw)
        if part and part.lower() not in _ALL:
            told.setdefault(part, mark)
    sections = [part for part in told if _is_section(part)]
    names = [part for part in told if part not in sections]
    if not names:
        return f"{host}: {', '.join(sections)}" if host and sections else host or title
    if len(names) == 1:
        return f"{names[0]}: {', '.join(sections)}" if sections else names[0]
    whole = "".join([f"{told[part]}{part}" if at else part for at, part in enumerate(told)])
    if len(whole) <= LONGEST:
        return whole
    of_host = [name for name in names if _letters(name) and _letters(name) in _letters(host)]
    return (of_host or names)[0]


def _parts(title: str) -> Iterator[tuple[str, str]]:
    """Take a title apart; yields each part after what stands before it."""
    mark, at = "", 0
    for found in _BREAK.finditer(title):
        yield mark, title[at : found.start()]
        mark, at = found[0], found.end()
    yield mark, title[at:]


def _without_form(part: str) -> str:
    """Return a part of a title without words for feeds."""
    while (less := _ABOUT_FEEDS.sub("", part).strip(" -–—|:,\"'“”")) != part:
        part = less
    return part


def _is_section(part: str) -> bool:
    words = part.lower().replace(",", " ").replace("/", " ").split()
    return all(word in _SECTIONS or word in _JOINING or word in _ALL for word in words)


def _host(address: str | None) -> str:
    """Return the host of an address without labels that only say that it serves feeds or pages."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _SERVING:
        del labels[0]
    return ".".join(labels)


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
