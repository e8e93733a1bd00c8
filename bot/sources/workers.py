"""Worker processes for what computes long: feeds and pages, each with its limits of time and memory."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType, TracebackType
from typing import ParamSpec, Self, TypeVar

from bot.sources.errors import SourceError

P = ParamSpec("P")
T = TypeVar("T")

MEMORY_BYTES = 1_536 * 1024 * 1024
"""Address space of a worker: libraries map some 500 MB before any work, a document may take as much more."""

LIMIT_S = 5.0
"""For one document, in seconds: pages and feeds take milliseconds, one in a hundred pages takes a second."""

GRACE_S = 5.0
"""How much longer the loop waits for a worker that does not hear its alarm, before it replaces all."""


def _slow() -> SourceError:
    return SourceError("It takes too long to read.", "Its publisher must mend it.")


class Workers:
    """A pool of worker processes that replaces those that die; an asynchronous context manager.

    Args:
        count: how many processes.
        limit_s: the longest a document may take, in seconds.
    """

    def __init__(self, count: int = 1, *, limit_s: float = LIMIT_S) -> None:
        self._count = count
        self._limit_s = limit_s
        self._pool: ProcessPoolExecutor | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._stop)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of a module in a worker; its arguments and result travel between processes.

        Raises:
            SourceError: what the function raised of this kind, or that it took too much time or memory.
        """
        pool = self._started()
        loop = asyncio.get_running_loop()
        task = loop.run_in_executor(pool, _within, self._limit_s, work, args, kwargs)
        try:
            return await asyncio.wait_for(task, self._limit_s * 2 + GRACE_S)
        except TimeoutError:
            await asyncio.to_thread(self._stop)
            raise _slow() from None
        except BrokenProcessPool:
            await asyncio.to_thread(self._stop)
            raise SourceError(
                "It could not be read within the limits.", "Its publisher must mend it."
            ) from None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not "fork": a forked child would inherit the locks of the threads that run here.
            kinds = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("forkserver" if "forkserver" in kinds else "spawn")
            self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_limit_memory)
        return self._pool

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((pool._processes or {}).values())  # noqa: SLF001 - the only way to end a stuck worker
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(GRACE_S)


def _limit_memory() -> None:
    """Keep a worker from taking the machine's memory, and from hearing the terminal's interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _within(limit_s: float, work: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    """Run in the worker: the alarm ends what takes too long."""
    signal.signal(signal.SIGALRM, _alarm)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return work(*args, **kwargs)
    except MemoryError:
        raise SourceError("It takes too much memory to read.", "Its publisher must mend it.") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _alarm(_number: int, _frame: FrameType | None) -> None:
    raise _slow()
