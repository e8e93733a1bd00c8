"""How often one host may be asked, counted over all feeds that it serves."""

from __future__ import annotations

from datetime import datetime, timedelta

REMEMBERED = 10_000
"""Hosts remembered before those whose moment is past are forgotten: the list does not grow for ever."""


class Pace:
    """Gives each request to a host its moment: in order, a gap apart, and not while the host wants peace."""

    def __init__(self, gap_s: float) -> None:
        self._gap = timedelta(seconds=gap_s)
        self._next: dict[str, datetime] = {}
        self._most = REMEMBERED

    def reserve(self, host: str, now: datetime, *, patience_s: float) -> float:
        """Take the next free moment of a host, and return in how many seconds it is.

        Where that is more than `patience_s` seconds, nothing is taken: the caller comes back later.
        """
        start = self._next.get(host, now)
        if start <= now:
            wait, start = 0.0, now
        else:
            wait = (start - now).total_seconds()
        if wait <= patience_s:
            self._next[host] = start + self._gap
        if len(self._next) > self._most:
            self._next = {name: moment for name, moment in self._next.items() if moment > now}
            # Twice what is still needed, so that a busy list is not gone through at every request.
            self._most = max(REMEMBERED, 2 * len(self._next))
        return wait

    def rest(self, host: str, now: datetime, seconds: float) -> None:
        """Leave a host alone for a time, in seconds."""
        self._next[host] = max(self._next.get(host, now), now + timedelta(seconds=seconds))
