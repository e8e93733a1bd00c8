"""A channel of a platform, what it wants to read, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """What a channel wants in its digest.

    Attributes:
        stories: the most stories told in full in one digest, 1..30.
        minutes: the most reading time of one digest, in minutes, 1..30; 0 for no such bound. The first story
            is told however long it is.
        sentences: the most sentences a story, 1..10.
        min_sources: tell only stories that this many independent sources carry, 1..20.
        include: tell only stories that hold one of these words or phrases, when not empty; see
            `bot.digest.matching`.
        exclude: never tell stories that hold one of these.
        sections: put stories under headings: "none", "topic" or "source".
        quiet_day: what to do when there is nothing new: say so in a line, or stay silent.
        on_unknown: what to do when nobody can tell whether a part was posted: leave it, or post it again.
        max_late_hours: a digest later than this is skipped, with a record.
        notices: "on" to be told here when a feed falls ill and when it is well again, "off" not to be; ""
            when nobody chose.
        told: the platform's id of the person who set the digest up last, told when it does not arrive.
    """

    stories: int = 5
    minutes: int = 0
    sentences: int = 3
    min_sources: int = 1
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sections: str = "none"
    quiet_day: str = "say"
    on_unknown: str = "skip"
    max_late_hours: int = 20
    notices: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place that digests are posted to.

    Attributes:
        id: the row in the store.
        platform: the name of the platform's room, such as the platform's adapter gives it.
        workspace: the platform's id of the workspace or server; "local" for the terminal.
        address: the platform's id of the channel.
        name: as people call it, without a leading sign.
    """

    id: int
    platform: str
    workspace: str
    address: str
    name: str
    settings: ChannelSettings = ChannelSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a channel gets a digest: a wall-clock time in a zone, on chosen days of the week.

    Attributes:
        id: the row in the store.
        channel_id: the channel's row.
        at: wall-clock time, to the minute, without a zone.
        zone: IANA name.
        weekdays: ISO numbers, 1 = Monday .. 7 = Sunday; never empty.
        since: no slot before this moment is due; aware UTC.
        skip_dates: local dates without a digest.
        holidays: public holidays of a country ("DE") or a part of it ("DE-BY") have no digest; None for none.
        paused: why no digest is posted at present, in words; None when it runs.
    """

    id: int
    channel_id: int
    at: time
    zone: str
    since: datetime
    weekdays: frozenset[int] = frozenset(range(1, 8))
    skip_dates: frozenset[date] = frozenset()
    holidays: str | None = None
    paused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One digest that a schedule owes: one a local date.

    Attributes:
        local_date: the date in the schedule's zone.
        due_at: the moment, aware UTC.
    """

    schedule_id: int
    channel_id: int
    local_date: date
    due_at: datetime
