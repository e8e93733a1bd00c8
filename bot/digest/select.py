"""Which stories go into a digest, in which order, and which of them were told before; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.model.article import Quote
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
        known: the articles that the channel was told of, or that are too old to be news; what they say is not
            said again.
    """

    story: Story
    mark: str
    known: frozenset[str]


Quotes: TypeAlias = tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a digest tells.

    Attributes:
        full: told in sentences, the most important first, each with its sentences.
        brief: told as a headline.
    """

    full: tuple[tuple[Picked, Quotes], ...]
    brief: tuple[Picked, ...]

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles that readers of the digest are told of."""
        told = [*(picked for picked, _ in self.full), *self.brief]
        return frozenset(article.id for picked in told for article in picked.story.articles)


def select(
    stories: Sequence[Story],
    settings: ChannelSettings,
    *,
    told: frozenset[str],
    since: datetime,
    weight: Callable[[Story], float],
    join: Callable[[Sequence[Story]], Sequence[Story]],
    quotes: Callable[[Picked], Quotes],
) -> Selection:
    """Choose the stories of a digest.

    Args:
        stories: what there is; each with all its articles that the channel may see.
        settings: what the channel wants.
        told: ids of the articles that the channel was told of.
        since: the end of the time that the digest before covered.
        weight: the importance of a story; the larger, the earlier it is told.
        join: makes the stories of one affair one; given the most important first.
        quotes: chooses the sentences that tell a story, or what is new in it.

    Returns:
        The selection; the same input gives the same order, ties are broken by age and id. A story that was
        told before comes again only when there are new sentences.
    """

    def rank(story: Story) -> tuple[float, datetime, str]:
        return (-weight(story), story.first_at, story.id)

    # A story that was told takes part, so that what belongs to it comes as an update, not as something new.
    live = [s for s in stories if _pick(s, told, since) or any(a.id in told for a in s.articles)]
    fresh = [picked for story in join(sorted(live, key=rank)) if (picked := _pick(story, told, since))]
    wanted = [picked for picked in fresh if _wanted(picked.story, settings)]
    wanted.sort(key=lambda picked: rank(picked.story))
    full: list[tuple[Picked, Quotes]] = []
    brief: list[Picked] = []
    for picked in wanted:
        if len(full) < settings.stories:
            chosen = quotes(picked)
            if chosen or picked.mark == "new":
                full.append((picked, chosen))
        elif len(brief) == BRIEF_LINES:
            break
        elif picked.mark == "new":
            brief.append(picked)
    return Selection(full=tuple(full), brief=tuple(brief))


def _pick(story: Story, told: frozenset[str], since: datetime) -> Picked | None:
    """Return the story when it has an article that is news to the channel.

    A copy is no news by itself; but an agency's update repeats most of its earlier report, so of a story that
    was told before, a copy may hold new sentences too.
    """
    heard = any(a.id in told for a in story.articles)
    known = frozenset(a.id for a in story.articles if a.id in told or a.when <= since - LATE_ARRIVALS)
    news = story.articles if heard else story.originals
    if all(a.id in known for a in news):
        return None
    return Picked(story=story, mark="update" if heard else "new", known=known)


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
