"""A stored message to Slack, once; and looking whether it is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.delivery.port import StillOurs
from bot.model.delivery import (
    JSON,
    CannotTell,
    Delivery,
    Finding,
    HeldBack,
    Later,
    Never,
    NeverReason,
    NotThere,
    Outcome,
    Sent,
)
from bot.platforms.claimed import ClaimOverError, only_while
from bot.platforms.slack import limits
from bot.platforms.slack.wire import Busy, Refusal, Reply, Silence, Wire

EVENT_TYPE: Final = "nutgraf_digest"
"""The type of the metadata that carries a delivery's key; Slack keeps it, readers do not see it."""
CLOCKS_APART: Final = timedelta(minutes=10)
"""How far our clock may be ahead of Slack's when looking for a message."""
PAGES: Final = 20
"""Pages of the history looked at: 4,000 messages since the digest was made."""

# https://docs.slack.dev/reference/methods/chat.postMessage#errors
NEVER: Final = {
    "channel_not_found": NeverReason.CHANNEL_GONE,
    "channel_is_gone": NeverReason.CHANNEL_GONE,
    "is_archived": NeverReason.ARCHIVED,
    "not_in_channel": NeverReason.NO_PERMISSION,
    "missing_scope": NeverReason.NO_PERMISSION,
    "no_permission": NeverReason.NO_PERMISSION,
    "access_denied": NeverReason.NO_PERMISSION,
    "ekm_access_denied": NeverReason.NO_PERMISSION,
    "restricted_action": NeverReason.NO_PERMISSION,
    "restricted_action_read_only_channel": NeverReason.NO_PERMISSION,
    "restricted_action_thread_locked": NeverReason.NO_PERMISSION,
    "restricted_action_non_threadable_channel": NeverReason.NO_PERMISSION,
    "team_access_not_granted": NeverReason.NO_PERMISSION,
    "cannot_reply_to_message": NeverReason.NO_PERMISSION,
    "not_allowed_token_type": NeverReason.BAD_TOKEN,
    "invalid_auth": NeverReason.BAD_TOKEN,
    "not_authed": NeverReason.BAD_TOKEN,
    "account_inactive": NeverReason.BAD_TOKEN,
    "token_revoked": NeverReason.BAD_TOKEN,
    "token_expired": NeverReason.BAD_TOKEN,
}
"""Errors that no retry mends; any other error that Slack names is a refusal of the message itself."""
PASSING: Final = {"service_unavailable", "team_added_to_org", "org_login_required", "accesslimited"}
"""Errors that pass, after which nothing was posted."""
HALFWAY: Final = {"internal_error", "fatal_error", "request_timeout"}
"""Errors after which, as Slack says, part of the work may have been done."""


async def send(wire: Wire, delivery: Delivery, still_ours: StillOurs) -> Outcome | HeldBack:
    """Post one part of a digest, once, with its key in the metadata; held back when the claim is over."""
    body: dict[str, JSON] = {
        **delivery.payload,
        "channel": delivery.address,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}},
    }
    try:
        with only_while(still_ours):
            reply = await wire.call("chat.postMessage", body)
    except ClaimOverError:
        return HeldBack()
    return _outcome(reply)


def _outcome(reply: Reply) -> Outcome:
    """Read what became of a post from Slack's answer."""
    match reply:
        case Busy(after_s):
            return Later(after_s, "Slack limits the rate")
        case Silence(reason, reached):
            return Later(0, reason, unknown=reached, whole_platform=not reached)
        case Refusal(error) if error in NEVER:
            return Never(NEVER[error], error)
        case Refusal("message_limit_exceeded" as error):
            return Later(60, error)
        case Refusal(error) if error in PASSING:
            return Later(0, error, whole_platform=True)
        case Refusal(error) if error in HALFWAY:
            return Later(0, error, unknown=True)
        case Refusal(error, needed):
            return Never(NeverReason.REFUSED, f"{error} {needed}".strip())
        case _:
            ts = reply.get("ts")
            return Sent((ts,)) if isinstance(ts, str) else Later(0, "Slack named no message", unknown=True)


async def find(wire: Wire, delivery: Delivery) -> Finding:
    """Look through the channel's history, since the digest was made, for a message with the key."""
    oldest = (delivery.created_at - CLOCKS_APART).timestamp()
    cursor = ""
    for _ in range(PAGES):
        body: dict[str, JSON] = {
            "channel": delivery.address,
            "oldest": f"{oldest:.6f}",
            "include_all_metadata": "true",
            "limit": str(limits.HISTORY_PAGE),
        }
        if cursor:
            body["cursor"] = cursor
        match await wire.call("conversations.history", body):
            case Busy(after_s):
                return CannotTell(f"Slack limits the rate for {after_s:.0f} s", for_good=False)
            case Silence(reason):
                return CannotTell(reason, for_good=False)
            case Refusal(error, needed):
                passing = error in PASSING or error in HALFWAY
                return CannotTell(f"{error} {needed}".strip(), for_good=not passing)
            case reply:
                ts = _with_key(reply.get("messages"), delivery.key)
                if ts is not None:
                    return Sent((ts,))
                cursor = _next_cursor(reply)
                if not cursor:
                    return NotThere()
    return CannotTell("the channel has too many newer messages to look through", for_good=True)


def _with_key(messages: JSON, key: str) -> str | None:
    """Return the id of the message whose metadata carries the key."""
    for message in messages if isinstance(messages, list) else []:
        match message:
            case {"ts": str(ts), "metadata": {"event_type": kind, "event_payload": {"key": found}}} if (
                kind == EVENT_TYPE and found == key
            ):
                return ts
            case _:
                continue
    return None


def _next_cursor(reply: dict[str, JSON]) -> str:
    match reply:
        case {"response_metadata": {"next_cursor": str(cursor)}}:
            return cursor
        case _:
            return ""
