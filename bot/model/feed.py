"""A feed that is followed, with what its last readings left behind, and what managers know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.model.view import SourceState


class FollowedFeed(NamedTuple):
    """A feed and the record of its readings; every time is aware UTC.

    A tuple, since thousands are made a second; `bot.store.readings` reads its columns in this order.

    Attributes:
        id: the row in the store.
        url: its address.
        title: its own name; None before it was first read.
        headline_only: its articles are shown by their headlines only.
        etag: as the server wrote it, of the last answer that was stored.
        last_modified: likewise.
        last_ok_at: when it was last read well; None for never.
        failures: how many readings failed one after the other.
        failing_since: when the first of these failed.
        moved_to: where its last reading was permanently redirected to.
        moved_times: how many readings in a row were.
        ttl_minutes: how long it asks to be left alone; None or 0 when it does not.
        skip_hours: hours of UTC in which it does not want to be read, a bit each, midnight the lowest.
        skip_days: likewise of the week, Monday the lowest.
        pushed_until: until when its hub tells of news at once; None when it has none that does.
        appeared: when its latest articles appeared, newest first.
    """

    id: int
    url: str
    title: str | None
    headline_only: bool
    etag: str | None
    last_modified: str | None
    last_ok_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    moved_to: str | None = None
    moved_times: int = 0
    ttl_minutes: int | None = None
    skip_hours: int | None = None
    skip_days: int | None = None
    pushed_until: datetime | None = None
    appeared: tuple[datetime, ...] = ()


class Reading(NamedTuple):
    """What the reading of a feed leaves behind; a tuple, since thousands are made a second.

    Attributes:
        feed: the row in the store.
        quiet: only health and times may differ from what is stored.
        state: how it fares, as `SourceState` says it, like `reason`, `what_to_do` and `state_since`.
        code: of HTTP; None without an answer.
        next_poll_at: when to read it again; None for never.
        title: the feed's own name; likewise the other attributes of `FollowedFeed`, as they are now.
    """

    feed: int
    quiet: bool
    state: str
    reason: str
    what_to_do: str
    state_since: datetime | None
    code: int | None
    next_poll_at: datetime | None
    last_ok_at: datetime | None
    title: str | None
    etag: str | None
    last_modified: str | None
    failures: int
    failing_since: datetime | None
    moved_to: str | None
    moved_times: int
    ttl_minutes: int | None
    skip_hours: int | None
    skip_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSubscription:
    """What is agreed with a feed's hub; times are aware UTC.

    Attributes:
        feed_id: the feed's row.
        token: the last step of the address that the hub calls; nobody else knows it.
        secret: what the hub signs with.
        hub: its address.
        topic: the feed's address, as the hub knows it.
        state: "asked", "live" or "refused".
        next_ask_at: when the hub is asked (again).
        lease_until: when it ends, unless it is renewed; None before the hub agreed.
        pinged_at: when the hub last told of news.
        attempts: how often in a row the hub did not accept.
    """

    feed_id: int
    token: str
    secret: str
    hub: str
    topic: str
    state: str
    next_ask_at: datetime
    lease_until: datetime | None = None
    pinged_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A feed as its managers' channel watches it; times are aware UTC.

    Attributes:
        id: its row, above 0.
        state: how it fares.
        failing_since: when the first of the readings failed that failed one after the other.
    """

    id: int
    state: SourceState
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a channel was told of a feed last: its state then, and when."""

    state: str
    at: datetime
