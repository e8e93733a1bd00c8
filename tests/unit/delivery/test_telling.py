"""Whoever set a digest up is told that it does not arrive, if they can be reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from bot.delivery.telling import tell_manager
from bot.model.delivery import Delivery, Later
from tests.fakes.board import Board

NOW = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
LOST = Delivery(
    id=1,
    key="1-1-20260512-1",
    platform="board",
    workspace="W",
    address="news",
    payload={},
    part=1,
    parts=1,
    attempts=1,
    fence=1,
    local_date=date(2026, 5, 12),
    due_at=NOW,
    created_at=NOW,
    manager="U1",
)


@dataclass
class Town(Board):
    """A board where people may have a letter box."""

    letter_box: str | None = "box of U1"

    async def direct(self, person: str) -> str | None:
        """Return where letters to a person go."""
        assert person == "U1"
        return self.letter_box


async def test_the_person_is_written_to_in_their_own_box() -> None:
    board = Town()
    assert await tell_manager(board, LOST, "channel gone", NOW)
    (letter,) = board.posted
    assert letter.address == "box of U1"
    assert letter.key != LOST.key


@pytest.mark.parametrize(("manager", "box"), [("", "box of U1"), ("U1", None)])
async def test_who_is_not_known_or_has_no_box_is_not_told(manager: str, box: str | None) -> None:
    board = Town(letter_box=box)
    assert not await tell_manager(board, replace(LOST, manager=manager), "channel gone", NOW)
    assert board.posted == []


async def test_a_letter_that_is_not_delivered_did_not_tell() -> None:
    board = Town()
    board.faults.append(Later(0, "busy"))
    assert not await tell_manager(board, LOST, "channel gone", NOW)
