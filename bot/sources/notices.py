"""What managers are told of their feeds: once when one falls ill, once when it is well again. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.feed import Mark, Watched
from bot.model.view import Notice, SourceState
from bot.model.words import count

SETTLED = timedelta(minutes=30)
"""An illness that passes sooner is none: one refusal, one restart of a server."""

GAP = timedelta(hours=1)
"""Between two notices in one channel; what happens in between is told together."""

LISTED = 10
"""Feeds named in one notice; “/sources” shows the others."""

MANY = 5
"""So many feeds that fail, and more than half of all, share a cause; fewer may be chance."""

TRIED = 3
"""So many feeds tried in vain and none read since: the bot's own connection is likelier at fault."""

ALL = 0
"""Stands for a feed's number where a mark is about all of them."""

_SEVERITY = {"fresh": 0, "slow": 1, "failing": 2, "blocked": 2, "dead": 2}


@dataclass(frozen=True, slots=True)
class Telling:
    """What to tell a channel, and what to remember of it.

    Attributes:
        view: the message; None when there is nothing to say, only to remember.
        states: by feed the state that the channel knows of now; None for well, which is not remembered.
        retry: feeds to be read at once, as they failed for a cause that is gone.
    """

    view: Notice | None
    states: Mapping[int, str | None]
    retry: frozenset[int] = frozenset()


def outage(unanswered: int, since: datetime | None) -> datetime | None:
    """Return since when nothing at all can be read; None while something can, or when nobody can tell.

    Args:
        unanswered: feeds of the bot, whoever reads them, that were asked in vain since one was last read.
        since: when the first of them was.
    """
    return since if unanswered >= TRIED else None


def news(
    watched: Sequence[Watched],
    told: Mapping[int, Mark],
    now: datetime,
    *,
    total: int,
    down_since: datetime | None,
) -> Telling | None:
    """Decide what a channel is told of the feeds it watches; None for nothing.

    Args:
        watched: the feeds of its workspace that are ill or of which it was told.
        told: what it was told and has not seen mended, by feed; `ALL` for an outage.
        now: aware.
        total: how many feeds its workspace has.
        down_since: see `outage`.
    """
    mark = told.get(ALL)
    if down_since is not None:
        lasts = now - down_since >= SETTLED
        down = mark is not None and mark.state == "down"
        return Telling(_down(total, down_since), {ALL: "down"}) if lasts and not down else None
    if mark is not None and mark.state == "down":
        failed = frozenset(
            one.id for one in watched if one.failing_since and one.failing_since >= mark.at - GAP
        )
        return Telling(_up(), {ALL: "over"}, retry=failed)
    if mark is not None and now - mark.at < GAP:
        return None  # the feeds that failed with the connection are being read again
    if told and now - max(one.at for one in told.values()) < GAP:
        return None
    return _changes(watched, told, now, total)


def _changes(
    watched: Sequence[Watched], told: Mapping[int, Mark], now: datetime, total: int
) -> Telling | None:
    """Return which feeds fell ill and which are well again, all in one message."""
    states: dict[int, str | None] = dict.fromkeys(set(told) - {one.id for one in watched})
    ill: list[SourceState] = []
    well: list[SourceState] = []
    for one in watched:
        known = _SEVERITY.get(told[one.id].state, 0) if one.id in told else 0
        present = _SEVERITY.get(one.state.state, 0)
        settled = one.state.since is None or now - one.state.since >= SETTLED
        if present > known and settled:
            ill.append(one.state)
            states[one.id] = one.state.state
        elif present < known:
            well.append(one.state)
            states[one.id] = one.state.state if present else None
    if ill or well:
        return Telling(_told(ill, well, total), states)
    return Telling(None, states) if states else None


def _told(ill: Sequence[SourceState], well: Sequence[SourceState], total: int) -> Notice:
    hard = [one for one in ill if one.state != "slow"]
    if len(hard) >= MANY and len(hard) * 2 > total:
        return _most(hard, well, total)
    if len(ill) + len(well) == 1:
        (one,) = (*ill, *well)
        return Notice(title=_headline(one), lines=tuple(line for line in (_why(one), one.what_to_do) if line))
    parts = [f"{count(len(ill), 'feed')} {'needs' if len(ill) == 1 else 'need'} a look"] if ill else []
    if well:
        parts.append(f"{count(len(well), 'feed')} {'is' if len(well) == 1 else 'are'} read again")
    lines = [" ".join(filter(None, (_headline(one), _why(one), one.what_to_do))) for one in ill]
    lines += [_headline(one) for one in well]
    return Notice(title=f"{', '.join(parts)}.", lines=_cut(lines))


def _most(hard: Sequence[SourceState], well: Sequence[SourceState], total: int) -> Notice:
    """Tell of many feeds that fail together by what they have in common."""
    reasons = Counter(one.reason for one in hard).most_common()
    lines = [f"{count(number, 'feed')}: {reason}." for reason, number in reasons]
    lines += [_headline(one) for one in well]
    return Notice(
        title=f"{len(hard)} of {total} feeds cannot be read.",
        lines=(*_cut(lines), "So many at once share a cause. “/sources” shows each, and what to do."),
    )


def _headline(one: SourceState) -> str:
    match one.state:
        case "slow":
            return f"{one.name} has fallen silent."
        case "blocked":
            return f"{one.name} does not let the bot in."
        case "dead":
            return f"{one.name} is dead."
        case "failing":
            return f"{one.name} cannot be read."
        case _:
            return f"{one.name} is read again."


def _why(one: SourceState) -> str:
    return f"{one.reason[:1].upper()}{one.reason[1:]}." if one.reason and one.state != "fresh" else ""


def _down(feeds: int, since: datetime) -> Notice:
    return Notice(
        title=f"No feed can be read since {since:%H:%M} UTC.",
        lines=(
            "When all fail at once, the bot's own connection is likely at fault: an admin should look.",
            f"I keep trying, and say so when the {count(feeds, 'feed')} can be read again.",
        ),
    )


def _up() -> Notice:
    return Notice(title="Feeds can be read again.", lines=("What appeared meanwhile is being fetched.",))


def _cut(lines: Sequence[str]) -> tuple[str, ...]:
    if len(lines) <= LISTED:
        return tuple(lines)
    return (*lines[: LISTED - 1], f"And {len(lines) - LISTED + 1} more: “/sources” shows them.")
