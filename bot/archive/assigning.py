"""Giving each new article of a batch its story: an old one, or a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.archive.founding import found, milliseconds, story_row
from bot.archive.parting import due, part
from bot.archive.rooms import Rooms
from bot.model.article import Article
from bot.store import rulings, search, search_copies
from bot.store import stories as store
from bot.store.database import Connection
from bot.store.stories import StoryRow, WordsRow
from bot.stories.copies import Text, find_copies
from bot.stories.frequencies import Frequencies
from bot.stories.grouping import group
from bot.stories.neighbours import components, nearest
from bot.stories.profile import Profile, joined, profiles_of
from bot.stories.vector import Words
from bot.stories.weights import telling_of_each

WINDOW = 50_000
"""Only stories with an article among so many newest ones take in new articles."""

LOOKED_UP = 10
"""Telling words of an article that are looked up to find the stories it may belong to."""

ROWS = 400
"""Articles those words may lead to together; bounds the cost of grouping."""

NEIGHBOURS = 10
"""Articles that share most of them, whose stories are compared."""

MOST_STORIES = 1_000
"""Stored stories compared with one batch, those with the most neighbours first."""

MOST_COMPARED = 100
"""Originals of a story that a new article is compared with to find out whom it copies, and as many copies."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new article on its way to a story."""

    row: int
    article: Article
    words: Words


async def assign(rooms: Rooms, connection: Connection, batch: Sequence[tuple[int, Article, Words]]) -> None:
    """Group new articles with each other and with the stored stories, and write that down."""
    if not batch:
        return
    new = [Newcomer(*one) for one in batch]
    frequencies = await rooms.frequencies(connection)
    await rooms.learn_languages(connection, {one.article.language for one in new})
    keys, counts = await rooms.compute(_count, new)
    await store.count_terms(connection, keys.tolist(), counts.tolist())
    await rooms.compute(frequencies.add, keys, counts, len(new))
    near = await _neighbours(rooms, connection, new, frequencies)
    of_story = await store.stories_of(connection, (row for rows in near for row in rows))
    touched = Counter(story for rows in near for story in {of_story[r] for r in rows if r in of_story})
    stored = await store.load(connection, (story for story, _ in touched.most_common(MOST_STORIES)))
    apart = await rulings.apart_stories(connection, (story.row for story in stored))
    groups = await rooms.compute(
        _grouped, stored, new, _links(stored, new, near, of_story), frequencies, apart
    )
    told = await _write(connection, stored, new, groups)
    told |= await part(rooms, connection, _due(stored, groups))
    compared = await search_copies.sketched(connection, told, most=MOST_COMPARED, new=new[0].row)
    await search_copies.mark(connection, await rooms.compute(copies, compared))


def _count(new: Sequence[Newcomer]) -> tuple[np.ndarray, np.ndarray]:
    keys, counts = np.unique(np.concatenate([one.words.vector.keys for one in new]), return_counts=True)
    return keys, counts


async def _neighbours(
    rooms: Rooms, connection: Connection, new: Sequence[Newcomer], frequencies: Frequencies
) -> list[list[int]]:
    """Return for each new article the rows, of new and stored articles, that share most of its rare words."""
    # Counts are of the whole archive; the window holds a part of it.
    rows = ROWS * max(1, frequencies.articles // WINDOW)
    looked_up = await rooms.compute(_looked_up, new, frequencies, rows)
    stems = list(dict.fromkeys(stem for ones in looked_up for stem, _ in ones))
    held = await search.holding(connection, stems, after=new[-1].row - WINDOW, each=ROWS)
    place = {stem: at for at, stem in enumerate(stems)}
    asked = [[(place[stem], weight) for stem, weight in ones] for ones in looked_up]
    return await rooms.compute(nearest, asked, held, [one.row for one in new], NEIGHBOURS)


def _looked_up(new: Sequence[Newcomer], frequencies: Frequencies, rows: int) -> list[list[tuple[str, float]]]:
    vectors, stems = [one.words.vector for one in new], [one.words.stems for one in new]
    return telling_of_each(vectors, stems, frequencies, most=LOOKED_UP, rows=rows)


def _links(
    stored: Sequence[StoryRow],
    new: Sequence[Newcomer],
    near: Sequence[Sequence[int]],
    of_story: Mapping[int, int],
) -> list[tuple[int, int]]:
    """Return which of stored + new are neighbours, as pairs of positions."""
    story_at = {story.row: at for at, story in enumerate(stored)}
    place = {one.row: at for at, one in enumerate(new, len(stored))}
    place.update((row, story_at[story]) for row, story in of_story.items() if story in story_at)
    return [(at, place[row]) for at, rows in enumerate(near, len(stored)) for row in rows if row in place]


def _grouped(
    stored: Sequence[StoryRow],
    new: Sequence[Newcomer],
    links: Sequence[tuple[int, int]],
    frequencies: Frequencies,
    apart: set[tuple[int, int]],
) -> list[tuple[list[int], Profile]]:
    """Return the groups as positions in stored + new, with the profile of each.

    Args:
        stored: stories that new articles may belong to.
        new: the articles.
        links: pairs of positions that share telling words.
        frequencies: of the archive.
        apart: pairs of stories, by row, that a manager keeps apart.
    """
    parts = [
        Profile.unpack(
            story.profile,
            articles=story.articles,
            first_ms=milliseconds(story.first_at),
            last_ms=milliseconds(story.last_at),
        )
        for story in stored
    ]
    parts += profiles_of(
        [one.words.vector for one in new],
        [milliseconds(one.article.when) for one in new],
        [one.article.source for one in new],
        frequencies,
    )
    place = {story.row: at for at, story in enumerate(stored)}
    kept_apart = [(place[one], place[other]) for one, other in apart]
    groups: list[list[int]] = []
    for some in components(len(parts), links):
        at = {position: number for number, position in enumerate(some)}
        barred = [(at[one], at[other]) for one, other in kept_apart if one in at and other in at]
        found = group([parts[position] for position in some], frequencies, apart=barred)
        groups += [[some[number] for number in one] for one in found]
    return [(one, joined([parts[at] for at in one])) for one in groups]


def _due(stored: Sequence[StoryRow], groups: Sequence[tuple[list[int], Profile]]) -> set[int]:
    """Return the stories that grew so far that they are looked at again."""
    found: set[int] = set()
    for positions, profile in groups:
        old = [stored[at] for at in positions if at < len(stored)]
        if old and due(max(story.articles for story in old), profile.articles):
            found.add(min(story.row for story in old))
    return found


async def _write(
    connection: Connection,
    stored: Sequence[StoryRow],
    new: Sequence[Newcomer],
    groups: Sequence[tuple[list[int], Profile]],
) -> set[int]:
    """Write grown, merged and new stories, and the words of the new articles; return the stories told."""
    grown: list[StoryRow] = []
    merged: dict[int, int] = {}
    story_of: dict[int, int] = {}
    founding: list[tuple[list[Newcomer], Profile]] = []
    for positions, profile in groups:
        old = [stored[at] for at in positions if at < len(stored)]
        young = [new[at - len(stored)] for at in positions if at >= len(stored)]
        if not old:
            founding.append((sorted(young, key=lambda one: (one.article.when, one.row)), profile))
            continue
        if len(positions) == 1:
            continue
        head = min(old, key=lambda story: story.row)
        merged.update((story.row, head.row) for story in old if story is not head)
        story_of.update((one.row, head.row) for one in young)
        grown.append(story_row(head.row, head.story_id, profile))
    rows = await found(
        connection, [young[0].article.id for young, _ in founding], [profile for _, profile in founding]
    )
    for row, (young, _) in zip(rows, founding, strict=True):
        story_of.update((one.row, row) for one in young)
    await store.merge(connection, merged)
    await store.grow(connection, grown)
    await store.keep_words(
        connection,
        [
            WordsRow(
                article=one.row,
                story=story_of[one.row],
                vector=one.words.vector.pack(),
                sketch=one.words.sketch,
            )
            for one in new
        ],
    )
    return {*story_of.values(), *merged.values()}


def copies(compared: Sequence[search_copies.Sketched]) -> dict[int, int]:
    """Return copy -> original, by row, for what is newly found in some stories."""
    stories: dict[int, list[Text]] = {}
    for one in compared:
        pairs = np.frombuffer(one.sketch, dtype=np.uint32)
        stories.setdefault(one.story, []).append(Text(one.row, milliseconds(one.when), pairs, one.copy_of))
    return {copy: original for texts in stories.values() for copy, original in find_copies(texts).items()}
