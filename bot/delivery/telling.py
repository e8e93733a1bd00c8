"""A manager is told, in a message of their own, that the digests of a channel do not arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.delivery.port import Platform
from bot.model.delivery import Delivery, Sent
from bot.model.view import Problem


async def tell_manager(platform: Platform, delivery: Delivery, reason: str, now: datetime) -> bool:
    """Tell the person who set a digest up that it does not arrive, and what to do.

    The message is not stored: it is tried once. The trouble stands in the log and in `nutgraf doctor` too.

    Args:
        platform: where the person is.
        delivery: the message that could not be posted.
        reason: in words.
        now: the present moment.

    Returns:
        Whether the person was reached.
    """
    if not delivery.manager:
        return False
    address = await platform.direct(delivery.manager)
    if address is None:
        return False
    name = delivery.channel_name or delivery.address
    view = Problem(
        what=f"The digest of {name} could not be posted: {reason}.",
        next="Let me into the channel again, or switch its digest off there: “/nutgraf digest off”. "
        "I try again with the next digest.",
    )
    reached = True
    for part, payload in enumerate(platform.render(view), 1):
        letter = replace(
            delivery,
            key=f"trouble-{delivery.key}-{part}",
            address=address,
            payload=payload,
            created_at=now,
        )
        reached = isinstance(await platform.send(letter), Sent) and reached
    return reached
