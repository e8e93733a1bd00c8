"""What Discord's answers mean for a delivery: sent, later or never."""

from __future__ import annotations

import math

from bot.model.delivery import JSON, Later, Never, NeverReason, Outcome, Sent
from bot.platforms.discord.rest import Reply, UnreachableError

_LONGEST_S = 86_400.0
_BAN_S = 600.0
"""For a ban that does not say how long: 10,000 refused requests are counted over ten minutes.
https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans"""

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_GONE = frozenset({10003, 10004})  # unknown channel, unknown guild
_ARCHIVED = frozenset({50083, 160005})  # archived thread, locked thread
_TOKEN = frozenset({40001, 50014})  # unauthorized, invalid authentication token
_FIREWALL = 40333


def of_reply(reply: Reply) -> Outcome:
    """Return what became of a message that was posted, from Discord's answer."""
    status = reply.status
    if reply.ok:
        named = reply.fields.get("id")
        if isinstance(named, str | int) and not isinstance(named, bool):
            return Sent((str(named),))
        return Later(0, "Discord accepted the message without naming it", unknown=True)
    if status == 429:
        return _limited(reply)
    if status >= 500 or status == 408:
        return Later(retry_after(reply) or 0, f"Discord answered {said(reply)}", unknown=True)
    if not reply.fields and status != 401:
        # Discord itself answers in JSON; this is a firewall or a proxy, which may let us through later.
        return Later(
            retry_after(reply) or 0, f"something before Discord answered {said(reply)}", whole_platform=True
        )
    return _refused(reply)


def of_failure(error: UnreachableError) -> Later:
    """Return what became of a message when no answer came."""
    return Later(
        0,
        f"Discord could not be reached: {error.reason}",
        unknown=error.maybe_done,
        # Without a connection no other channel fares better; a connection that broke says nothing of others.
        whole_platform=not error.maybe_done,
    )


def said(reply: Reply) -> str:
    """Return an answer in words for logs and managers: the status, Discord's code and its sentence."""
    message, code = reply.fields.get("message"), reply.fields.get("code")
    if not isinstance(message, str):
        return str(reply.status)
    errors = reply.fields.get("errors")
    detail = f" {str(errors)[:500]}" if errors else ""
    return f"{reply.status}: {message[:300]} (code {code}){detail}"


def _limited(reply: Reply) -> Later:
    wait = retry_after(reply)
    if "retry_after" not in reply.fields:
        return Later(wait or _BAN_S, "Discord's firewall has banned this address", whole_platform=True)
    everywhere = reply.fields.get("global") is True or reply.headers.get("x-ratelimit-scope") == "global"
    return Later(wait or 1.0, "Discord's rate limit was reached", whole_platform=everywhere)


def _refused(reply: Reply) -> Outcome:
    code = reply.fields.get("code")
    if code == _FIREWALL:
        return Later(_BAN_S, said(reply), whole_platform=True)
    if reply.status == 401 or code in _TOKEN:
        return Never(NeverReason.BAD_TOKEN, said(reply))
    if code in _ARCHIVED:
        return Never(NeverReason.ARCHIVED, said(reply))
    if code in _GONE or (code is None and reply.status == 404):
        return Never(NeverReason.CHANNEL_GONE, said(reply))
    if reply.status == 403:
        return Never(NeverReason.NO_PERMISSION, said(reply))
    return Never(NeverReason.REFUSED, said(reply))


def retry_after(reply: Reply) -> float | None:
    """Return how long to wait, 0..a day in seconds; None when the answer does not say."""
    given: JSON = reply.fields.get("retry_after", reply.headers.get("retry-after"))
    if not isinstance(given, int | float | str):
        return None
    try:
        seconds = float(given)
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST_S) if math.isfinite(seconds) else None
