"""What the reading of a feed leaves behind: validators, health, a new address, and the next time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.model.feed import FollowedFeed, Reading
from bot.sources.fetch import Fetched
from bot.sources.health import Record, state
from bot.sources.interval import NO_WISHES, Wishes, next_poll

MOVES_TO_BELIEVE = 3
"""A permanent redirect is believed when it has repeated: a captive portal redirects "permanently" too."""

WELL = ("ok", "not_modified")


def reading_of(feed: FollowedFeed, fetched: Fetched, now: datetime) -> Reading:
    """Return what a reading leaves behind.

    Args:
        feed: before the reading, but with the times of the articles that it brought and what it asks for.
        fetched: what came of the request; "failed" also where the answer was no feed.
        now: aware.
    """
    etag, last_modified, moved_to, moved_times = (
        feed.etag, feed.last_modified, feed.moved_to, feed.moved_times,
    )  # fmt: skip
    failures, failing_since, last_ok = feed.failures, feed.failing_since, feed.last_ok_at
    if fetched.status in WELL:
        etag, last_modified = fetched.validators.etag, fetched.validators.last_modified
        failures, failing_since, last_ok = 0, None, now
        moved_times = _moved_times(feed, fetched.moved_to)
        moved_to = fetched.moved_to
    elif fetched.status != "later" or fetched.code is not None:  # not our own waiting for the host's turn
        failures, failing_since = failures + 1, failing_since or now
    health = state(
        Record(
            appeared=feed.appeared,
            last_ok=last_ok,
            failures=failures,
            failing_since=failing_since,
            status=fetched.status,
            reason=fetched.reason,
            code=fetched.code,
        ),
        now,
    )
    return Reading(
        feed=feed.id,
        quiet=fetched.status == "not_modified"
        and etag == feed.etag
        and last_modified == feed.last_modified
        and not feed.failures
        and moved_times == feed.moved_times == 0,
        state=health.state,
        reason=health.reason,
        what_to_do=health.what_to_do,
        state_since=health.since,
        code=fetched.code,
        next_poll_at=None
        if fetched.status == "gone"
        else next_poll(
            feed.appeared, now, seed=feed.url, wishes=_wishes(feed, fetched, now), failures=failures
        ),
        last_ok_at=last_ok,
        title=feed.title,
        etag=etag,
        last_modified=last_modified,
        failures=failures,
        failing_since=failing_since,
        moved_to=moved_to,
        moved_times=moved_times,
        ttl_minutes=feed.ttl_minutes,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
    )


def new_address(reading: Reading) -> str | None:
    """Return the address that a feed has moved to, once that is believed."""
    return reading.moved_to if reading.moved_times >= MOVES_TO_BELIEVE else None


def _moved_times(feed: FollowedFeed, moved_to: str | None) -> int:
    """Count how often a permanent redirect has repeated."""
    if moved_to is None:
        return 0
    return feed.moved_times + 1 if moved_to == feed.moved_to else 1


def bits(numbers: Iterable[int]) -> int:
    """Return numbers from 0 up as the store keeps them, a bit each."""
    return sum(1 << number for number in set(numbers))


def _numbers(kept: int | None) -> frozenset[int]:
    return frozenset(n for n in range(kept.bit_length()) if kept >> n & 1) if kept else frozenset()


def _wishes(feed: FollowedFeed, fetched: Fetched, now: datetime) -> Wishes:
    """Return what the feed and its server ask for."""
    pushed = feed.pushed_until is not None and feed.pushed_until > now
    asks = feed.ttl_minutes or feed.skip_hours or feed.skip_days or pushed
    if not asks and fetched.max_age_s is None and fetched.retry_after_s is None:
        return NO_WISHES
    return Wishes(
        ttl_minutes=feed.ttl_minutes,
        skip_hours=_numbers(feed.skip_hours),
        skip_days=frozenset(day + 1 for day in _numbers(feed.skip_days)),  # ISO weekdays begin with 1
        max_age_s=fetched.max_age_s,
        retry_after_s=fetched.retry_after_s,
        pushed=pushed,
    )
