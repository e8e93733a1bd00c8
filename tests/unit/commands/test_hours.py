"""What is said of a channel's hours: the coming five with their weekday, and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.clock import ManualClock
from tests.unit.commands.test_filters import MANAGER, READER, Chat, chat, said

__all__ = ["chat"]  # the fixture


async def test_the_next_five_are_shown_with_their_weekday(chat: Chat, clock: ManualClock) -> None:
    clock.set(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    set_to = said(await chat("digest set 08:00 Europe/Berlin mon-fri"))
    assert set_to.title == "The digest comes at 08:00 Europe/Berlin, weekdays."
    assert set_to.lines == (
        "The next ones (Europe/Berlin):",
        "Wed 25 Nov, 08:00",
        "Thu 26 Nov, 08:00",
        "Fri 27 Nov, 08:00",
        "Mon 30 Nov, 08:00",
        "Tue 1 Dec, 08:00",
    )
    assert said(await chat("digest next", READER)) == set_to
    both = said(await chat("digest add 9:00 Asia/Tokyo", MANAGER))
    assert both.lines[1:3] == ("Wed 25 Nov, 09:00 (Asia/Tokyo)", "Wed 25 Nov, 08:00 (Europe/Berlin)")


async def test_what_is_left_out_is_named(chat: Chat, clock: ManualClock) -> None:
    clock.set(datetime(2026, 12, 22, 12, 0, tzinfo=UTC))
    await chat("digest set 08:00 Europe/Berlin")
    assert (
        said(await chat("digest skip 2026-12-24 2026-12-23")).title
        == "Left out: 23 Dec 2026 and 24 Dec 2026."
    )
    shown = said(await chat("digest skip holidays DE-BY"))
    assert shown.title == "Left out: 23 Dec 2026, 24 Dec 2026 and the holidays of DE-BY."
    assert shown.lines[1] == "Sun 27 Dec, 08:00"
    week = " ".join(f"2027-01-0{day}" for day in range(1, 8))
    assert said(await chat(f"digest skip {week}")).title.endswith("3 more dates and the holidays of DE-BY.")
    assert said(await chat("digest skip nothing")).title == "No date is left out."


async def test_when_all_days_are_left_out_it_says_so(chat: Chat, clock: ManualClock) -> None:
    clock.set(datetime(2026, 12, 22, 12, 0, tzinfo=UTC))
    await chat("digest set 08:00 UTC fri")
    fridays = [date(2026, 12, 25) + timedelta(weeks=week) for week in range(60)]
    shown = said(await chat(f"digest skip {' '.join(map(str, fridays))}"))
    assert shown.lines == ("None is to come: all its days are left out.",)
