"""Known articles that say something new: the new words are stored, read and indexed, the old ones kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.archive.assigning import copies
from bot.archive.founding import profile_of_all
from bot.archive.rooms import Rooms
from bot.archive.words import read_all
from bot.model.article import Article
from bot.sources.identity import content_hash
from bot.store import reshaping, search_articles, search_copies
from bot.store import revisions as store
from bot.store import stories as story_store
from bot.store.database import Connection
from bot.store.search import Indexed
from bot.store.search_articles import Identity, Known, Owner
from bot.stories.frequencies import Frequencies
from bot.stories.terms import reading_language
from bot.stories.vector import Vector, Words, read_words

MOST_REVISIONS = 20
"""Texts kept of one article; then it stays as it is. A corrected report has three, a ticker has no end."""

TEASER_WORDS = 120
"""What is shorter than this, in words, and than half of the stored text is a teaser and no correction."""

MOST_MEMBERS = 300
"""A story of more articles keeps its profile: one changed article hardly moves it."""

MOST_COMPARED = 100
"""Articles of the story that a changed one is compared with to find out whom it copies."""


@dataclass(frozen=True, slots=True)
class Change:
    """A known article that comes with other words.

    Attributes:
        row: of the stored article.
        article: as it comes now.
        offered: hash of its words as the source gave them.
        of_feed: it comes from a feed, which may change the headline over a teaser; a card on a page may not.
    """

    row: int
    article: Article
    offered: str
    of_feed: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """New words on their way into the store, with what the index holds of the old ones, if that is known."""

    change: Change
    old: Article
    new: Article
    words: Words
    before: Indexed | None


def changes(found: Iterable[tuple[Article, Identity]], known: Sequence[Known], owner: Owner) -> list[Change]:
    """Return which articles bring a stored one up to date: of the same feed or hands, with other words.

    A feed that says two things of one article at the same time changes nothing as long as one of them is
    what it said before.

    Args:
        found: as they come now.
        known: stored articles that may be the same.
        owner: whose articles these are.
    """
    own = [one for one in known if one.owner == owner]
    guids: dict[str | None, Known] = {one.identity.guid: one for one in own if one.identity.guid}
    urls: dict[str | None, Known] = {
        one.identity.canonical_url: one for one in own if one.identity.canonical_url
    }
    ids = {one.identity.article_id.removesuffix(owner.suffix): one for one in own}
    said: dict[int, list[Change]] = {}
    before: dict[int, str] = {}
    for article, identity in found:
        stored = guids.get(identity.guid) or urls.get(identity.canonical_url) or ids.get(identity.article_id)
        if stored is not None:
            said.setdefault(stored.row, []).append(
                Change(stored.row, article, identity.offered_hash, owner.feed_id is not None)
            )
            before[stored.row] = stored.identity.offered_hash
    return [ones[0] for row, ones in said.items() if all(one.offered != before[row] for one in ones)]


async def revise(rooms: Rooms, wanted: Sequence[Change]) -> int:
    """Store what changed, all in one transaction; return how many articles have new words."""
    if not wanted:
        return 0
    rows = [one.row for one in wanted]
    async with rooms.database.read() as connection:
        stored = await search_articles.by_rows(connection, rows, None)
        vectors = await story_store.vectors(connection, rows)
        frequencies = await rooms.frequencies(connection)
    wordings = await rooms.compute(
        _wordings, wanted, {row: one.article for row, one in stored.items()}, vectors, rooms.languages
    )
    told = 0
    async with rooms.database.write() as connection:
        standing = await store.standing(connection, rows)
        touched: set[int] = set()
        for one in wordings:
            row = one.change.row
            now = standing.get(row)
            # Another process may have changed it meanwhile: then the next reading decides.
            if now is None or now.content_hash != content_hash(one.old.title, one.old.text):
                continue
            fresh = content_hash(one.new.title, one.new.text)
            full = len(now.revisions - {now.content_hash}) >= MOST_REVISIONS
            if fresh == now.content_hash or (full and now.content_hash not in now.revisions):
                await store.note_offer(connection, row, one.change.offered)
                continue
            if one.old.text or one.old.title != one.new.title:
                await store.keep(connection, row, one.old, now.content_hash, rooms.clock.now())
            await store.replace(connection, row, one.new, fresh, one.change.offered)
            indexed = Indexed(row=row, title=one.words.title, text=one.words.text)
            await store.index_anew(connection, one.before, indexed)
            await store.reword(connection, row, one.words.vector.pack(), one.words.sketch)
            await _count(rooms, connection, Vector.unpack(now.vector), one.words.vector)
            touched.add(now.story)
            told += 1
        await _retell(rooms, connection, touched, frequencies)
    return told


def _wordings(
    wanted: Sequence[Change],
    stored: dict[int, Article],
    vectors: dict[int, bytes],
    languages: Sequence[str],
) -> list[Wording]:
    """Read the new words, and find out what the index holds of the old ones."""
    usual = languages[0] if languages else None
    found: list[Wording] = []
    for change in wanted:
        old = stored.get(change.row)
        if old is None:
            continue
        [read] = read_all([_merged(old, change)], usual)
        before = _indexed(change.row, old, vectors.get(change.row), languages)
        found.append(Wording(change, old, read.article, read.words, before))
    return found


def _merged(old: Article, change: Change) -> Article:
    """Return the stored article with what the new one tells; a teaser does not replace a text."""
    new = change.article
    many = len(new.text.split())
    teaser = many < TEASER_WORDS and many * 2 < len(old.text.split())
    return replace(
        old,
        title=old.title if teaser and not change.of_feed else new.title,
        text=old.text if teaser else new.text,
        author=new.author or old.author,
        language=new.language or old.language,
        keywords=new.keywords,
        image_url=new.image_url or old.image_url,
    )


def _indexed(row: int, old: Article, vector: bytes | None, languages: Sequence[str]) -> Indexed | None:
    """Return what the index holds of an article: its words in the language whose vector is the stored one."""
    usual = [reading_language(old.language, one) for one in (*languages, None)]
    for language in dict.fromkeys(usual):
        words = read_words(old.title, old.text, language)
        if words.vector.pack() == vector:
            return Indexed(row=row, title=words.title, text=words.text)
    return None


async def _count(rooms: Rooms, connection: Connection, old: Vector, new: Vector) -> None:
    """Bring up to date in how many articles each stem stands."""
    keys = np.concatenate([np.setdiff1d(new.keys, old.keys), np.setdiff1d(old.keys, new.keys)])
    gained = len(np.setdiff1d(new.keys, old.keys))
    counts = np.where(np.arange(len(keys)) < gained, 1, -1).astype(np.int64)
    await story_store.count_terms(connection, keys.tolist(), counts.tolist())
    (await rooms.frequencies(connection)).add(keys, counts, 0)


async def _retell(rooms: Rooms, connection: Connection, rows: set[int], frequencies: Frequencies) -> None:
    """Bring the profiles of stories up to date, and find out anew who copies whom in them."""
    for story in await story_store.load(connection, rows):
        told = await reshaping.told_in(connection, story.row, MOST_MEMBERS)
        if len(told) == story.articles:
            profile = await rooms.compute(profile_of_all, told, frequencies)
            await story_store.grow(connection, [replace(story, profile=profile.pack())])
    if rows:
        beyond = await story_store.highest_row(connection) + 1
        compared = await search_copies.sketched(connection, rows, most=MOST_COMPARED, new=beyond)
        await search_copies.mark(connection, await rooms.compute(copies, compared))
