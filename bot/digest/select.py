"""Which stories go into a digest, in which order, and which of them were told before; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.channel import ChannelSettings
from bot.model.story import Story

LATE_ARRIVALS = timedelta(hours=24)
"""An article may reach us this long after it appeared and still be news; older ones are back catalogue."""

BRIEF_LINES = 5
"""Stories told as a headline after those told in full."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A story for a digest.

    Attributes:
        story: the story.
        mark: "update" when the channel was told of it before, else "new".
        told: the articles that the channel was told of.
    """

    story: Story
    mark: str
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a digest tells.

    Attributes:
        full: told in sentences, the most important first.
        brief: told as a headline.
    """

    full: tuple[Picked, ...]
    brief: tuple[Picked, ...]

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles that readers of the digest are told of."""
        return frozenset(a.id for picked in (*self.full, *self.brief) for a in picked.story.articles)


def select(
    stories: Sequence[Story],
    settings: ChannelSettings,
    *,
    told: frozenset[str],
    since: datetime,
    weight: Callable[[Story], float],
) -> Selection:
    """Choose the stories of a digest.

    Args:
        stories: what there is; each with all its articles that the channel may see.
        settings: what the channel wants.
        told: ids of the articles that the channel was told of.
        since: the end of the time that the digest before covered.
        weight: the importance of a story; the larger, the earlier it is told.

    Returns:
        The selection; the same input gives the same order, ties are broken by age and id.
    """
    fresh = [picked for story in stories if (picked := _pick(story, told, since))]
    wanted = [picked for picked in fresh if _wanted(picked.story, settings)]
    wanted.sort(key=lambda p: (-weight(p.story), p.story.first_at, p.story.id))
    cut = settings.stories
    return Selection(full=tuple(wanted[:cut]), brief=tuple(wanted[cut : cut + BRIEF_LINES]))


def _pick(story: Story, told: frozenset[str], since: datetime) -> Picked | None:
    """Return the story when it has an original that is news to the channel."""
    news = [a for a in story.originals if a.id not in told and a.when > since - LATE_ARRIVALS]
    if not news:
        return None
    known = frozenset(a.id for a in story.articles if a.id in told)
    return Picked(story=story, mark="update" if known else "new", told=known)


def _wanted(story: Story, settings: ChannelSettings) -> bool:
    """Tell whether the channel's filters let a story through."""
    if len(story.sources) < settings.min_sources:
        return False
    if not settings.include and not settings.exclude:
        return True
    text = "\n".join(f"{a.title}\n{a.text}\n{' '.join(a.keywords)}" for a in story.articles).casefold()
    if any(word in text for word in settings.exclude):
        return False
    return not settings.include or any(word in text for word in settings.include)
