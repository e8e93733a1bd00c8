"""New stories get ids that nobody has, whoever else wants them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.archive import founding
from bot.archive.founding import free_ids
from bot.store import stories
from bot.store.database import Database
from bot.store.stories import StoryRow
from bot.stories.codes import codes
from tests.conftest import both_engines

NOW = datetime(2026, 5, 12, tzinfo=UTC)


def story(name: str) -> StoryRow:
    return StoryRow(row=0, story_id=name, articles=1, first_at=NOW, last_at=NOW, profile=b"")


@both_engines
async def test_an_id_that_is_taken_is_not_given_again(database: Database) -> None:
    names = list(codes("a"))
    async with database.write() as connection:
        assert await free_ids(connection, ["a"]) == names[:1]
        rows = await stories.found(connection, [story(names[0]), story(names[1])])
        assert await free_ids(connection, ["a"]) == names[2:3]
        more = await stories.found(connection, [story(names[2])])
        assert more[0] > max(rows)
        assert await stories.named(connection, names[1]) == rows[1]


async def test_of_two_that_want_the_same_both_get_a_free_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        founding, "codes", lambda founder: ["S-2222", f"S-2222{founder}", f"S-2222{founder}2"]
    )
    async with database.write() as connection:
        await stories.found(connection, [story("S-2222C")])
        assert await free_ids(connection, ["B", "C"]) == ["S-2222", "S-2222C2"]
