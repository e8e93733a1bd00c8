"""What the Slack room remembers, and for how long."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.platforms.slack import seen as memory
from bot.platforms.slack.people import People
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.wire import Wire
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import error, rate_limit
from tests.fakes.slack_listening import NOON
from tests.fakes.slack_state import Person


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 50)), max_size=20))
@settings(deadline=None)
def test_an_id_is_new_once_an_hour(steps: list[tuple[str, int]]) -> None:
    clock = ManualClock(NOON)
    seen = Seen(clock)
    taken: dict[str, int] = {}
    minute = 0
    for name, minutes in steps:
        clock.advance(timedelta(minutes=minutes))
        minute += minutes
        fresh = name not in taken or minute - taken[name] >= 60
        assert seen.is_new(name) is fresh
        if fresh:
            taken[name] = minute


def test_no_id_is_always_new_and_the_memory_has_an_end() -> None:
    seen = Seen(ManualClock(NOON))
    assert seen.is_new("")
    assert seen.is_new("")
    assert all(seen.is_new(str(number)) for number in range(memory.MOST))
    assert not seen.is_new("5")
    assert seen.is_new("one more")
    assert seen.is_new("0")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


async def test_a_lost_office_counts_within_five_minutes(slack: FakeSlack) -> None:
    clock = ManualClock(NOON)
    wire = Wire(slack.bot_token, slack.api_url)
    people = People(wire, clock)
    assert await people.is_manager("T1", "U0BOSS")
    slack.add_person(Person("U0BOSS"))
    clock.advance(timedelta(minutes=4))
    assert await people.is_manager("T1", "U0BOSS")
    clock.advance(timedelta(minutes=1))
    assert not await people.is_manager("T1", "U0BOSS")
    await wire.close()


async def test_a_failed_question_is_not_remembered(slack: FakeSlack) -> None:
    wire = Wire(slack.bot_token, slack.api_url)
    people = People(wire, ManualClock(NOON))
    for fault in (error(502), rate_limit(3)):
        slack.fail("users.info", fault)
        assert not await people.is_manager("T1", "U0BOSS")
    slack.add_person(Person("U0CHIEF", owner=True))
    assert await people.is_manager("T1", "U0BOSS")
    assert await people.is_manager("T1", "U0CHIEF")
    await wire.close()
