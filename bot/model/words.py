"""Words that every platform says in the same way: reasons, times, counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.model.story import Life, Parting, Reason
from bot.model.view import Coverage, DigestView, Dispute, Source, SourceState

UNKNOWN_SOURCE = "source unknown"

MOST_NAMES = 4
"""Sources named for one number of a disagreement; the sentences name them all."""


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 story", "2 stories"; the plural is given when it is not the noun with an s."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}"


def listing(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def short(text: str, most: int = 200) -> str:
    """Return a text that somebody typed, cut where it is longer than a headline can be."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def day(when: date) -> str:
    """Return a date as "Tuesday, 12 May 2026"."""
    return f"{when:%A}, {when.day} {when:%B %Y}"


def clock_time(when: datetime, zone: str) -> str:
    """Return a moment as "12 May, 08:30" on the clocks of a zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b, %H:%M}"


def brought(feed: SourceState, zone: str) -> str:
    """Return what a feed has brought: "12 articles, the latest 12 May, 08:30"; "" for nothing yet."""
    if feed.last_article_at is None:
        return count(feed.articles, "article") if feed.articles else ""
    return f"{count(feed.articles, 'article')}, the latest {clock_time(feed.last_article_at, zone)}"


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


STAGES = {"new": "New", "growing": "Growing", "quiet": "Quiet", "over": "Over"}


def life(of: Life) -> str:
    """Return where a story stands: "Growing: 5 independent sources, 2 of them in the last 12 hours"."""
    sources = count(of.sources, "independent source")
    if of.stage in ("quiet", "over"):
        said = f"nothing new for {span(of.silent_hours)}; {sources}"
    elif of.joined and of.joined < of.sources:
        said = f"{sources}, {of.joined} of them in the last 12 hours"
    else:
        said = f"{sources}; {count(of.reports, 'report')} in the last 12 hours"
    return f"{STAGES.get(of.stage, of.stage)}: {said}"


def span(hours: float) -> str:
    """Return a length of time as "40 minutes", "20 hours", "6 days"."""
    if hours < 1:
        return count(max(1, round(hours * 60)), "minute")
    return count(round(hours), "hour") if hours < 36 else count(round(hours / 24), "day")


def parted(of: Parting, zone: str) -> str:
    """Say that two stories were one: "Parted from S-4F2K on 12 May."; the date is that of a zone."""
    local = of.at.astimezone(ZoneInfo(zone))
    day = f"{local.day} {local:%B}"
    return (
        f"Parted from {of.story} on {day}." if of.left else f"{of.story} was part of this story until {day}."
    )


def copied(source: Source) -> str:
    """Return how a copy is marked: "wire copy (Reuters)", "copy"; "" for what is no copy."""
    if not source.copy:
        return ""
    return f"wire copy ({source.agency})" if source.agency else "copy"


def later(source: Source, first: datetime) -> str:
    """Return how much later than the first an article appeared: "35 minutes later", "first"; "" unknown."""
    if source.published_at is None or source.approximate:
        return ""
    hours = (source.published_at - first).total_seconds() / 3600
    return f"{span(hours)} later" if hours >= 1 / 60 else "first"


def dispute(of: Dispute) -> str:
    """Return a disagreement on one line: "killed: 600 (A, B) / 1,000 (C)"."""
    claims = []
    for claim in of.claims:
        names = list(dict.fromkeys(sentence.source for sentence in claim.sentences))
        shown = (
            names if len(names) <= MOST_NAMES else [*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} more"]
        )
        claims.append(f"{claim.text} ({', '.join(shown)})")
    return f"{of.counted}: {' / '.join(claims)}"


def coverage(of: Coverage) -> str:
    """Return what an answer rests on: "212 articles from 18 sources; 2 sources failing"."""
    line = f"{count(of.articles, 'article')} from {count(of.sources, 'source')}"
    if of.failing:
        line += f"; {count(of.failing, 'source')} failing"
    return line
