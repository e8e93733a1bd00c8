"""How a feed fares, in words for those who can mend it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.model.words import count
from bot.sources.interval import rhythm

FAILING_AFTER = 3
"""Failures one after the other until a feed is called failing: one or two mend themselves."""

DEAD_AFTER = timedelta(days=14)
"""A feed that has failed for so long is called dead."""

SILENT_GAPS = 5
"""A feed is silent when it has brought nothing for five times its usual gap ..."""

SILENT_AT_LEAST = timedelta(days=3)
"""... and for three days at least: weekends and holidays are no illness."""


class Record(NamedTuple):
    """What is known of a feed's readings; every time is aware.

    Attributes:
        appeared: when its latest entries appeared, any order.
        last_ok: when it was last read well; None for never.
        failures: how many readings failed one after the other.
        failing_since: when the first of these failed.
        status: of the last reading, as `bot.sources.fetch.Fetched.status` names it.
        reason: why the last reading failed, as `Fetched.reason` says it.
        code: of HTTP, of the last reading.
    """

    appeared: Sequence[datetime] = ()
    last_ok: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    status: str = "ok"
    reason: str = ""
    code: int | None = None


class Health(NamedTuple):
    """How a feed fares, as `bot.model.view.SourceState` says it."""

    state: str
    reason: str
    since: datetime | None
    what_to_do: str


def state(record: Record, now: datetime) -> Health:
    """Return the state of a feed: fresh, slow, failing, dead or blocked, since when, why, and what to do."""
    since = record.failing_since
    if record.status == "gone":
        return Health("dead", record.reason, since, "Remove it, or look for its new address.")
    if record.failures and record.status == "refused":
        step = "Ask an admin whether the bot may read it." if record.code is None else _BLOCKED_STEP
        return Health("blocked", record.reason, since, step)
    if record.failures >= FAILING_AFTER and since is not None:
        if now - since >= DEAD_AFTER:
            return Health("dead", record.reason, since, "Remove it, or look for its new address.")
        return Health("failing", record.reason, since, _step(record.code))
    return _silent(record, now) or Health("fresh", "", record.last_ok, "")


_BLOCKED_STEP = "Ask its publisher to let feed readers in, or choose another source."


def _silent(record: Record, now: datetime) -> Health | None:
    """Return the state of a feed that can be read but has fallen silent against its own rhythm."""
    last = max(record.appeared, default=now)
    if now - last < SILENT_AT_LEAST:
        return None
    usual = rhythm(record.appeared)
    if usual is None or now - last < usual * SILENT_GAPS:
        return None
    reason = f"nothing new for {count((now - last).days, 'day')}; until then about {_gap(usual)}"
    return Health("slow", reason, last, "See whether its address has changed.")


def _gap(usual: timedelta) -> str:
    """Say a rhythm: "one entry every 3 hours"."""
    hours = usual.total_seconds() / 3600
    if hours < 1.5:
        return "an entry an hour or more"
    return f"an entry every {count(round(hours), 'hour') if hours < 36 else count(round(hours / 24), 'day')}"


def _step(code: int | None) -> str:
    """Say what managers can do about a failure."""
    if code in (404, 400):
        return "See whether its address has changed."
    if code == 429:
        return "Nothing yet: the bot asks more seldom, and keeps trying."
    if code is not None and code >= 500:
        return "Nothing yet: its server is at fault, and the bot keeps trying."
    return "Open its address in a browser to see whether it is there."
