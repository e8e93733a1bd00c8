"""Words that every platform says in the same way: reasons, times, counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.model.story import Reason
from bot.model.view import Coverage, DigestView, Source

UNKNOWN_SOURCE = "source unknown"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 story", "2 stories"; the plural is given when it is not the noun with an s."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}"


def listing(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def day(when: date) -> str:
    """Return a date as "Tuesday, 12 May 2026"."""
    return f"{when:%A}, {when.day} {when:%B %Y}"


def clock_time(when: datetime, zone: str) -> str:
    """Return a moment as "12 May, 08:30" on the clocks of a zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b, %H:%M}"


def published(source: Source, zone: str) -> str:
    """Return when an article appeared: "12 May, 08:30", "about 12 May", "" when nobody knows."""
    if source.published_at is None:
        return ""
    if source.approximate:
        local = source.published_at.astimezone(ZoneInfo(zone))
        return f"about {local.day} {local:%b}"
    return clock_time(source.published_at, zone)


def distance(hours: float) -> str:
    """Return a distance in time as "2 days later", "3 hours earlier", "at about the same time"."""
    size = abs(hours)
    if size < 1:
        return "at about the same time"
    amount = count(round(size), "hour") if size < 36 else count(round(size / 24), "day")
    return f"{amount} {'later' if hours > 0 else 'earlier'}"


def reason(why: Reason) -> str:
    """Return a reason in words, such as "same names: Port Ellery, Ada Quist"."""
    shared = ", ".join(why.words)
    match why.kind:
        case "event":
            return "the same event"
        case "time" if why.hours is not None:
            return distance(why.hours)
        case "headline":
            return f"alike in the headline: {shared}" if shared else "alike in the headline"
        case "listed":
            return "listed beside it by its own page"
        case "names" | "numbers" | "words":
            return f"same {why.kind}: {shared}"
        case "place":
            return f"same place: {shared}"
        case _:
            return f"{why.kind}: {shared}" if shared else why.kind


def reasons(why: Sequence[Reason]) -> str:
    """Return reasons on one line, strongest first."""
    return "; ".join(reason(item) for item in why)


def extent(of: DigestView) -> str:
    """Return how much there is to read: "5 stories, 3 minutes", "1 story, 1 minute"; "" for nothing."""
    stories = len(of.stories) + len(of.brief)
    if not stories or not of.minutes:
        return ""
    return f"{count(stories, 'story', 'stories')}, {count(of.minutes, 'minute')}"


def coverage(of: Coverage) -> str:
    """Return what an answer rests on: "212 articles from 18 sources; 2 sources failing"."""
    line = f"{count(of.articles, 'article')} from {count(of.sources, 'source')}"
    if of.failing:
        line += f"; {count(of.failing, 'source')} failing"
    return line
