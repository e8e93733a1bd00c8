"""When to read a feed again: by its own rhythm, its wishes, and its failures. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)

UNKNOWN = timedelta(hours=1)
"""For a feed that tells no dates, or has too few entries to show a rhythm."""

READINGS_PER_ENTRY = 2
"""A feed is read twice for each entry that its rhythm promises: late by a quarter of the gap on average."""

SILENCE_SHARE = 10
"""A feed that is silent is read again after a tenth of its silence at the earliest."""

REMEMBERED = 20
"""How many of the latest entries show the rhythm."""

PUSHED = 6
"""How many times as seldom a feed is read whose hub tells of news: hubs fail silently, so reading goes on."""

JITTER = 0.05
"""Share by which an interval is shortened or lengthened, so that feeds added together drift apart."""

FIRST_RETRY = timedelta(minutes=10)
"""After a first failure; each further one doubles it, up to a day."""

_SHORTEST_S, _LONGEST_S, _UNKNOWN_S, _FIRST_RETRY_S = (
    length.total_seconds() for length in (SHORTEST, LONGEST, UNKNOWN, FIRST_RETRY)
)


class Wishes(NamedTuple):
    """What a feed and its server ask for.

    Attributes:
        ttl_minutes: from the feed.
        skip_hours: hours of the day, UTC.
        skip_days: ISO weekdays.
        max_age_s: seconds, from Cache-Control or Expires.
        retry_after_s: seconds, from Retry-After.
        pushed: a hub tells us of changes, so that reading is only a safeguard.
    """

    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    max_age_s: float | None = None
    retry_after_s: float | None = None
    pushed: bool = False


NO_WISHES = Wishes()


def rhythm(appeared: Sequence[datetime]) -> timedelta | None:
    """Return the usual gap between entries; None when fewer than three show one.

    Args:
        appeared: when entries were published, or first seen where that is not known; any order, aware.
    """
    usual, _ = _shown(tuple(appeared))
    return None if usual is None else timedelta(seconds=usual)


@lru_cache(maxsize=16_384)
def _shown(appeared: tuple[datetime, ...]) -> tuple[float | None, datetime | None]:
    """Return the usual gap in seconds and the latest time; a kilobyte each.

    They are reckoned once for all the readings that bring nothing new.
    """
    latest = sorted(appeared, reverse=True)[:REMEMBERED]
    if len(latest) < 3:
        return None, latest[0] if latest else None
    gaps = [(a - b).total_seconds() for a, b in pairwise(latest)]
    # A burst of entries at one moment is no rhythm of zero: the mean over the span bounds it from below.
    mean = (latest[0] - latest[-1]).total_seconds() / len(gaps)
    return max(median(gaps), mean / 4), latest[0]


def interval(
    appeared: Sequence[datetime], now: datetime, *, wishes: Wishes = NO_WISHES, failures: int = 0
) -> timedelta:
    """Return how long to leave a feed alone, without jitter: 5 minutes to a day.

    Args:
        appeared: when its latest entries appeared, see `rhythm`.
        now: aware.
        wishes: what it asks for; they lengthen the interval, never shorten it.
        failures: how many readings failed one after the other.
    """
    return timedelta(seconds=_seconds(appeared, now, wishes, failures))


def _seconds(appeared: Sequence[datetime], now: datetime, wishes: Wishes, failures: int) -> float:
    """Reckon the interval in seconds: with timedeltas, the reckoning takes thrice as long."""
    usual, latest = _shown(tuple(appeared))
    length = _UNKNOWN_S if usual is None else usual / READINGS_PER_ENTRY
    if latest is not None:
        length = max(length, (now - latest).total_seconds() / SILENCE_SHARE)
    if wishes is not NO_WISHES:
        asked = max((wishes.ttl_minutes or 0) * 60, wishes.max_age_s or 0, wishes.retry_after_s or 0)
        length = max(length, asked)
    if wishes.pushed:
        length *= PUSHED
    if failures:
        length = max(length, _FIRST_RETRY_S * 2 ** min(failures - 1, 12))
    return min(max(length, _SHORTEST_S), _LONGEST_S)


def next_poll(
    appeared: Sequence[datetime], now: datetime, *, seed: str, wishes: Wishes = NO_WISHES, failures: int = 0
) -> datetime:
    """Return when to read a feed again, aware.

    The interval is varied by up to 5 % either way, the same for the same seed and time; a wait that the
    server asked for is never cut short, and hours and days that the feed wants skipped are passed over.

    Args:
        appeared: when its latest entries appeared.
        now: when it was read, aware.
        seed: names the feed, such as its address.
        wishes: what it and its server ask for.
        failures: how many readings failed one after the other.
    """
    share = zlib.crc32(seed.encode(), int(now.timestamp())) / 2**31 - 1
    length = _seconds(appeared, now, wishes, failures)
    when = now + timedelta(seconds=length * (1 + JITTER * share))
    if wishes.retry_after_s:
        when = max(when, now + timedelta(seconds=min(wishes.retry_after_s, _LONGEST_S)))
    return _past_skipped(when, wishes)


def _past_skipped(when: datetime, wishes: Wishes) -> datetime:
    """Move to the next hour that is not to be skipped; a feed that skips all of them is not obeyed."""
    if not wishes.skip_hours and not wishes.skip_days:
        return when
    for _ in range(24 * 7):
        if when.hour not in wishes.skip_hours and when.isoweekday() not in wishes.skip_days:
            return when
        when = when.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return when - timedelta(days=7)
