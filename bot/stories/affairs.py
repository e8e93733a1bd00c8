"""One affair in several stories: developments that grouping keeps apart, joined for a reader of the day.

Stored stories are fine-grained: an accident, its cause and the rescue are told with other words, and a bar
low enough to join them in an archive of years would join what merely looks alike. Within one morning's news
the question is narrower, and the names of people and places answer it: an affair keeps its names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log, sqrt

from bot.model.story import Story
from bot.stories.vector import NAME, read_words

ALIKE = 0.2
"""Cosine of the weighted words from which two stories may be one affair; see docs/stories.md."""

SHARED_NAMES = 4
"""Names (a first and a last name are two) that both must hold: a template shares its words, not its names."""

RARE = 0.34
"""Share of the stories up to which a name tells something; the town's own name, in all of them, does not."""

APART = timedelta(hours=36)
"""Silence after which what comes is another affair: the same people a year later are."""

MOST_STORIES = 40
"""Stories compared with each other; less important ones are not told anyway."""

MOST_ARTICLES = 5
"""Articles of a story whose words are read."""

BACKGROUND = 20
"""Stories that are imagined to hold none of the words, so that a quiet morning has rare words too."""


@dataclass(frozen=True, slots=True)
class _Words:
    weights: dict[int, float]
    names: frozenset[int]


def joined(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return stories with those of one affair made one.

    Args:
        stories: the most important first; the first of an affair gives its id.

    Returns:
        The stories in the same order, without those that were joined to an earlier one. A story is compared
        with the first of an affair only, so that affairs do not chain together.
    """
    told, rest = stories[:MOST_STORIES], stories[MOST_STORIES:]
    read = [_read(story) for story in told]
    held = Counter(key for words in read for key in words.weights)
    rarity = {key: log((len(told) + BACKGROUND) / number) for key, number in held.items()}
    telling = {key for key, number in held.items() if number <= max(2, RARE * len(told))}
    weighted = [_weighted(words, rarity) for words in read]
    leaders: list[int] = []
    members: dict[int, list[int]] = {}
    for at in range(len(told)):
        near = (
            one for one in leaders if _close(told[one], told[at]) and not _kept_apart(told, members[one], at)
        )
        home = next((one for one in near if _alike(weighted[one], weighted[at], telling)), None)
        if home is None:
            leaders.append(at)
            members[at] = [at]
        else:
            members[home].append(at)
    return (*(_one([told[at] for at in members[leader]]) for leader in leaders), *rest)


def _read(story: Story) -> _Words:
    weights: Counter[int] = Counter()
    names: set[int] = set()
    articles = story.originals[:MOST_ARTICLES]
    for article in articles:
        vector = read_words(article.title, article.text, article.language).vector
        for key, count, flags in zip(vector.keys, vector.counts, vector.flags, strict=True):
            weights[int(key)] += (1 + log(count)) / len(articles)  # type: ignore[assignment]
            if flags & NAME:
                names.add(int(key))
    return _Words(dict(weights), frozenset(names))


def _weighted(words: _Words, rarity: dict[int, float]) -> _Words:
    """Return the words at length 1, rare ones weightier."""
    weights = {key: weight * rarity[key] for key, weight in words.weights.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return _Words({key: weight / length for key, weight in weights.items()}, words.names)


def _kept_apart(told: Sequence[Story], affair: Sequence[int], at: int) -> bool:
    """Tell whether a manager keeps a story apart from one of an affair."""
    apart = frozenset().union(*(told[one].apart for one in affair))
    return bool(apart) and any(article.id in apart for article in told[at].articles)


def _close(one: Story, other: Story) -> bool:
    """Tell whether two stories ran at about the same time."""
    return max(one.first_at, other.first_at) - min(one.last_at, other.last_at) <= APART


def _alike(one: _Words, other: _Words, telling: set[int]) -> bool:
    if len(one.names & other.names & telling) < SHARED_NAMES:
        return False
    return sum(weight * other.weights.get(key, 0.0) for key, weight in one.weights.items()) >= ALIKE


def _one(stories: Sequence[Story]) -> Story:
    if len(stories) == 1:
        return stories[0]
    articles = {article.id: article for story in stories for article in story.articles}
    copies = {copy: original for story in stories for copy, original in story.copies.items()}
    ordered = sorted(articles.values(), key=lambda article: (article.when, article.id))
    apart = frozenset().union(*(story.apart for story in stories))
    return Story(id=stories[0].id, articles=tuple(ordered), copies=copies, apart=apart)
