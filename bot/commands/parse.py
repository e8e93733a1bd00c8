"""Text after a slash command into a typed request, for platforms whose commands are lines of text."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.commands.parse_story import ruling, story
from bot.model.request import (
    BriefRequest,
    ChannelRequest,
    DigestRequest,
    FeedRequest,
    FilterRequest,
    FindRequest,
    FollowRequest,
    HelpRequest,
    RelatedRequest,
    Request,
    SavedRequest,
    SourcesRequest,
    WhyRequest,
)
from bot.model.view import Problem

LENGTHS = ("short", "normal", "long")
SINCE = re.compile(
    r"(?:since:)?(\d{1,3}[hdw]|\d{4}-\d{2}-\d{2}|yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    re.IGNORECASE,
)
MAX_QUERY = 10_000
"""Characters of a question that are read; what follows is ignored."""


def parse(command: str, text: str) -> Request | Problem:
    """Read a command and the text after it.

    Args:
        command: the command's name, with or without its slash, in any case.
        text: what follows it, as typed.

    Returns:
        The request, or a Problem that says what is missing and how to write it.
    """
    name = command.strip().removeprefix("/").lower()
    words = text.strip()[:MAX_QUERY]
    reader = READERS.get(name)
    if reader is None:
        return Problem(what=f"There is no command “{name}”.", next="“/nutgraf help” lists what I can do.")
    return reader(words)


def _brief(words: str) -> Request | Problem:
    """Read `[topic] [since] [length]`, the last two in any order at the end."""
    topic, since, length = words.split(), None, None
    while topic:
        last = topic[-1]
        if length is None and last.lower() in LENGTHS:
            length = topic.pop().lower()
        elif since is None and (match := SINCE.fullmatch(last)):
            since = match[1].lower()
            topic.pop()
            if topic and topic[-1].lower() == "since":
                topic.pop()
        else:
            break
    return BriefRequest(topic=" ".join(topic) or None, since=since, length=length)


def _related(words: str) -> Request | Problem:
    if not words:
        return Problem(
            what="/related needs something to start from.",
            next="Give a story (S-4F2K), a link, or a few words: “/related ferry aground”.",
        )
    return RelatedRequest(words)


def _why(words: str) -> Request | Problem:
    if not words:
        return Problem(what="/why needs a story.", next="Give its id as the digest shows it: “/why S-4F2K”.")
    return WhyRequest(words)


def _follow(words: str) -> Request | Problem:
    action, _, rest = words.partition(" ")
    match action.lower():
        case "" | "list":
            return FollowRequest("list")
        case "add" | "remove" as known:
            return FollowRequest(known, rest.strip())
        case _:
            return FollowRequest("add", words)


def _saved(words: str) -> Request | Problem:
    action, _, rest = words.partition(" ")
    match action.lower():
        case "" | "list":
            return SavedRequest()
        case "add" | "remove" as known if rest.strip():
            return SavedRequest(known, rest.strip())
        case "add" | "remove" as known:
            return Problem(
                what=f"/saved {known} needs a story.", next=f"Give its id: “/saved {known} S-4F2K”."
            )
        case _:
            return SavedRequest("add", words)


def _catchup(words: str) -> Request | Problem:
    since = words.removeprefix("since").strip()
    return BriefRequest(since=since.lower() or None, length="long")


def _find(words: str) -> Request | Problem:
    if not words:
        return Problem(
            what="/find needs words to look for.", next='For instance: “/find "harbour bridge" since:7d”.'
        )
    return FindRequest(words)


def _sources(_words: str) -> Request | Problem:
    return SourcesRequest()


def _nutgraf(words: str) -> Request | Problem:
    """Read what follows /nutgraf: help, feed, digest, filter, channel, story."""
    family, _, rest = words.partition(" ")
    action, _, tail = rest.strip().partition(" ")
    action, tail = action.lower(), tail.strip()
    match family.lower():
        case "" | "help":
            return HelpRequest()
        case "feed" if action in ("add", "remove", "page") and tail:
            return FeedRequest(action, tail)
        case "feed" if action in ("add", "remove", "page"):
            return Problem(
                what=f"/nutgraf feed {action} needs an address.", next=f"“/nutgraf feed {action} https://…”"
            )
        case "feed" if action in ("", "list"):
            return FeedRequest("list")
        case "digest" if action in ("set", "add", "skip", "off", "next", "preview", ""):
            return DigestRequest(action or "next", tail)
        case "filter" if action in ("include", "exclude", "try", "clear", "show", ""):
            return FilterRequest(action or "show", tail)
        case "channel" if action in ("show", "set", ""):
            return ChannelRequest(action or "show", tail)
        case "story":
            return ruling(action, tail.split())
        case known if known in ("feed", "digest", "filter", "channel"):
            return Problem(
                what=f"/nutgraf {known} does not know “{action}”.",
                next="“/nutgraf help” shows what it knows.",
            )
        case unknown:
            return Problem(
                what=f"/nutgraf does not know “{unknown}”.", next="“/nutgraf help” lists what I can do."
            )


READERS: dict[str, Callable[[str], Request | Problem]] = {
    "brief": _brief,
    "related": _related,
    "story": story,
    "find": _find,
    "why": _why,
    "follow": _follow,
    "saved": _saved,
    "catchup": _catchup,
    "sources": _sources,
    "nutgraf": _nutgraf,
    "help": lambda _words: HelpRequest(),
}
