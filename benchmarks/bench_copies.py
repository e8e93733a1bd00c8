"""Measure how many edited copies of articles are found, and how many are taken for one by mistake.

usage: python -m benchmarks.bench_copies TEXTS [--count N]

TEXTS is a file of JSON Lines with a "text" each, articles that differ. Of each, three copies are made: with a
light hand (the end cut, one word in fifty another), a heavy one (a new first sentence, a third cut, one word
in ten another and others left out) and a very heavy one (its sentences shuffled besides, one word in four
another). Each kind goes into an archive of its own beside all the originals.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.archive import Archive
from bot.clock import SystemClock
from bot.model.article import Article
from bot.store.database import Database
from bot.store.migrate import migrate

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")


@dataclass(frozen=True, slots=True)
class Hand:
    """How a text is edited.

    Attributes:
        kept: the share of its sentences that stays.
        changed: the share of words that become others.
        left_out: the share of words that go.
        lead: words of a new first sentence.
        shuffled: whether the order of the sentences changes.
    """

    kept: float
    changed: float
    left_out: float
    lead: int = 0
    shuffled: bool = False


HANDS = {
    "light": Hand(0.8, 0.02, 0.007),
    "heavy": Hand(0.7, 0.10, 0.033, lead=25),
    "very heavy": Hand(0.6, 0.25, 0.083, lead=30, shuffled=True),
}


def edited(text: str, hand: Hand, dice: random.Random, words: Sequence[str]) -> str:
    """Return a copy of a text, edited."""
    sentences = [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]
    if hand.lead:
        sentences = sentences[1:]
    if hand.shuffled:
        dice.shuffle(sentences)
    kept = sentences[: max(3, int(len(sentences) * hand.kept))]
    if hand.lead:
        kept.insert(0, " ".join(dice.choices(words, k=hand.lead)).capitalize() + ".")
    found: list[str] = []
    for word in " ".join(kept).split():
        throw = dice.random()
        if throw < hand.changed:
            found.append(dice.choice(words))
        elif throw >= hand.changed + hand.left_out:
            found.append(word)
    return " ".join(found)


async def measure(texts: Sequence[str], hand: Hand, folder: Path) -> tuple[int, int]:
    """Return how many copies were recognised, and how many were taken for copies of something else."""
    dice = random.Random(7)
    words = [word for text in texts for word in text.split() if word.isalpha() and word.islower()]
    database = Database(f"sqlite+aiosqlite:///{folder / 'copies.db'}")
    await migrate(database)
    archive = Archive(database, clock=SystemClock())
    articles: list[Article] = []
    for number, text in enumerate(texts):
        original = Article(
            id=f"original-{number}",
            title=text[:60],
            text=text,
            seen_at=NOON,
            source="First",
            published_at=NOON - timedelta(hours=5),
        )
        copy = Article(
            id=f"copy-{number}",
            title=" ".join(dice.choices(words, k=8)),
            text=edited(text, hand, dice, words),
            seen_at=NOON,
            source="Second",
            published_at=NOON - timedelta(hours=2),
        )
        articles += [original, copy]
    dice.shuffle(articles)
    await archive.add(articles)
    stories = await archive.all_stories(None)
    copies = {copy: original for story in stories for copy, original in story.copies.items()}
    await database.close()

    def first(name: str) -> str:
        """Return what an article is a copy of; itself when it is none."""
        return copies.get(name, name)

    # Where originals are copies of each other, the earliest is the original of all.
    pairs = [(f"original-{number}", f"copy-{number}") for number in range(len(texts))]
    right = sum(first(original) == first(copy) for original, copy in pairs)
    wrong = sum(copy in copies and first(original) != first(copy) for original, copy in pairs)
    return right, wrong


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="?", help="without it, nothing is measured")
    parser.add_argument("--count", type=int, default=200)
    args = parser.parse_args()
    if args.texts is None:
        print("no texts given: nothing measured")
        return
    lines = args.texts.read_text("utf-8").splitlines()
    texts = list(dict.fromkeys(json.loads(line)["text"] for line in lines))[: args.count]
    for name, hand in HANDS.items():
        with TemporaryDirectory() as folder:
            right, wrong = asyncio.run(measure(texts, hand, Path(folder)))
        print(f"{name} edits: {right} of {len(texts)} copies recognised, {wrong} taken for a copy wrongly")


if __name__ == "__main__":
    main()
