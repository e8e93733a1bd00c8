"""The one place that reads the time; everything else is handed a Clock or a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the machine's time, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place


class ManualClock:
    """A clock that moves only when told: for previews at another time, and for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment that was set last."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Jump to a moment, forwards or backwards."""
        self._now = moment.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move by a step, which may be negative."""
        self._now += step
