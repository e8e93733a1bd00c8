"""The stories of a digest under headings: by what they are about, or by who tells them; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digest.matching import fold, holds, story_text
from bot.model.channel import ChannelSettings
from bot.model.story import Story
from bot.model.view import Section, StoryCard

LEAST = 2
"""Stories under a heading of their own; fewer stand under OTHER."""

OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it is told, and what is known of it."""

    card: StoryCard
    story: Story


def sectioned(
    stories: Sequence[Told], settings: ChannelSettings
) -> tuple[tuple[StoryCard, ...], tuple[Section, ...]]:
    """Put stories under headings, each under one.

    A topic is a word of the channel's include filter where it has one, else a keyword that several stories
    share. A publication is the one whose headline is shown.

    Args:
        stories: the most important first.
        settings: which headings the channel wants.

    Returns:
        The stories in their new order, and the sections in order: that of the most important story first,
        OTHER last. No sections, and the old order, where there would be OTHER alone.
    """
    match settings.sections:
        case "topic" if settings.include:
            names = [_wanted(one, settings.include) for one in stories]
        case "topic":
            names = _shared([one.card.keywords for one in stories])
        case "source":
            names = [_teller(one.card) for one in stories]
        case _:
            names = []
    sizes = Counter(names)
    kept = list(dict.fromkeys(name for name in names if name not in ("", OTHER) and sizes[name] >= LEAST))
    if not kept:
        return tuple(one.card for one in stories), ()
    members = {
        name: [one.card for one, own in zip(stories, names, strict=True) if own == name] for name in kept
    }
    rest = [one.card for one, own in zip(stories, names, strict=True) if own not in members]
    if rest:
        members[OTHER] = rest
    sections = tuple(Section(name=name, stories=len(cards)) for name, cards in members.items())
    return tuple(card for cards in members.values() for card in cards), sections


def _wanted(one: Told, include: Sequence[str]) -> str:
    """Return the first of the channel's words that the headline holds, else that the story holds."""
    title, text = fold(one.card.title), story_text(one.story)
    found = [words for held in (title, text) for words in include if holds(held, words)]
    return _heading(found[0].rstrip("* ")) if found else ""


def _shared(keywords: Sequence[Sequence[str]]) -> list[str]:
    """Return for each story the keyword that stands for it, "" for none: those that most stories share first.

    A keyword of all stories divides nothing. Of two with as many stories, the one of the more important story
    comes first, then the one that names it better.
    """
    spelled: dict[str, str] = {}
    for words in keywords:
        for word in words:
            spelled.setdefault(fold(word), word)
    held = [list(dict.fromkeys(map(fold, words))) for words in keywords]
    names = [""] * len(held)
    while True:
        open_ones = [at for at, name in enumerate(names) if not name]
        counts = Counter(word for at in open_ones for word in held[at])
        sharing = [
            word
            for word, number in counts.items()
            if number >= LEAST and not all(word in words for words in held)
        ]
        if not sharing:
            return names
        best = max(sharing, key=lambda word: counts[word])  # the first of equals, in the stories' order
        for at in open_ones:
            if best in held[at]:
                names[at] = _heading(spelled[best])


def _teller(card: StoryCard) -> str:
    """Return the publication whose headline is shown."""
    told = [source for source in card.sources if not source.copy] or list(card.sources)
    best = next((source for source in told if source.title == card.title), None)
    return best.name if best else ""


def _heading(word: str) -> str:
    return word[:1].upper() + word[1:]
