"""What channels that see the same stories of the same time have in common, worked out once for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from bot.digest.brief import sentences
from bot.digest.select import Picked, Quotes, Selection, select
from bot.model.channel import ChannelSettings
from bot.model.story import Story
from bot.model.view import Coverage

Weight: TypeAlias = Callable[[Story, tuple[str, ...]], float]
"""How important a story is to readers of some topics; the larger, the earlier it is told."""


Join: TypeAlias = Callable[[Sequence[Story]], Sequence[Story]]
"""Makes the stories of one affair one; given the most important first."""


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
        self._weights: dict[tuple[str, int, tuple[str, ...]], float] = {}
        self._quotes: dict[tuple[str, int, int, frozenset[str]], Quotes] = {}
        self._chosen: dict[tuple[ChannelSettings, frozenset[str]], Selection] = {}

    def choose(self, settings: ChannelSettings, told: frozenset[str]) -> Selection:
        """Choose what a channel is told, with the sentences; blocks while it computes.

        Args:
            settings: what the channel wants.
            told: ids of the articles that it was told of, whenever.
        """
        key = (settings, told & self._ids)
        if key not in self._chosen:
            self._chosen[key] = self._choose(*key)
        return self._chosen[key]

    def _choose(self, settings: ChannelSettings, told: frozenset[str]) -> Selection:
        def weight(story: Story) -> float:
            # A story that others of its affair were joined to keeps its id.
            key = (story.id, len(story.articles), settings.include)
            if key not in self._weights:
                self._weights[key] = self._weight(story, settings.include)
            return self._weights[key]

        def quotes(picked: Picked) -> Quotes:
            key = (picked.story.id, len(picked.story.articles), settings.sentences, picked.known)
            if key not in self._quotes:
                self._quotes[key] = sentences(picked.story, settings.sentences, picked.known)
            return self._quotes[key]

        return select(
            self.stories,
            settings,
            told=told,
            since=self._since,
            weight=weight,
            join=self._join,
            quotes=quotes,
        )
