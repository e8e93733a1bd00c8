"""What the reading of a feed leaves behind: validators, health, a new address, and the next time. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.feed import FollowedFeed
from bot.model.view import SourceState
from bot.sources.entry import Feed
from bot.sources.fetch import Fetched
from bot.sources.health import Record, state
from bot.sources.interval import NO_WISHES, Wishes, next_poll

MOVES_TO_BELIEVE = 3
"""A permanent redirect is believed when it has repeated: a captive portal redirects "permanently" too."""

WELL = ("ok", "not_modified")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be kept of a reading.

    Attributes:
        feed: with its new validators and failures.
        health: how it fares now.
        next_poll_at: when to read it again, aware; None for never.
    """

    feed: FollowedFeed
    health: SourceState
    next_poll_at: datetime | None

    @property
    def new_url(self) -> str | None:
        """The address that the feed has moved to, once that is believed."""
        return self.feed.moved_to if self.feed.moved_times >= MOVES_TO_BELIEVE else None


def settled(feed: FollowedFeed, fetched: Fetched, parsed: Feed | None, now: datetime) -> Settled:
    """Return what a reading leaves behind.

    Args:
        feed: before the reading, but with the times of the articles that it brought.
        fetched: what came of the request; "failed" also where the answer was no feed.
        parsed: the feed that was sent, if any.
        now: aware.
    """
    if fetched.status in WELL:
        moved_to = fetched.moved_to
        feed = replace(
            feed,
            etag=fetched.validators.etag,
            last_modified=fetched.validators.last_modified,
            last_ok_at=now,
            failures=0,
            failing_since=None,
            moved_to=moved_to,
            moved_times=0 if moved_to is None else feed.moved_times + 1 if moved_to == feed.moved_to else 1,
        )
    elif fetched.status != "later":
        feed = replace(feed, failures=feed.failures + 1, failing_since=feed.failing_since or now)
    feed = replace(feed, code=fetched.code)
    when: datetime | None = None
    if fetched.status != "gone":
        wishes = _wishes(fetched, parsed)
        when = next_poll(feed.appeared, now, seed=feed.url, wishes=wishes, failures=feed.failures)
    return Settled(feed, state(_record(feed, fetched), now), when)


def _wishes(fetched: Fetched, parsed: Feed | None) -> Wishes:
    """Return what the feed and its server ask for."""
    if parsed is None and fetched.max_age_s is None and fetched.retry_after_s is None:
        return NO_WISHES
    return Wishes(
        ttl_minutes=parsed.ttl_minutes if parsed else None,
        skip_hours=parsed.skip_hours if parsed else frozenset(),
        skip_days=parsed.skip_days if parsed else frozenset(),
        max_age_s=fetched.max_age_s,
        retry_after_s=fetched.retry_after_s,
    )


def _record(feed: FollowedFeed, fetched: Fetched) -> Record:
    return Record(
        name=feed.title or feed.url,
        url=feed.url,
        added_at=feed.added_at,
        appeared=feed.appeared,
        last_ok=feed.last_ok_at,
        failures=feed.failures,
        failing_since=feed.failing_since,
        status=fetched.status,
        reason=fetched.reason,
        code=fetched.code,
    )
