"""Worker processes for what computes long: feeds and pages, each with its limits of time and memory."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import resource
import signal
import socket
import struct
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType, TracebackType
from typing import ParamSpec, Self, TypeVar, cast

from bot.sources.errors import SourceError

P = ParamSpec("P")
T = TypeVar("T")

MEMORY_BYTES = 1_536 * 1024 * 1024
"""Address space of a worker: libraries map some 500 MB before any work, a document may take as much more."""

LIMIT_S = 5.0
"""For one document, in seconds of processor time, so that a busy machine condemns nobody: pages and feeds
take milliseconds, one in a hundred pages takes a second."""

GRACE_S = 5.0
"""How much longer the loop waits for a worker that does not hear its alarm, before it replaces it."""

_SIZE = struct.Struct("!Q")
"""Goes before each message between the processes: how many bytes it has."""


def _slow() -> SourceError:
    return SourceError("It takes too long to read.", "Its publisher must mend it.")


class _Worker:
    """A process, and the socket that leads to it: a tenth of the work that the standard pool makes of it."""

    def __init__(
        self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    async def ask(self, message: bytes) -> bytes:
        """Send a message and return the answer.

        Raises:
            OSError, EOFError: the worker died.
        """
        self._writer.write(_SIZE.pack(len(message)) + message)
        await self._writer.drain()
        (size,) = _SIZE.unpack(await self._reader.readexactly(_SIZE.size))
        return await self._reader.readexactly(size)

    def end(self) -> None:
        """End the process, whatever it does."""
        self._writer.close()
        self._process.kill()

    def join(self) -> None:
        """Wait until it has ended."""
        self._process.join(GRACE_S)


class Workers:
    """A pool of worker processes that replaces those that die; an asynchronous context manager.

    Args:
        count: how many processes.
        limit_s: the longest a document may take, in seconds of processor time; GRACE_S longer than twice
            that by the clock.
    """

    def __init__(self, count: int = 1, *, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._places = asyncio.Semaphore(count)
        self._idle: list[_Worker] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        ended, self._idle = self._idle, []
        for worker in ended:
            worker.end()
        for worker in ended:
            await asyncio.to_thread(worker.join)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of a module in a worker; its arguments and result travel between processes.

        Raises:
            SourceError: what the function raised of this kind; also when it broke, or took too much time or
                memory.
        """
        message = pickle.dumps((self._limit_s, work, args, kwargs), pickle.HIGHEST_PROTOCOL)
        async with self._places:
            worker = self._idle.pop() if self._idle else await _started()
            well = False
            try:
                async with asyncio.timeout(self._limit_s * 2 + GRACE_S):
                    answer = await worker.ask(message)
                well = True
            except TimeoutError:
                raise _slow() from None
            except (OSError, EOFError):
                raise SourceError(
                    "It could not be read within the limits.", "Its publisher must mend it."
                ) from None
            finally:
                if well:
                    self._idle.append(worker)
                else:
                    worker.end()
                    await asyncio.to_thread(worker.join)
        result, fault = cast("tuple[T, SourceError | None]", pickle.loads(answer))  # noqa: S301 - from our own process
        if fault is not None:
            raise fault
        return result


async def _started() -> _Worker:
    """Start a process."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.to_thread(_start, theirs)
    ours.setblocking(False)
    return _Worker(process, *await asyncio.open_connection(sock=ours))


def _start(theirs: socket.socket) -> BaseProcess:
    # Not "fork": a forked child would inherit the locks of the threads that run here.
    kinds = multiprocessing.get_all_start_methods()
    process = (
        multiprocessing.get_context("forkserver").Process(target=_serve, args=(theirs,), daemon=True)
        if "forkserver" in kinds
        else multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    )
    process.start()
    return process


def _serve(theirs: socket.socket) -> None:
    """Answer in the worker until its owner is gone."""
    _limit_memory()
    with theirs, theirs.makefile("rwb") as stream:
        while head := stream.read(_SIZE.size):
            (size,) = _SIZE.unpack(head)
            answer = _answer(stream.read(size))
            stream.write(_SIZE.pack(len(answer)) + answer)
            stream.flush()


def _answer(message: bytes) -> bytes:
    """Do what a message asks; return the result, or the error that the document's reader means to tell.

    Any other error is a fault of ours: it ends the worker, with its trace in the log, and costs one document.
    """
    result, fault = None, None
    try:
        result = _within(*pickle.loads(message))  # noqa: S301 - from our own process
    except SourceError as error:
        fault = error
    return pickle.dumps((result, fault), pickle.HIGHEST_PROTOCOL)


def _limit_memory() -> None:
    """Keep a worker from taking the machine's memory, and from hearing the terminal's interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _within(limit_s: float, work: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    """Run in the worker: the alarm ends what takes too long."""
    signal.signal(signal.SIGPROF, _alarm)
    signal.setitimer(signal.ITIMER_PROF, limit_s)
    try:
        return work(*args, **kwargs)
    except MemoryError:
        raise SourceError("It takes too much memory to read.", "Its publisher must mend it.") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _alarm(_number: int, _frame: FrameType | None) -> None:
    raise _slow()
