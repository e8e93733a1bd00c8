"""Ticks wake what they should, on the event loop, until the block ends."""

from __future__ import annotations

import asyncio
import threading

from bot.schedule import ticking


async def test_each_tick_wakes_on_the_event_loop_and_ends_with_its_block() -> None:
    due, seen = asyncio.Event(), set[int]()

    def wake() -> None:
        seen.add(threading.get_ident())
        due.set()

    with ticking({"due": (0.01, wake), "never": (3600.0, lambda: seen.add(-1))}):
        for _ in range(3):
            async with asyncio.timeout(10):
                await due.wait()
            due.clear()
    assert seen == {threading.get_ident()}
    due.clear()
    for _ in range(50):
        await asyncio.sleep(0)
    assert not due.is_set()
