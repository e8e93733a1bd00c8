"""Which stories go into a digest, in which order, and which of them were told before; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.digest.budget import Budget, word_count
from bot.digest.card import headline
from bot.digest.matching import any_held, story_text
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
        words: how many words all that has.
    """

    full: tuple[tuple[Picked, Quotes], ...]
    brief: tuple[Picked, ...]
    words: int = 0

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
    text: Callable[[Story], str] = story_text,
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
        text: what the filters look at, folded.

    Returns:
        The selection; the same input gives the same order, ties are broken by age and id. A story that was
        told before comes again only when there are new sentences. The first story that the reading time no
        longer holds, and all after it, are headlines, as far as it holds them.
    """
    full: list[tuple[Picked, Quotes]] = []
    brief: list[Picked] = []
    budget = Budget(settings.minutes)
    more = settings.stories
    for picked in candidates(stories, told=told, since=since, weight=weight, join=join):
        if not _wanted(picked.story, settings, text):
            continue
        if more:
            chosen = quotes(picked)
            if not chosen and picked.mark == "update":
                continue
            title = headline(picked.story, chosen, picked.known)
            if budget.take(word_count([title, *(quote.text for quote in chosen)])):
                full.append((picked, chosen))
                more -= 1
                continue
            more = 0
        if len(brief) == BRIEF_LINES:
            break
        if picked.mark == "new":
            if not budget.take(word_count([headline(picked.story, (), picked.known)])):
                break
            brief.append(picked)
    return Selection(full=tuple(full), brief=tuple(brief), words=budget.words)


def candidates(
    stories: Sequence[Story],
    *,
    told: frozenset[str],
    since: datetime,
    weight: Callable[[Story], float],
    join: Callable[[Sequence[Story]], Sequence[Story]],
) -> list[Picked]:
    """Return the stories that are news to a channel, whatever it filters, the most important first."""

    def rank(story: Story) -> tuple[float, datetime, str]:
        return (-weight(story), story.first_at, story.id)

    # A story that was told takes part, so that what belongs to it comes as an update, not as something new.
    live = [s for s in stories if _pick(s, told, since) or any(a.id in told for a in s.articles)]
    fresh = [picked for story in join(sorted(live, key=rank)) if (picked := _pick(story, told, since))]
    return sorted(fresh, key=lambda picked: rank(picked.story))


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


def _wanted(story: Story, settings: ChannelSettings, text: Callable[[Story], str]) -> bool:
    """Tell whether the channel's filters let a story through."""
    if len(story.sources) < settings.min_sources:
        return False
    if not settings.include and not settings.exclude:
        return True
    folded = text(story)
    if any_held(folded, settings.exclude):
        return False
    return not settings.include or any_held(folded, settings.include)
