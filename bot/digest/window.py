"""What channels that see the same stories of the same time have in common, worked out once for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from bot.digest.brief import sentences
from bot.digest.matching import story_text
from bot.digest.select import Picked, Quotes, Selection, candidates, select
from bot.model.channel import ChannelSettings
from bot.model.story import Story
from bot.model.view import Coverage

Weight: TypeAlias = Callable[[Story, tuple[str, ...]], float]
"""How important a story is to readers of some topics; the larger, the earlier it is told."""


Join: TypeAlias = Callable[[Sequence[Story]], Sequence[Story]]
"""Makes the stories of one affair one; given the most important first."""


Named: TypeAlias = str | tuple[str, ...]
"""What tells a story from all others: its id, or the ids of its articles when others were joined to it."""


class Window:
    """The stories of a time, as one workspace sees them; pure but for what it remembers.

    Attributes:
        stories: whole, the earliest first.
        coverage: what a digest of them rests on, but for the feeds that failed.
    """

    def __init__(
        self,
        stories: Sequence[Story],
        *,
        since: datetime,
        coverage: Coverage,
        weight: Weight,
        join: Join,
    ) -> None:
        self.coverage = coverage
        self.stories = stories
        self._since = since
        self._weight = weight
        self._join = join
        self._ids = frozenset(article.id for story in stories for article in story.articles)
        self._stored = {story.id: story for story in stories}
        self._weights: dict[tuple[Named, tuple[str, ...]], float] = {}
        self._quotes: dict[tuple[Named, int, frozenset[str], bool], Quotes] = {}
        self._texts: dict[Named, str] = {}
        self._chosen: dict[tuple[object, frozenset[str]], Selection] = {}

    def choose(self, settings: ChannelSettings, told: frozenset[str]) -> Selection:
        """Choose what a channel is told, with the sentences; blocks while it computes.

        Args:
            settings: what the channel wants.
            told: ids of the articles that it was told of, whenever.
        """
        known = told & self._ids
        # What a channel wants beside this changes nothing of the choice.
        wants = (
            settings.stories,
            settings.minutes,
            settings.sentences,
            settings.min_sources,
            settings.include,
            settings.exclude,
        )
        key = (wants, known)
        if key not in self._chosen:
            self._chosen[key] = self._choose(settings, known)
        return self._chosen[key]

    def news(self, settings: ChannelSettings, told: frozenset[str]) -> list[Picked]:
        """Return what is news to a channel, whatever it filters, the most important first; blocks."""
        topics = _topics(settings)
        return candidates(
            self.stories,
            told=told & self._ids,
            since=self._since,
            weight=lambda story: self._weigh(story, topics),
            join=self._join,
        )

    def _choose(self, settings: ChannelSettings, told: frozenset[str]) -> Selection:
        def quotes(picked: Picked) -> Quotes:
            untold = picked.mark == "new"
            key = (self._named(picked.story), settings.sentences, picked.known, untold)
            if key not in self._quotes:
                self._quotes[key] = sentences(picked.story, settings.sentences, picked.known, untold=untold)
            return self._quotes[key]

        topics = _topics(settings)
        return select(
            self.stories,
            settings,
            told=told,
            since=self._since,
            weight=lambda story: self._weigh(story, topics),
            join=self._join,
            quotes=quotes,
            text=self.text,
        )

    def text(self, story: Story) -> str:
        """Return what filters look at in a story, folded."""
        key = self._named(story)
        if key not in self._texts:
            self._texts[key] = story_text(story)
        return self._texts[key]

    def _named(self, story: Story) -> Named:
        # A story that others of its affair were joined to keeps its id; which ones, differs by channel.
        return story.id if self._stored.get(story.id) is story else tuple(one.id for one in story.articles)

    def _weigh(self, story: Story, topics: tuple[str, ...]) -> float:
        key = (self._named(story), topics)
        if key not in self._weights:
            self._weights[key] = self._weight(story, topics)
        return self._weights[key]


def _topics(settings: ChannelSettings) -> tuple[str, ...]:
    """Return the words whose stories matter more to a channel."""
    return tuple(word.rstrip("* ") for word in settings.include)
