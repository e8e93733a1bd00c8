"""The methods of the Web API that the fake knows: a call in, Slack's answer out."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.slack_rules import refusal
from tests.fakes.slack_state import Message, Workspace

SCOPE = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.history": "channels:history",
    "users.info": "users:read",
}


def error(code: str, **more: str) -> dict[str, Any]:
    """Return Slack's way to say no."""
    return {"ok": False, "error": code, **more}


def perform(slack: Workspace, method: str, body: dict[str, Any], token: str) -> dict[str, Any]:
    """Do what a method does and return the answer."""
    if not token:
        return error("not_authed")
    if token != slack.bot_token:
        return error("invalid_auth")
    scope = SCOPE.get(method)
    if scope is not None and scope not in slack.scopes:
        return error("missing_scope", needed=scope)
    match method:
        case "auth.test":
            return {
                "ok": True,
                "team": "Made up",
                "team_id": slack.team,
                "user_id": "U0BOT",
                "bot_id": "B0BOT",
            }
        case "chat.postMessage":
            return _post(slack, body)
        case "chat.postEphemeral":
            return _whisper(slack, body)
        case "conversations.history":
            return _history(slack, body)
        case "users.info":
            return _person(slack, body)
        case _:
            return error("unknown_method")


def _post(slack: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    room = slack.rooms.get(str(body.get("channel")))
    if room is None or room.gone:
        return error("channel_not_found")
    if room.archived:
        return error("is_archived")
    if not room.can_send and "chat:write.public" not in slack.scopes:
        return error("not_in_channel")
    refused = refusal(body)
    if refused:
        return error(refused)
    message = Message(slack.stamp(), room.id, body)
    room.messages.append(message)
    return {"ok": True, "channel": room.id, "ts": message.ts, "message": body}


def _whisper(slack: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    room, person = slack.rooms.get(str(body.get("channel"))), slack.people.get(str(body.get("user")))
    if room is None or room.gone:
        return error("channel_not_found")
    if person is None:
        return error("user_not_in_channel")
    refused = refusal(body)
    if refused:
        return error(refused)
    slack.private.append(Message(slack.stamp(), room.id, body, person.id))
    return {"ok": True, "message_ts": slack.private[-1].ts}


def _history(slack: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    """Answer newest first, a page at a time; metadata only when asked for."""
    room = slack.rooms.get(str(body.get("channel")))
    if room is None or room.gone:
        return error("channel_not_found")
    if not room.can_read_history:
        return error("missing_scope", needed="channels:history")
    if not room.can_send:
        return error("not_in_channel")
    oldest, start = float(body.get("oldest") or 0), int(body.get("cursor") or 0)
    limit = min(int(body.get("limit") or 100), 999)
    found = [message for message in reversed(room.messages) if float(message.ts) > oldest]
    page = found[start : start + limit]
    more = start + limit < len(found)
    with_metadata = str(body.get("include_all_metadata")).lower() == "true"
    return {
        "ok": True,
        "messages": [_kept(message, with_metadata) for message in page],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _kept(message: Message, with_metadata: bool) -> dict[str, Any]:
    kept = {key: value for key, value in message.body.items() if key != "channel"}
    if not with_metadata:
        kept.pop("metadata", None)
    kept = json.loads(json.dumps(kept))
    return {**kept, "type": "message", "ts": message.ts, "bot_id": "B0BOT"}


def _person(slack: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    person = slack.people.get(str(body.get("user")))
    if person is None:
        return error("user_not_found")
    return {
        "ok": True,
        "user": {
            "id": person.id,
            "team_id": slack.team,
            "is_admin": person.admin or person.owner,
            "is_owner": person.owner,
            "deleted": person.deleted,
        },
    }
