"""How often one host may be asked, counted over all feeds that it serves."""

from __future__ import annotations

from datetime import datetime, timedelta

FORGET_AFTER = timedelta(hours=1)
"""A host that was not asked for so long starts afresh, so that the list does not grow for ever."""


class Pace:
    """Gives each request to a host its moment: in order, a gap apart, and not while the host wants peace."""

    def __init__(self, gap_s: float) -> None:
        self._gap = timedelta(seconds=gap_s)
        self._next: dict[str, datetime] = {}

    def reserve(self, host: str, now: datetime, *, patience_s: float) -> float:
        """Take the next free moment of a host, and return in how many seconds it is.

        Where that is more than `patience_s` seconds, nothing is taken: the caller comes back later.
        """
        start = max(self._next.get(host, now), now)
        wait = (start - now).total_seconds()
        if wait <= patience_s:
            self._next[host] = start + self._gap
        if len(self._next) > 10_000:
            self._next = {name: moment for name, moment in self._next.items() if moment > now - FORGET_AFTER}
        return wait

    def rest(self, host: str, now: datetime, seconds: float) -> None:
        """Leave a host alone for a time, in seconds."""
        self._next[host] = max(self._next.get(host, now), now + timedelta(seconds=seconds))
