"""A selection of stories and their sentences become the digest that readers see; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.digest.budget import minutes_to_read
from bot.digest.card import card, source_name
from bot.digest.sections import Told, sectioned
from bot.digest.select import Selection
from bot.model.channel import Channel
from bot.model.story import Story
from bot.model.view import Coverage, DigestView
from bot.model.words import count

PUNCTUAL = timedelta(minutes=10)
"""A digest composed within this time of its hour is not called late."""


def compose(
    channel: Channel,
    selection: Selection,
    *,
    day: date,
    zone: str,
    coverage: Coverage,
    due_at: datetime | None = None,
) -> DigestView:
    """Put a digest together.

    Args:
        channel: whose digest it is.
        selection: what it tells.
        day: the local date it is for.
        zone: the IANA zone in which it shows times.
        coverage: what it rests on; its end is the moment of composing.
        due_at: when it was due, aware; None for a preview.
    """
    late = due_at if due_at is not None and coverage.until - due_at > PUNCTUAL else None
    told = [
        Told(
            card(picked.story, chosen, mark="update" if picked.mark == "update" else "", known=picked.known),
            picked.story,
        )
        for picked, chosen in selection.full
    ]
    full, sections = sectioned(told, channel.settings)
    brief = tuple(card(picked.story, (), known=picked.known) for picked in selection.brief)
    return DigestView(
        channel=channel.name,
        day=day,
        zone=zone,
        stories=full,
        sections=sections,
        brief=brief,
        minutes=minutes_to_read(selection.words),
        coverage=coverage,
        late_since=late,
        quiet=None if full else _quiet(coverage),
    )


def cover(stories: Sequence[Story], *, since: datetime, until: datetime, failing: int = 0) -> Coverage:
    """Count what a digest rests on: the articles of the time covered, and their publications."""
    fresh = [
        a for story in stories for a in story.articles if since < max(a.when, a.seen_at) and a.when <= until
    ]
    return Coverage(
        articles=len(fresh),
        sources=len({source_name(a) for a in fresh}),
        since=since,
        until=until,
        failing=failing,
    )


def _quiet(coverage: Coverage) -> str:
    """Say why there is nothing to tell."""
    if coverage.articles == 0:
        return "A quiet day: no new articles."
    new = count(coverage.articles, "new article")
    return f"A quiet day: {new}, but nothing new that passes this channel's filters."
