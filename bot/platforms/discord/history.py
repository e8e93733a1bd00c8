"""Telling a delivery's message again: its nonce, its mark, and the look into a channel's history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from bot.model.delivery import JSON, CannotTell, Delivery, Finding, NotThere, Payload, Sent
from bot.platforms.discord import limits, outcome
from bot.platforms.discord.rest import Reply, Rest, UnreachableError

_PAGES = 20
"""Of 100 messages each: beyond it a channel is too busy to search at every doubt."""
_SKEW = timedelta(minutes=5)
"""Discord's clock and ours may differ by so much."""

_NEVER = datetime.max.replace(tzinfo=UTC)


def nonce(delivery: Delivery) -> str:
    """Return the key by which Discord itself refuses a second copy, for a few minutes; 24 characters."""
    return _digest(delivery)[: limits.NONCE - 1]


def mark(delivery: Delivery) -> int:
    """Return the number written into the message's first component, 2**30..2**31-1.

    A component's id is a number of 32 bits that Discord keeps and gives back, and that nobody sees.
    https://discord.com/developers/docs/components/reference#anatomy-of-a-component
    """
    return 2**30 + int(_digest(delivery)[-8:], 16) % 2**30


def marked(delivery: Delivery) -> Payload:
    """Return what is posted: the stored message with its nonce and mark, and no right to ping."""
    body: Payload = {
        **delivery.payload,
        "nonce": nonce(delivery),
        "enforce_nonce": True,
        "allowed_mentions": {"parse": []},
    }
    components = body.get("components")
    if isinstance(components, list) and components and isinstance(components[0], dict):
        body["components"] = [{**components[0], "id": mark(delivery)}, *components[1:]]
    return body


async def look(rest: Rest, delivery: Delivery) -> Finding:
    """Read a channel's history backwards until the message is found or cannot be there any more."""
    oldest = delivery.created_at - _SKEW
    before: str | None = None
    for _ in range(_PAGES):
        query = {"limit": str(limits.HISTORY_PAGE)} | ({"before": before} if before else {})
        try:
            reply = await rest.call("GET", ("channels", delivery.address, "messages"), query=query)
        except UnreachableError as error:
            return CannotTell(f"Discord could not be reached: {error.reason}", for_good=False)
        if not reply.ok:
            return _unreadable(reply)
        page = [message for message in _list(reply.body) if isinstance(message, dict)]
        for message in page:
            if _is(delivery, message):
                return Sent((str(message["id"]),))
        if not page:
            return NotThere() if before else await _empty(rest, delivery)
        last = str(page[-1].get("id"))
        if last == before or _posted_at(page[-1]) < oldest:
            return NotThere()
        before = last
    return CannotTell("the channel has had too many messages since", for_good=True)


def _unreadable(reply: Reply) -> Finding:
    code = reply.fields.get("code")
    if reply.status == 404 and code in (10003, 10004):
        return NotThere()
    return CannotTell(outcome.said(reply), for_good=reply.status == 403 and isinstance(code, int))


async def _empty(rest: Rest, delivery: Delivery) -> Finding:
    """Judge an empty history: Discord answers so too when the bot may not read it.

    https://discord.com/developers/docs/resources/message#get-channel-messages
    """
    try:
        reply = await rest.call("GET", ("channels", delivery.address))
    except UnreachableError as error:
        return CannotTell(f"Discord could not be reached: {error.reason}", for_good=False)
    if reply.ok and reply.fields.get("last_message_id") is not None:
        return CannotTell("the history shows nothing: Read Message History may be missing", for_good=True)
    return NotThere()


def _is(delivery: Delivery, message: Payload) -> bool:
    if "id" not in message:
        return False
    if message.get("nonce") == nonce(delivery):
        return True
    components = _list(message.get("components"))
    first = components[0] if components else None
    given = first.get("id") if isinstance(first, dict) else None
    if isinstance(given, int) and given >= 2**30:
        return given == mark(delivery)
    if _posted_at(message) < delivery.created_at - _SKEW:
        return False
    # A message without any mark, from an API that drops it: the same words since are ours.
    own = list(_texts([delivery.payload.get("content"), delivery.payload.get("components")]))
    return bool(own) and own == list(_texts([message.get("content"), message.get("components")]))


def _texts(value: JSON) -> Iterator[str]:
    """Yield the words of a message, in order."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name in ("content", "label", "components", "accessory"):
            yield from _texts(value.get(name))


def _posted_at(message: Payload) -> datetime:
    """Return when a message was posted; the end of time when it does not say."""
    given = message.get("timestamp")
    try:
        moment = datetime.fromisoformat(given) if isinstance(given, str) else _NEVER
    except ValueError:
        moment = _NEVER
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _list(value: JSON) -> Sequence[JSON]:
    return value if isinstance(value, list) else []


def _digest(delivery: Delivery) -> str:
    # The channel is part of it: a nonce is compared per person, and keys may repeat between channels.
    return hashlib.sha256(f"{delivery.address}\n{delivery.key}".encode()).hexdigest()
