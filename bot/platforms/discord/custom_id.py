"""What a button means, written into its custom_id: it works after a restart, since nothing else is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.platforms.discord import limits

_VERSION = "n1"
"""Raised when the meaning of an id changes; ids of older versions are answered with what to do instead."""


@dataclass(frozen=True, slots=True)
class Share:
    """Post the private answer that the button stands under into the channel."""


@dataclass(frozen=True, slots=True)
class Related:
    """What is related to a story or an article."""

    query: str


@dataclass(frozen=True, slots=True)
class Save:
    """Keep a story for whoever presses."""

    story: str


@dataclass(frozen=True, slots=True)
class More:
    """A further page of a search."""

    words: str
    page: int


Press: TypeAlias = Share | Related | Save | More


def write(press: Press, place: int = 0) -> str | None:
    """Return the custom_id, or None when it would be too long.

    Args:
        press: what the button does.
        place: its number in the message; ids must be unique within one.
    """
    text: str
    match press:
        case Share():
            text = f"{_VERSION}:share:{place}"
        case Related(query=query):
            text = f"{_VERSION}:related:{place}:{query}"
        case Save(story=story):
            text = f"{_VERSION}:save:{place}:{story}"
        case More(words=words, page=page):
            text = f"{_VERSION}:more:{place}:{page}:{words}"
    return text if limits.units(text) <= limits.CUSTOM_ID and _encodable(text) else None


def read(text: str) -> Press | None:
    """Return what a custom_id means; None when it is not ours or of another version."""
    version, _, rest = text.partition(":")
    kind, _, rest = rest.partition(":")
    if version != _VERSION:
        return None
    _, _, rest = rest.partition(":")
    match kind:
        case "share":
            return Share()
        case "related" if rest:
            return Related(rest)
        case "save" if rest:
            return Save(rest)
        case "more":
            page, _, words = rest.partition(":")
            # Nine digits: far beyond any page, and int() stays cheap whatever somebody sends.
            if words and len(page) < 10 and page.isascii() and page.isdigit():
                return More(words, int(page))
        case _:
            pass
    return None


def _encodable(text: str) -> bool:
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
