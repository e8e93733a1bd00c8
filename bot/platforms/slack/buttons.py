"""What a press of a button says: a reader's request, in the button itself, so that restarts do not matter."""

from __future__ import annotations

import json

from bot.model.request import (
    STORY_VIEWS,
    BriefRequest,
    FindRequest,
    RelatedRequest,
    Request,
    SavedRequest,
    SourcesRequest,
    StoryRequest,
    WhyRequest,
)
from bot.platforms.slack import limits, mrkdwn

ASK = "ask"
"""Begins the action_id of buttons whose answer is for the presser alone."""
SHARE = "share"
"""Begins the action_id of buttons whose answer is for the channel."""
VERSION = 1
"""Of the form of the values; a later form gets a later number, and old buttons say so kindly."""


def encode(request: Request) -> str | None:
    """Return the value of a button that asks this; None for what cannot be asked by a button.

    Only readers' requests are carried, only within Slack's 2,000 characters, and only as valid Unicode.
    """
    fields: list[str | int | None]
    match request:
        case RelatedRequest(query, limit):
            fields = ["related", query, limit]
        case BriefRequest(topic, since, length):
            fields = ["brief", topic, since, length]
        case StoryRequest(story, view):
            fields = ["story", story, view]
        case WhyRequest(story):
            fields = ["why", story]
        case FindRequest(words, page):
            fields = ["find", words, page]
        case SavedRequest("add", story):
            fields = ["save", story]
        case SourcesRequest():
            fields = ["sources"]
        case _:
            return None
    value = json.dumps([VERSION, *fields], ensure_ascii=False, separators=(",", ":"))
    is_text = value.isascii() or value == value.encode("utf-8", "replace").decode()
    return value if is_text and mrkdwn.size(mrkdwn.escape(value)) <= limits.BUTTON_VALUE else None


def decode(value: str) -> Request | None:
    """Return the request a button carries; None when it is of another version, or nothing of ours."""
    try:
        fields = json.loads(value)
    except ValueError:
        return None
    match fields:
        case [1, "related", str(query), int(limit)] if 1 <= limit <= 20:
            return RelatedRequest(query, limit)
        case [1, "brief", str() | None as topic, str() | None as since, str() | None as length]:
            return BriefRequest(topic, since, length)
        case [1, "story", str(story)]:  # as buttons were written before there were views
            return StoryRequest(story)
        case [1, "story", str(story), str(view)] if view in STORY_VIEWS:
            return StoryRequest(story, view)
        case [1, "why", str(story)]:
            return WhyRequest(story)
        case [1, "save", str(story)]:
            return SavedRequest("add", story)
        case [1, "find", str(words), int(page)] if page >= 1:
            return FindRequest(words, page)
        case [1, "sources"]:
            return SourcesRequest()
        case _:
            return None
