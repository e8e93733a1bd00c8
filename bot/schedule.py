"""APScheduler's ticks: they wake the loops that look into the database for what is due, and do nothing else.

What is due, and when, lives in our own tables: APScheduler's triggers skip and double days when the clocks
change, and what it remembers of a job is lost when the process dies in the middle of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


@contextmanager
def ticking(ticks: Mapping[str, tuple[float, Callable[[], None]]]) -> Iterator[None]:
    """Tick while the block runs.

    Args:
        ticks: for each name an interval in seconds and what to wake; waking must return at once.
    """
    scheduler = AsyncIOScheduler(
        executors={"default": AsyncIOExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        timezone="UTC",
    )
    for name, (seconds, wake) in ticks.items():
        scheduler.add_job(_on_loop(wake), IntervalTrigger(seconds=seconds), id=name)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def _on_loop(wake: Callable[[], None]) -> Callable[[], object]:
    """Make a coroutine function of it, so that it runs on the event loop and not in a thread."""

    async def tick() -> None:
        wake()

    return tick
