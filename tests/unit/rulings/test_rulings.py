"""What managers decide about stories holds against the machine, can be undone, and stays in its workspace."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.archive import Archive, Judge, RefusedError
from bot.clock import ManualClock
from bot.model.article import Article
from bot.model.scope import MACHINE, Scope
from bot.store import rulings
from bot.store.database import Database
from bot.store.schema import articles, channels, feeds, subscriptions
from bot.store.schema_rulings import moves
from bot.store.schema_stories import article_words
from bot.store.schema_stories import stories as story_table
from bot.stories.affairs import joined
from tests.conftest import both_engines

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)
OPERATOR = Judge(None, "local")
ONE, TWO = Scope("slack", "T1"), Scope("discord", "77")

FERRY = "The ferry Isa Marrin ran aground on Tarn Ledge off Tolm with 212 aboard, the coastguard said"
TRAM = "The council of Port Ellery voted for a new tram line to the Old Quay by 27 votes to 22"
HAIL = "Hailstones destroyed a fifth of the vines around Upper Sayle, growers in Velmora said"


ENDS = (
    "Nobody could say at first how it had come about",
    "Neighbours watched from their windows until the evening",
    "An inquiry begins next week in the old town hall",
)


def article(name: str, text: str, hours_ago: float = 5) -> Article:
    return Article(
        id=name,
        title=text[:40],
        text=f"{text}. {ENDS[int(name[-1]) % len(ENDS)]}.",
        seen_at=NOW,
        published_at=NOW - timedelta(hours=hours_ago),
        source=f"The {name}",
        language="en",
    )


NEWS = [
    article(f"{event}-{number}", text, 9 - number)
    for event, text in (("ferry", FERRY), ("tram", TRAM), ("hail", HAIL))
    for number in range(3)
]


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database, clock=ManualClock(NOW))


async def story_of(archive: Archive, name: str) -> str:
    return (await archive.story_of([name], None))[name].id


async def parts(archive: Archive) -> dict[str, frozenset[str]]:
    return {one.id: frozenset(a.id for a in one.articles) for one in await archive.all_stories(None)}


async def sound(database: Database) -> None:
    """Check that each story knows how many articles it holds, and that every id leads to some."""
    async with database.read() as connection:
        counted = await connection.execute(
            sa.select(article_words.c.story, sa.func.count()).group_by(article_words.c.story)
        )
        held = {row[0]: row[1] for row in counted}
        rows = (await connection.execute(sa.select(story_table))).all()
    onward = {row.id: row.merged_into for row in rows}
    for row in rows:
        at = row.id
        while onward[at] is not None:
            at = onward[at]
        assert held.get(at), row.story_id
        if row.merged_into is None:
            assert row.articles == held[row.id]


@both_engines
async def test_what_was_merged_stays_one_and_both_ids_lead_to_it(
    archive: Archive, database: Database
) -> None:
    await archive.add(NEWS)
    ferry, tram = await story_of(archive, "ferry-0"), await story_of(archive, "tram-0")
    ruled = await archive.merge(tram, ferry, OPERATOR)
    assert ruled.story == ferry  # the older one
    assert ruled.others == (tram,)
    found = await archive.story(tram, None)
    assert found is not None
    assert found.id == ferry
    assert len(found.articles) == 6
    await archive.add([article("tram-9", TRAM, 1)])
    assert await story_of(archive, "tram-9") == ferry
    await sound(database)


@both_engines
async def test_what_was_split_is_never_joined_again(archive: Archive, database: Database) -> None:
    await archive.add(NEWS)
    ferry = await story_of(archive, "ferry-0")
    ruled = await archive.split(ferry, "The ferry-0", None, OPERATOR)
    (own,) = ruled.others
    left = {"ferry-1", "ferry-2"}
    assert ruled.own
    # The two texts are as alike as texts can be, and so is each arrival, which must choose one of them.
    for number in range(5, 9):
        await archive.add([article(f"ferry-{number}", FERRY, 1)])
    now = await parts(archive)
    assert "ferry-0" in now[own] or "ferry-0" in now[await story_of(archive, "ferry-0")]
    assert not left & now[await story_of(archive, "ferry-0")]
    assert left <= now[ferry]
    await sound(database)


async def test_without_a_decision_the_machine_would_join_them(archive: Archive) -> None:
    await archive.add([article("ferry-0", FERRY), article("ferry-1", FERRY)])
    assert await story_of(archive, "ferry-0") == await story_of(archive, "ferry-1")


@both_engines
async def test_decisions_can_be_taken_back_one_by_one(archive: Archive, database: Database) -> None:
    await archive.add(NEWS)
    before = await parts(archive)
    ferry, tram = await story_of(archive, "ferry-0"), await story_of(archive, "tram-0")
    await archive.merge(ferry, tram, OPERATOR)
    await archive.split(ferry, "hail-0" if "hail-0" in before[ferry] else "ferry-1", None, OPERATOR)
    await archive.merge(await story_of(archive, "ferry-1"), ferry, OPERATOR)
    for _ in range(3):
        await archive.undo(ferry, OPERATOR)
        await sound(database)
    assert await parts(archive) == before
    with pytest.raises(RefusedError, match="Nothing was decided"):
        await archive.undo(ferry, OPERATOR)


async def test_the_later_decision_on_a_pair_counts(archive: Archive, database: Database) -> None:
    await archive.add(NEWS)
    ferry = await story_of(archive, "ferry-0")
    (own,) = (await archive.split(ferry, "ferry-0", None, OPERATOR)).others

    async def apart() -> int:
        async with database.read() as connection:
            rows = (await connection.execute(sa.select(story_table.c.id))).scalars().all()
            return len((await rulings.pairs_within(connection, rows)).apart)

    assert await apart() > 0
    await archive.merge(own, ferry, OPERATOR)
    assert await apart() == 0
    await archive.undo(ferry, OPERATOR)
    assert await apart() > 0


async def test_any_decisions_leave_the_archive_sound_and_can_all_be_undone(
    archive: Archive, database: Database
) -> None:
    await archive.add(NEWS)
    before = await parts(archive)
    rng = random.Random(4)
    made = 0
    for _ in range(25):
        names = sorted(await parts(archive))
        try:
            if rng.random() < 0.5:
                one, other = rng.sample(names, 2)
                await archive.merge(one, other, OPERATOR)
            else:
                story = rng.choice(names)
                member = rng.choice(sorted((await parts(archive))[story]))
                into = rng.choice([None, *(name for name in names if name != story)])
                await archive.split(story, member, into, OPERATOR)
            made += 1
        except (RefusedError, ValueError):
            continue
        await sound(database)
    assert made > 5
    while True:
        async with database.read() as connection:
            query = (
                sa.select(articles.c.article_id)
                .join(moves, moves.c.article == articles.c.id)
                .order_by(moves.c.decision.desc())
            )
            moved = (await connection.execute(query)).scalars().first()
        if moved is None:
            break
        await archive.undo(await story_of(archive, moved), OPERATOR)
        await sound(database)
    assert await parts(archive) == before


async def test_copies_leave_with_what_they_copy(archive: Archive) -> None:
    long = FERRY + ". " + " ".join(f"Boat{n} took passenger{n} to harbour{n}." for n in range(30))
    await archive.add(
        [article("ferry-0", long, 5), article("ferry-1", long, 4), article("ferry-2", FERRY, 6)]
    )
    ferry = await story_of(archive, "ferry-0")
    ruled = await archive.split(ferry, "ferry-0", None, OPERATOR)
    assert len(ruled.titles) == 2
    found = await archive.story(ruled.others[0], None)
    assert found is not None
    assert found.copies == {"ferry-1": "ferry-0"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "has no article"),
        ("tram-0", "is not part of"),
        ("The same", "Name one by its id"),
        ("https://nowhere.example/a", "has no article"),
    ],
)
async def test_what_cannot_be_split_is_said(archive: Archive, name: str, said: str) -> None:
    await archive.add(NEWS)
    await archive.add(
        [Article(id=f"same-{n}", title="Ferry", text=FERRY, seen_at=NOW, source="The same") for n in (1,)]
    )
    await archive.add(
        [Article(id="same-2", title="Ferry", text=FERRY + " again", seen_at=NOW, source="The same")]
    )
    with pytest.raises(RefusedError) as refused:
        await archive.split(await story_of(archive, "same-1"), name, None, OPERATOR)
    assert said in f"{refused.value.what} {refused.value.next}"


async def test_the_last_article_cannot_leave(archive: Archive) -> None:
    await archive.add([article("ferry-0", FERRY)])
    with pytest.raises(RefusedError, match="nothing else"):
        await archive.split(await story_of(archive, "ferry-0"), "ferry-0", None, OPERATOR)


async def workspaces(database: Database, archive: Archive) -> None:
    """Give each of two workspaces a feed of its own, and both a third."""
    async with database.write() as connection:
        for number, scopes in ((1, (ONE,)), (2, (TWO,)), (3, (ONE, TWO))):
            await connection.execute(
                sa.insert(feeds).values(
                    id=number, url=f"https://f{number}.example", shared=False, created_at=NOW
                )
            )
            for scope in scopes:
                await connection.execute(
                    sa.insert(subscriptions).values(
                        feed_id=number, platform=scope.platform, workspace=scope.workspace, created_at=NOW
                    )
                )
    await archive.add(NEWS[:3], feed_id=1)
    await archive.add(NEWS[3:6], feed_id=2)
    await archive.add(NEWS[6:], feed_id=3)


@both_engines
async def test_a_workspace_decides_on_what_it_alone_sees(archive: Archive, database: Database) -> None:
    await workspaces(database, archive)
    mine, theirs, ours = [await story_of(archive, name) for name in ("ferry-0", "tram-0", "hail-0")]
    boss = Judge(ONE, "U1")
    with pytest.raises(RefusedError, match="There is no story"):
        await archive.merge(mine, theirs, boss)
    with pytest.raises(RefusedError, match="Other workspaces"):
        await archive.merge(mine, ours, boss)
    with pytest.raises(RefusedError, match="Other workspaces"):
        await archive.split(ours, "hail-0", None, boss)
    (own,) = (await archive.split(mine, "ferry-1", None, boss)).others
    with pytest.raises(RefusedError, match="There is no story"):
        await archive.undo(own, Judge(TWO, "U2"))
    await archive.undo(own, boss)
    await archive.merge(theirs, ours, OPERATOR)


async def test_the_only_workspace_decides_on_everything(archive: Archive, database: Database) -> None:
    await archive.add(NEWS)
    async with database.write() as connection:
        for scope in (ONE, MACHINE):
            await connection.execute(
                sa.insert(channels).values(
                    platform=scope.platform,
                    workspace=scope.workspace,
                    address="1",
                    name="news",
                    settings={},
                    created_at=NOW,
                )
            )
    ferry, tram = await story_of(archive, "ferry-0"), await story_of(archive, "tram-0")
    await archive.merge(ferry, tram, Judge(ONE, "U1"))
    _, made = await archive.decided(ferry, Judge(ONE, "U1"))
    assert [(one.kind, one.by, one.at) for one in made] == [("merge", "U1", NOW)]


async def test_a_day_does_not_join_what_is_kept_apart(archive: Archive) -> None:
    names = "Maud Ternhill and Jory Pask of Quillhaven told Ruvan Heskett"
    await archive.add(
        [
            article("ferry-0", f"{FERRY}. {names} of the rescue"),
            article("ferry-1", f"{FERRY}. {names} about it"),
            article("hail-2", HAIL),
            article("tram-3", TRAM),
        ]
    )
    (own,) = (await archive.split(await story_of(archive, "ferry-0"), "ferry-1", None, OPERATOR)).others

    async def affairs() -> set[str]:
        return {
            one.id for one in joined(await archive.stories(None, since=NOW - timedelta(days=1), until=NOW))
        }

    assert own in await affairs()
    apart = [replace(one, apart=frozenset()) for one in await archive.all_stories(None)]
    assert len(joined(apart)) < len(apart)  # without the decision they would be one affair
