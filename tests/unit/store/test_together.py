"""Pieces of work done together: none twice, none lost, the fault of one costs the others nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.store.database import DatabaseError
from bot.store.together import Together


class Bench:
    """Work that doubles numbers, all or none, and keeps what it was given."""

    def __init__(self, sick: frozenset[int] = frozenset(), fault: Exception | None = None) -> None:
        self.batches: list[list[int]] = []
        self.finished: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self._sick = sick
        self._fault = fault or ValueError("sick")

    async def work(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        await self.open.wait()
        if self._sick & set(items):
            raise self._fault
        self.finished += items
        return [2 * item for item in items]


async def outcome(together: Together[int, int], number: int) -> int | BaseException:
    """Return the result for a number, or what was raised."""
    (found,) = await asyncio.gather(together.do(number), return_exceptions=True)
    return found


async def outcomes(together: Together[int, int], numbers: Iterable[int]) -> list[int | BaseException]:
    """Ask for all at once."""
    return await asyncio.gather(*(outcome(together, number) for number in numbers))


async def test_one_alone_is_done_at_once() -> None:
    bench = Bench()
    together = Together(bench.work, most=5)
    assert await together.do(4) == 8
    assert bench.batches == [[4]]


async def test_what_comes_meanwhile_is_done_in_one_go() -> None:
    bench = Bench()
    together = Together(bench.work, most=5)
    assert await outcomes(together, range(9)) == [2 * number for number in range(9)]
    assert bench.batches == [[0], [1, 2, 3, 4, 5], [6, 7, 8]]


async def test_the_sick_one_alone_fails() -> None:
    bench = Bench(sick=frozenset({2}))
    together = Together(bench.work, most=5)
    found = await outcomes(together, range(4))
    assert [found[0], found[1], found[3]] == [0, 2, 6]
    assert isinstance(found[2], ValueError)
    assert sorted(bench.finished) == [0, 1, 3]


async def test_a_store_that_fails_is_asked_once_for_all() -> None:
    bench = Bench(sick=frozenset({2}), fault=DatabaseError("full"))
    together = Together(bench.work, most=5)
    found = await outcomes(together, range(4))
    assert found[0] == 0
    assert all(isinstance(one, DatabaseError) for one in found[1:])
    assert bench.batches == [[0], [1, 2, 3]]


async def test_when_the_one_at_work_is_cancelled_the_next_does_it_all() -> None:
    bench = Bench()
    together = Together(bench.work, most=5)
    bench.open.clear()
    async with asyncio.TaskGroup() as group:
        _, second, third = first_three = [group.create_task(outcome(together, n)) for n in range(3)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        first_three[0].cancel()
        third.cancel()
        bench.open.set()
    assert first_three[0].cancelled()
    assert third.cancelled()
    assert second.result() == 2
    assert bench.finished.count(1) == 1
    assert await together.do(7) == 14


@given(
    numbers=st.lists(st.integers(0, 30), min_size=1, max_size=12, unique=True),
    sick=st.frozensets(st.integers(0, 30), max_size=4),
    cancelled=st.sets(st.integers(0, 11), max_size=4),
    most=st.integers(1, 5),
)
def test_each_gets_its_own_result_or_its_own_fault(
    numbers: list[int], sick: frozenset[int], cancelled: set[int], most: int
) -> None:
    async def scene() -> None:
        bench = Bench(sick)
        together = Together(bench.work, most=most)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(outcome(together, number)) for number in numbers]
            await asyncio.sleep(0)
            for place in cancelled & set(range(len(tasks))):
                tasks[place].cancel()
        for number, task in zip(numbers, tasks, strict=True):
            if task.cancelled():
                continue
            found = task.result()
            assert isinstance(found, ValueError) if number in sick else found == 2 * number
            assert bench.finished.count(number) == (number not in sick)
        assert all(len(batch) <= most for batch in bench.batches)

    asyncio.run(scene())
