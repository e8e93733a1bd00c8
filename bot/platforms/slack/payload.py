"""Slack's payloads read into what the core understands; every field is looked at before it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.commands.parse import parse
from bot.model.request import Asker, Request
from bot.model.view import Problem
from bot.platforms.slack import buttons

NAME: Final = "slack"
# What Slack puts in place of a channel's name when it has none for an app: direct messages, private channels.
_NAMELESS = {"directmessage", "privategroup", ""}
_TYPED_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")
_TYPED_NAME = re.compile(r"<[@#!][^<>|]*(?:\|([^<>]*))?>")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A question that was acknowledged and is yet to be answered.

    Attributes:
        asker: who asks; whether a manager is not known yet.
        request: what, or what is wrong with the question.
        url: Slack's response_url for it.
        public: the answer is for the whole channel: someone pressed Share.
        id: the same when Slack delivers the question again; "" when Slack gives none.
    """

    asker: Asker
    request: Request | Problem
    url: str
    public: bool = False
    id: str = ""


def command(body: Mapping[str, object]) -> Errand:
    """Read a slash command; one we do not know becomes a Problem that says so."""
    name = _text(body, "channel_name")
    asker = Asker(
        platform=NAME,
        workspace=_text(body, "team_id"),
        channel=_text(body, "channel_id"),
        channel_name=None if name in _NAMELESS else name,
        user=_text(body, "user_id"),
    )
    request = parse(_text(body, "command"), typed(_text(body, "text")))
    return Errand(asker=asker, request=request, url=_text(body, "response_url"), id=_text(body, "trigger_id"))


def press(body: Mapping[str, object]) -> Errand | None:
    """Read the press of a button; None when it is not one of ours or has nobody to answer."""
    match body:
        case {"actions": [{"action_id": str(action_id), "value": str(value)}, *_], "response_url": str(url)}:
            pass
        case _:
            return None
    kind = action_id.partition(":")[0]
    if kind not in (buttons.ASK, buttons.SHARE):
        return None
    user, team, channel = (_part(body, name) for name in ("user", "team", "channel"))
    name = _text(channel, "name")
    asker = Asker(
        platform=NAME,
        workspace=_text(team, "id") or _text(user, "team_id"),
        channel=_text(channel, "id"),
        channel_name=None if name in _NAMELESS else name,
        user=_text(user, "id"),
    )
    request = buttons.decode(value) or Problem(
        what="This button was made by another version of Nutgraf.",
        next="Ask again: “/nutgraf help” says how.",
    )
    return Errand(
        asker=asker, request=request, url=url, public=kind == buttons.SHARE, id=_text(body, "trigger_id")
    )


def typed(text: str) -> str:
    """Return what a person typed after a command, without the markup and escapes Slack adds."""
    bare = _TYPED_NAME.sub(lambda match: match[1] or "", _TYPED_LINK.sub(r"\1", text))
    plain = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return plain.translate(_STRAIGHT).strip()


def _text(body: Mapping[str, object], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


def _part(body: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = body.get(key)
    return value if isinstance(value, Mapping) else {}
