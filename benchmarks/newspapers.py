"""Made-up articles of a day, from a seed: events, each told by some publications in words of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.model.article import Article

SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "tor",
    "sa",
    "vel",
    "dun",
    "be",
    "ro",
    "ni",
    "gar",
    "ul",
    "fen",
    "os",
    "pra",
)
VERBS = ("opens", "closes", "sells", "buys", "loses", "wins", "repairs", "plans", "moves", "inspects")
SMALL = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "was",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "has",
)


def word(dice: random.Random) -> str:
    """Return a word that means nothing."""
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))


def articles(number: int, until: datetime, seed: int = 7, each: int = 4) -> Iterator[Article]:
    """Yield articles of the 24 hours before a moment; every event is told by `each` publications or fewer."""
    dice = random.Random(seed)
    made = 0
    while made < number:
        name, place = word(dice).title(), word(dice).title()
        own = [word(dice) for _ in range(14)]
        verb = dice.choice(VERBS)
        for teller in range(min(dice.randint(1, 2 * each - 1), number - made)):
            when = until - timedelta(seconds=dice.randint(60, 80_000))
            yield Article(
                id=f"b{made}",
                title=f"{name} {verb} {own[0]} {own[1]} in {place}",
                text=" ".join(_sentence(dice, name, place, own) for _ in range(12)),
                seen_at=when,
                published_at=when,
                source=f"Paper {teller}",
                url=f"https://paper{teller}.example/{made}",
                language="en",
            )
            made += 1


def _sentence(dice: random.Random, name: str, place: str, own: list[str]) -> str:
    words = [
        dice.choice(SMALL) if dice.random() < 0.45 else dice.choice(own) for _ in range(dice.randint(9, 20))
    ]
    return f"{name} {' '.join(words)} in {place} {dice.randint(2, 900)}."
