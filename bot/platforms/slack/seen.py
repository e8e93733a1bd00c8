"""What was taken on already: Slack repeats what it thinks unacknowledged, and an answer must come once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock

REMEMBERED_FOR: Final = timedelta(hours=1)
"""Slack's last repetition of an event comes about an hour after the first."""
MOST: Final = 20_000
"""Ids kept at most; the oldest go first."""


class Seen:
    """Remembers ids for an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids: dict[str, datetime] = {}

    def is_new(self, name: str) -> bool:
        """Take note of an id; say whether it came for the first time. The empty id is always new."""
        if not name:
            return True
        now = self._clock.now()
        while self._ids:
            oldest = next(iter(self._ids))
            if now - self._ids[oldest] < REMEMBERED_FOR and len(self._ids) < MOST:
                break
            del self._ids[oldest]
        if name in self._ids:
            return False
        self._ids[name] = now
        return True
