"""How late the event loop is: whatever holds it up holds up every acknowledgement and every digest."""

from __future__ import annotations

import asyncio
from collections import deque

from prometheus_client import Gauge

from bot import log

TICK_S = 0.05
WARN_S = 0.1
"""Nothing of ours may hold the loop for longer."""

WINDOW_S = 60.0
"""The gauge shows the longest lag of so many seconds: who looks once a minute sees every one."""

LAG = Gauge(
    "nutgraf_event_loop_lag_seconds", "Longest time that the event loop was held up in the last minute."
)

_log = log.get(__name__)


class Pulse:
    """Measures the lag of the event loop it runs on.

    Attributes:
        longest_s: the longest lag since the start, in seconds.
    """

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._recent: deque[tuple[float, float]] = deque()

    async def run(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            expected = loop.time() + TICK_S
            await asyncio.sleep(TICK_S)
            self.beat(loop.time(), expected)

    def beat(self, now: float, expected: float) -> None:
        """Take in that a wake-up expected at one moment came at another; both in seconds of one clock."""
        lag = max(0.0, now - expected)
        while self._recent and self._recent[0][0] < now - WINDOW_S:
            self._recent.popleft()
        # Only lags that no later one exceeds can still become the longest: the first is the longest now.
        while self._recent and self._recent[-1][1] <= lag:
            self._recent.pop()
        self._recent.append((now, lag))
        LAG.set(self._recent[0][1])
        self.longest_s = max(self.longest_s, lag)
        if lag > WARN_S:
            _log.warning("the event loop was held up", seconds=round(lag, 3))
