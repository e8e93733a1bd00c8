"""Something that a channel follows: it is told at once when enough sources carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What a channel wants to hear of at once.

    Attributes:
        id: the row in the store.
        channel_id: the channel's row.
        words: lower case, all of which a story must hold; or the id of a story, such as "S-4F2K".
        since: stories whose last article is older are no news.
        min_sources: how many independent sources must carry it, 1..20.
        per_day: the most alerts in 24 hours, 1..20.
        quiet_from: start of the hours without alerts, on the clocks of `zone`; None for none.
        quiet_until: their end.
        zone: IANA name.
    """

    id: int
    channel_id: int
    words: tuple[str, ...]
    since: datetime
    min_sources: int = 2
    per_day: int = 3
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: str = "UTC"
