"""Who may configure the bot: the workspace's administrators and owners, as Slack itself says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot import log
from bot.clock import Clock
from bot.platforms.slack.wire import Refusal, Wire

TRUSTED_FOR: Final = timedelta(minutes=5)
"""How long an answer of Slack's holds: someone who loses the office loses the right within it."""
REMEMBERED: Final = 2_000
"""People whose answer is kept at most."""


class People:
    """Asks Slack who is an administrator, and remembers the answer for some minutes."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[bool, datetime]] = {}

    async def is_manager(self, team: str, user: str) -> bool:
        """Say whether a person may configure; no when Slack cannot be asked, which is not remembered."""
        now = self._clock.now()
        known = self._known.get((team, user))
        if known is not None and now - known[1] < TRUSTED_FOR:
            return known[0]
        match await self._wire.call("users.info", {"user": user}):
            case {"user": {**profile}}:
                manager = any(profile.get(right) is True for right in ("is_admin", "is_owner"))
                manager = manager and profile.get("deleted") is not True
            case Refusal(error, needed):
                log.get(__name__).warning("cannot tell who is an administrator", error=error, needed=needed)
                return False
            case _:
                log.get(__name__).warning("cannot tell who is an administrator: Slack does not answer")
                return False
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[team, user] = (manager, now)
        return manager
