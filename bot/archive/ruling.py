"""Managers' decisions about stories: two become one, an article leaves one, and either is taken back.

What is decided is kept as pairs of articles (`bot.store.rulings`), and the machine obeys it for good.
Stories are shared between workspaces, so a workspace decides only on what no other one can see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.archive import reading
from bot.archive.answers import Ruled
from bot.archive.assigning import copies
from bot.archive.founding import free_ids, profile_of_all
from bot.archive.rooms import Rooms
from bot.model.scope import MACHINE, Scope
from bot.model.story import Story
from bot.sources.identity import canonical_url
from bot.store import reshaping, rulings, search_copies, search_stories
from bot.store import stories as store
from bot.store.database import Connection
from bot.store.rulings import Decision, Pairs
from bot.store.search_articles import Stored
from bot.store.stories import StoryRow
from bot.stories.codes import story_id

MOST_COMPARED = 500
"""Articles of one story that are compared with each other to find out who copies whom."""


class RefusedError(Exception):
    """A decision that cannot be made.

    Attributes:
        what: what stands against it, in a sentence.
        next: what to do next.
    """

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.next = next_step


@dataclass(frozen=True, slots=True)
class Judge:
    """Who decides.

    Attributes:
        scope: the workspace; None at the machine.
        person: the platform's id of the person.
    """

    scope: Scope | None
    person: str


async def merge(rooms: Rooms, one: str, other: str, judge: Judge) -> Ruled:
    """Make two stories one for good; the older keeps its id, the younger's id leads to it."""
    async with rooms.database.write() as connection:
        first, second = await _story(connection, one, judge), await _story(connection, other, judge)
        if first.row == second.row:
            raise RefusedError(
                f"{_proper(one)} and {_proper(other)} are one story already.",
                f"“/story {first.story.id}” shows it.",
            )
        old, young = sorted((first, second), key=lambda found: found.row)
        await _allowed(connection, (old.row, young.row), judge)
        kept, joining = (
            await reshaping.members(connection, old.row),
            await reshaping.members(connection, young.row),
        )
        await _keep(
            rooms,
            connection,
            judge,
            "merge",
            together=_with(min(kept), (*kept, *joining)) | await _contradicted(connection, kept, joining),
            apart=frozenset(),
            taken=dict.fromkeys(joining, young.row),
        )
        await reshaping.move(connection, joining, old.row)
        await reshaping.point(connection, young.row, old.row)
        await _settle(rooms, connection, {old.row})
        return Ruled("merge", old.story.id, (young.story.id,), _titles(young.stored))


async def split(rooms: Rooms, name: str, article: str, into: str | None, judge: Judge) -> Ruled:
    """Take an article, and the copies of it, out of a story for good.

    Args:
        rooms: of the archive.
        name: the story's id.
        article: the article's id or address, or the name of its publication.
        into: the story it belongs to; None for a story of its own.
        judge: who decides.
    """
    async with rooms.database.write() as connection:
        found = await _story(connection, name, judge)
        leaving = await _leaving(connection, found, article, judge.scope)
        home = await _story(connection, into, judge) if into else None
        if home is not None and home.row == found.row:
            raise RefusedError(
                f"{home.story.id} is the story that it is to leave.", "Name another story, or none."
            )
        await _allowed(connection, [found.row, *([home.row] if home else [])], judge)
        members = await reshaping.members(connection, found.row)
        staying = [row for row in members if row not in leaving]
        if not staying:
            advice = (
                f"“/nutgraf story merge {found.story.id} {home.story.id}” joins the two." if home else None
            )
            raise RefusedError(
                f"{found.story.id} holds nothing else, so there is nothing to take it out of.",
                advice or "“/story” shows what a story holds.",
            )
        residents = await reshaping.members(connection, home.row) if home else []
        bound = _with(min(residents), (*residents, *leaving)) if residents else frozenset()
        await _keep(
            rooms,
            connection,
            judge,
            "split",
            together=bound | await _contradicted(connection, leaving, residents),
            apart=frozenset(_pair(one, other) for one in leaving for other in staying),
            taken=dict.fromkeys(leaving, found.row),
        )
        titles = _titles(one for one in found.stored if one.row in leaving)
        place = home.row if home else await _founded(connection, found.stored, leaving)
        await reshaping.move(connection, leaving, place)
        await _settle(rooms, connection, {found.row, place})
        (new,) = await store.load(connection, [place])
        return Ruled("split", found.story.id, (new.story_id,), titles, own=home is None)


async def undo(rooms: Rooms, name: str, judge: Judge) -> Ruled:
    """Take back the latest decision that concerns a story."""
    async with rooms.database.write() as connection:
        found = await _story(connection, name, judge)
        made = await rulings.decisions_on(connection, found.row)
        if not made:
            raise RefusedError(
                f"Nothing was decided on {found.story.id}: its articles were grouped by the machine.",
                "“/nutgraf story split” or “merge” decides.",
            )
        latest = made[0]
        origins = set(latest.moves.values())
        now_in = set((await store.stories_of(connection, latest.moves)).values())
        await _allowed(connection, [*origins, *now_in], judge)
        if latest.kind == "merge":
            for row in origins:
                await reshaping.point(connection, row, None)
        targets = {row: await store.final(connection, row) for row in origins}
        for row, target in targets.items():
            await reshaping.move(connection, [a for a, came in latest.moves.items() if came == row], target)
        await rulings.forget(connection, latest.id)
        affected = {found.row, *now_in, *targets.values()}
        for row in await reshaping.empty(connection, sorted(affected)):
            # What was founded by a split is no story of its own any more; its id leads back.
            await reshaping.point(connection, row, next(iter(targets.values())))
            affected.discard(row)
        await _settle(rooms, connection, affected)
        rows = {row.row: row for row in await store.load(connection, affected)}
        back = rows[next(iter(targets.values()))]
        others = tuple(row.story_id for row in rows.values() if row is not back)
        return Ruled(f"undo {latest.kind}", back.story_id, others)


async def decided(rooms: Rooms, name: str, judge: Judge) -> tuple[Story, list[Decision]]:
    """Return a story, and the decisions that concern it and were made where the asker is, latest first."""
    async with rooms.database.read() as connection:
        found = await _story(connection, name, judge)
        made = await rulings.decisions_on(connection, found.row)
    own = {None, judge.scope.key if judge.scope else None}
    return found.story, [one for one in made if judge.scope is None or one.workspace in own]


@dataclass(frozen=True, slots=True)
class _Found:
    row: int
    story: Story
    stored: Sequence[Stored]


async def _story(connection: Connection, name: str, judge: Judge) -> _Found:
    """Return a story as the judge sees it, or refuse: what one may not see is not there."""
    proper = story_id(name)
    row = await store.named(connection, proper) if proper else None
    stored = await search_stories.of_story(connection, row, judge.scope) if row is not None else []
    assembled = reading.assembled(stored)
    if row is None or row not in assembled:
        raise RefusedError(
            f"There is no story “{name[:40]}” here.",
            "The digest shows each story's id, such as S-4F2K; “/find” searches by words.",
        )
    return _Found(row, assembled[row], stored)


async def _allowed(connection: Connection, rows: Sequence[int], judge: Judge) -> None:
    """Refuse what would change the stories of other workspaces."""
    if judge.scope in (None, MACHINE) or not await rulings.onlookers(connection, rows, judge.scope):
        return
    raise RefusedError(
        "Other workspaces of this bot may read these stories too, so they are not changed from here.",
        "Whoever runs the bot can: “nutgraf story merge” and “nutgraf story split” on its machine.",
    )


async def _leaving(connection: Connection, found: _Found, name: str, scope: Scope | None) -> list[int]:
    """Return the rows of the article meant and of its copies."""
    wanted = name.strip()
    meant = [one for one in found.stored if one.article.id == wanted]
    if not meant and reading.looks_like_url(wanted):
        address = canonical_url(wanted)
        meant = [one for one in found.stored if address and one.canonical_url == address]
    if not meant:
        called = wanted.casefold()
        meant = [one for one in found.stored if (one.article.source or "").casefold() == called]
    if len(meant) == 1:
        copying = await reshaping.copies_of(connection, meant[0].row, found.row)
        return [meant[0].row, *copying]
    if meant:
        ids = ", ".join(one.article.id for one in meant[:5])
        raise RefusedError(
            f"{len(meant)} articles of {found.story.id} are from {wanted[:60]}.",
            f"Name one by its id: {ids}.",
        )
    elsewhere = await reading.article(connection, wanted, scope)
    if elsewhere is not None and elsewhere.story_id:
        raise RefusedError(
            f"That article is not part of {found.story.id}, but of {elsewhere.story_id}.",
            f"“/story {elsewhere.story_id}” shows it.",
        )
    raise RefusedError(
        f"{found.story.id} has no article “{wanted[:80]}”.",
        f"Name it by its id, its link or its publication: “/story {found.story.id} sources” lists them.",
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _with(anchor: int, rows: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Return the pairs that hold a story together at one of its articles."""
    return frozenset(_pair(anchor, row) for row in rows if row != anchor)


async def _contradicted(
    connection: Connection, ours: Sequence[int], theirs: Sequence[int]
) -> frozenset[tuple[int, int]]:
    """Return the pairs that an earlier decision keeps apart and this one puts together."""
    stories = set((await store.stories_of(connection, [*ours[:1], *theirs[:1]])).values())
    apart = (await rulings.pairs_within(connection, stories)).apart
    mine, others = set(ours), set(theirs)
    return frozenset(
        (one, other)
        for one, other in apart
        if (one in mine and other in others) or (one in others and other in mine)
    )


async def _keep(
    rooms: Rooms,
    connection: Connection,
    judge: Judge,
    kind: str,
    *,
    together: frozenset[tuple[int, int]],
    apart: frozenset[tuple[int, int]],
    taken: Mapping[int, int],
) -> None:
    await rulings.decide(
        connection,
        kind=kind,
        scope=judge.scope,
        by=judge.person,
        now=rooms.clock.now(),
        pairs=Pairs(together, apart),
        taken=taken,
    )


async def _founded(connection: Connection, stored: Sequence[Stored], leaving: Sequence[int]) -> int:
    """Found a story for the articles that leave another, and return its row."""
    first = min(
        (one for one in stored if one.row in leaving), key=lambda one: (one.article.when, one.row)
    ).article
    [name] = await free_ids(connection, [first.id])
    story = StoryRow(row=0, story_id=name, articles=0, first_at=first.when, last_at=first.when, profile=b"")
    (row,) = await store.found(connection, [story])
    return row


async def _settle(rooms: Rooms, connection: Connection, rows: Iterable[int]) -> None:
    """Bring what is kept about changed stories up to date: their words, their times, who copies whom."""
    frequencies = await rooms.frequencies(connection)
    kept = sorted(rows)
    for row in kept:
        words = await reshaping.told_in(connection, row)
        profile = await rooms.compute(profile_of_all, words, frequencies)
        await reshaping.rewrite(
            connection,
            row,
            articles=len(words),
            first_at=min(one.when for one in words),
            last_at=max(one.when for one in words),
            profile=profile.pack(),
        )
    await reshaping.unmark_strangers(connection, kept)
    compared = await search_copies.sketched(connection, kept, most=MOST_COMPARED, new=2**62)
    await search_copies.mark(connection, await rooms.compute(copies, compared))


def _proper(name: str) -> str:
    return story_id(name) or name[:40]


def _titles(stored: Iterable[Stored]) -> tuple[str, ...]:
    ordered = sorted(stored, key=lambda one: (one.article.when, one.row))
    return tuple(one.article.title for one in ordered)
