"""What people ask for, in one vocabulary for every platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, from where; checked on the server, never taken from what the client claims.

    Attributes:
        platform: the platform's name.
        workspace: the platform's id of the workspace or server; tenants are apart by it.
        channel: the platform's id of the channel the question was asked in.
        channel_name: as people call it, where the platform tells.
        user: the platform's id of the person.
        manager: may configure sources, hours and filters.
        at_machine: sits at the machine that holds the database, and so sees everything in it.
        language: ISO 639-1 of the person's client, where the platform tells.
    """

    platform: str
    workspace: str
    channel: str
    user: str
    manager: bool = False
    at_machine: bool = False
    channel_name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedRequest:
    """/related: `query` is a story id, an article id, a link or free text."""

    query: str
    limit: int = 5


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """/brief: what matters since a time, on a topic or on everything.

    Attributes:
        topic: words; None for everything.
        since: such as "24h", "3d", "monday", "2026-05-11"; None for the last day.
        length: "short", "normal" or "long"; None for normal.
    """

    topic: str | None = None
    since: str | None = None
    length: str | None = None


STORY_VIEWS = ("brief", "timeline", "sources", "differences")
"""What /story can show of a story; the first is meant when nothing is said."""


@dataclass(frozen=True, slots=True)
class StoryRequest:
    """/story: one story by its id, from all its sources.

    Attributes:
        story: its id, such as "S-4F2K".
        view: one of `STORY_VIEWS`.
    """

    story: str
    view: str = STORY_VIEWS[0]


@dataclass(frozen=True, slots=True)
class WhyRequest:
    """/why: why a story is told where it is."""

    story: str


@dataclass(frozen=True, slots=True)
class FollowRequest:
    """/follow add|remove|list [words]: what the channel hears of at once; changing it is for managers.

    Attributes:
        action: "add", "remove" or "list".
        words: for "add": words or a story, then options: "harbour sources:3 daily:2 quiet:22:00-07:00".
    """

    action: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class SavedRequest:
    """/saved [add|remove story]: the stories that the asker keeps; for everybody, each their own.

    Attributes:
        action: "list", "add" or "remove".
        story: the id of a story, for "add" and "remove".
    """

    action: str = "list"
    story: str = ""


@dataclass(frozen=True, slots=True)
class FindRequest:
    """/find: full-text search; `page` is 1-based."""

    words: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class SourcesRequest:
    """/sources: what is read, and how it fares."""


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """/nutgraf help: what one can ask for."""


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """/nutgraf feed add|remove|list|page [address]: for managers.

    Attributes:
        action: "add", "remove", "list", or "page" to keep the article of one web page.
    """

    action: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """/nutgraf digest set|add|skip|off|next|preview [words]: for managers.

    Attributes:
        action: "set" (these hours and no others), "add" (these too), "skip", "off", "next" or "preview".
        words: for "set" and "add": times, then optionally a zone and days, such as "08:00 Europe/Berlin
            mon-fri", "every 6h" or "cron 0 8,17 * * 1-5"; for "skip": dates, "holidays DE-BY", "nothing".
    """

    action: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class FilterRequest:
    """/nutgraf filter include|exclude|try|clear|show [words]: for managers.

    Attributes:
        action: "include", "exclude", "try" (show what they would do, change nothing), "clear" or "show".
        words: words and phrases, separated by commas.
    """

    action: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ChannelRequest:
    """/nutgraf channel show|set [name value]: the channel's settings; for managers."""

    action: str
    words: str = ""


RULINGS = ("merge", "split", "undo", "show")
"""What /nutgraf story can do."""


@dataclass(frozen=True, slots=True)
class RulingRequest:
    """/nutgraf story merge|split|undo|show: what is one story; changing it is for managers.

    Attributes:
        action: one of `RULINGS`.
        story: its id.
        other: for "merge": the other story; for "split": the story that the article belongs to, if any.
        article: for "split": the article's id or address, or the name of its publication.
    """

    action: str
    story: str
    other: str | None = None
    article: str | None = None


Request: TypeAlias = (
    RelatedRequest
    | BriefRequest
    | StoryRequest
    | FindRequest
    | WhyRequest
    | FollowRequest
    | SavedRequest
    | SourcesRequest
    | HelpRequest
    | FeedRequest
    | DigestRequest
    | FilterRequest
    | ChannelRequest
    | RulingRequest
)
