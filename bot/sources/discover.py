"""From whatever address a manager gives to the feeds behind it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree

from bot.sources.entry import Feed
from bot.sources.errors import SourceError
from bot.sources.feed import parse_feed
from bot.sources.feed_text import decoded
from bot.sources.fetch import Fetched, Fetcher
from bot.sources.identity import absolute
from bot.sources.plaintext import one_line
from bot.sources.source_name import name_of

WELL_KNOWN = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)
"""Where the common publishing systems keep their feeds, the most common first."""

MOST_BELOW = 3
"""Usual places tried below a section page, before those of the whole site."""

MOST_TRIED = 8
"""Addresses asked for one discovery beyond the page itself: a manager waits for the answer."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feed|feeds|rdf)(?:$|[/._?-])|\.(?:rss|atom|xml)$", re.IGNORECASE
)
_CHANNEL_ID = re.compile(r'"(?:externalId|channelId|browseId)"\s*:\s*"(UC[\w-]{22})"')


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that was found and read.

    Attributes:
        url: its address, after redirects that are permanent.
        title: what readers know it by; its address when it has no title.
        entries: how many it holds now.
    """

    url: str
    title: str
    entries: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found behind an address.

    Attributes:
        candidates: the likeliest first; empty when there is no feed.
        reason: when empty: why, in a sentence.
    """

    candidates: tuple[Candidate, ...]
    reason: str = ""


Parse = Callable[[bytes, str | None, str], Awaitable[Feed]]


async def _parse_in_thread(body: bytes, content_type: str | None, base_url: str) -> Feed:
    return await asyncio.to_thread(parse_feed, body, content_type=content_type, base_url=base_url)


async def discover(fetcher: Fetcher, address: str, *, parse: Parse = _parse_in_thread) -> Discovery:
    """Find the feeds behind an address: itself, those that its page links to, or one in a usual place.

    Every candidate was fetched and parsed. Never raises for what the web does.

    Args:
        fetcher: makes the requests.
        address: as a person writes it: with or without a scheme, perhaps in angle brackets as chats do.
        parse: reads a body, off the event loop.
    """
    url = normal(address)
    if url is None:
        return Discovery((), f"“{address.strip()[:80]}” is not an address of the web.")
    if known := known_feed(url):
        found = await _tried(fetcher, [known], parse)
        if found:
            return Discovery(found)
    answer = await fetcher.get(url)
    if answer.status == "failed" and answer.code is None and "://" not in address:
        plain = await fetcher.get(url.replace("https://", "http://", 1))
        answer = plain if plain.status == "ok" else answer
    if answer.status != "ok":
        return Discovery((), f"{url} cannot be read: {answer.reason}.")
    if own := await _candidate(answer, parse):
        return Discovery((own,))
    linked = await asyncio.to_thread(links_in, answer.body, answer.content_type, answer.final_url)
    found = await _tried(fetcher, linked[:MOST_TRIED], parse)
    if not found:
        found = await _tried(fetcher, usual_places(answer.final_url), parse, enough=1)
    if found:
        return Discovery(found)
    return Discovery((), f"There is no feed on {answer.final_url}, nor in the usual places of its site.")


def usual_places(url: str) -> list[str]:
    """Return where a feed may be that no page links to: below a section or a blog first, then at the root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    section = parts.path.rstrip("/")
    below = [f"{root}{section}{path}" for path in WELL_KNOWN[:MOST_BELOW]] if section else []
    return below + [root + path for path in WELL_KNOWN]


def normal(address: str) -> str | None:
    """Return an address with a scheme; None when it cannot be one of the web."""
    text = address.strip().strip("<>").partition("|")[0].strip()
    text = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", text, flags=re.IGNORECASE)
    if text.startswith("//"):
        text = f"https:{text}"
    if "://" not in text:
        if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE):
            return None
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", text):
        return None
    return text if "." in host or ":" in host or host == "localhost" else None


def known_feed(url: str) -> str | None:
    """Return where well-known services keep the feed of a page; None for any other page."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.").removeprefix("old.").removeprefix("m.")
    steps = [step for step in parts.path.split("/") if step]
    first, second = (*steps, "", "")[:2]
    if host == "youtube.com":
        if first == "channel" and second.startswith("UC"):
            return f"https://www.youtube.com/feeds/videos.xml?channel_id={second}"
        lists = parse_qs(parts.query).get("list")
        return f"https://www.youtube.com/feeds/videos.xml?playlist_id={lists[0]}" if lists else None
    if host == "reddit.com" and first in ("r", "user", "u") and second and not parts.path.endswith(".rss"):
        return f"https://www.reddit.com/{'r' if first == 'r' else 'user'}/{second}/.rss"
    if host == "github.com" and len(steps) >= 2 and not parts.path.endswith(".atom"):
        kind = steps[2] if steps[2:3] in (["tags"], ["commits"]) else "releases"
        return f"https://github.com/{first}/{second}/{kind}.atom"
    if host == "medium.com" and first and first != "feed":
        return f"https://medium.com/feed/{first}"
    if len(steps) == 1 and first.startswith("@") and not first.endswith(".rss"):  # a profile of Mastodon
        return f"{parts.scheme}://{parts.netloc}/{first}.rss"
    return None


def links_in(body: bytes, content_type: str | None, url: str) -> list[str]:
    """Return the addresses of feeds that a page names: link tags first, then anchors that look like feeds."""
    text = decoded(body, content_type)
    parser = etree.HTMLParser(no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return []
    base = absolute(next((str(e.get("href")) for e in root.iter("base") if e.get("href")), url), url) or url
    found: dict[str, None] = {}
    for link in root.iter("link"):
        relation, kind = (
            str(link.get("rel") or "").lower().split(),
            str(link.get("type") or "").lower().strip(),
        )
        if "alternate" in relation and kind in _FEED_TYPES:
            _add(found, base, link.get("href"))
    if "youtube.com" in url and (channel := _CHANNEL_ID.search(text)):
        _add(found, base, f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1]}")
    if not found:
        for anchor in root.iter("a"):
            _add_anchor(found, base, str(anchor.get("href") or ""), "".join(anchor.itertext()))
    return list(found)


def _add_anchor(found: dict[str, None], base: str, target: str, words: str) -> None:
    """Add what an anchor leads to when it stays on the site and looks like a feed by words or path."""
    try:
        parts = urlsplit(urljoin(base, target))
    except ValueError:
        return
    named = one_line(words).lower() in ("rss", "rss feed", "atom", "feed", "atom feed")
    if target and parts.netloc == urlsplit(base).netloc and (named or _LOOKS_LIKE_FEED.search(parts.path)):
        _add(found, base, target)


def _add(found: dict[str, None], base: str, target: object) -> None:
    """Add an address of the web, made absolute; feeds of comments go last."""
    joined = absolute(str(target or "").strip(), base)
    if joined:
        found[joined] = None
    for address in [name for name in found if "comments" in name.lower()]:
        found[address] = found.pop(address)


async def _tried(
    fetcher: Fetcher, addresses: list[str], parse: Parse, *, enough: int | None = None
) -> tuple[Candidate, ...]:
    """Fetch addresses one after the other and keep those that are feeds."""
    found: dict[str, Candidate] = {}
    for address in addresses:
        answer = await fetcher.get(address)
        if answer.status == "ok" and (candidate := await _candidate(answer, parse)):
            found.setdefault(candidate.url, candidate)
        if enough is not None and len(found) >= enough:
            break
    return tuple(found.values())


async def _candidate(answer: Fetched, parse: Parse) -> Candidate | None:
    try:
        feed = await parse(answer.body, answer.content_type, answer.final_url)
    except SourceError:
        return None
    return Candidate(answer.final_url, name_of(feed, answer.final_url) or answer.final_url, len(feed.entries))
