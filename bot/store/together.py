"""Work for many channels: together where that is cheaper, apart so that the fault of one costs no other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot import log
from bot.store.database import DatabaseError

_log = log.get(__name__)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class _Piece(Generic[T, R]):
    item: T
    results: tuple[R, ...] = ()
    fault: BaseException | None = None

    @property
    def done(self) -> bool:
        return bool(self.results) or self.fault is not None


class Together(Generic[T, R]):
    """Gathers what is asked for while the piece before is being worked on, and does it in one go.

    Attributes:
        linger_s: how long a piece waits for company, in seconds; 0 while few are to be expected.
    """

    def __init__(self, work: Callable[[Sequence[T]], Awaitable[Sequence[R]]], *, most: int) -> None:
        """Prepare.

        Args:
            work: does the pieces, all or none, and returns a result for each, in their order.
            most: how many at a time.
        """
        self._work = work
        self._most = most
        self._turn = asyncio.Lock()
        self._waiting: list[_Piece[T, R]] = []
        self.linger_s = 0.0

    async def do(self, item: T) -> R:
        """Do one piece, with those of others.

        Raises:
            DatabaseError: the store failed, for all of them.
            Exception: what the work raised for this piece when it was done alone.
        """
        piece = _Piece[T, R](item)
        self._waiting.append(piece)
        try:
            async with self._turn:
                if not piece.done:
                    if self.linger_s:
                        await asyncio.sleep(self.linger_s)
                    await self._together()
        finally:
            if piece in self._waiting:  # we were cancelled before its turn came
                self._waiting.remove(piece)
        if piece.fault is not None:
            raise piece.fault
        return piece.results[0]

    async def _together(self) -> None:
        """Do the pieces that wait; one whose fault undid the others' is found by doing each alone."""
        pieces, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            fault = await self._attempt(pieces)
            if fault is None:
                return
            for piece in pieces:
                piece.fault = fault
                if not isinstance(fault, DatabaseError) and len(pieces) > 1:
                    piece.fault = await self._attempt([piece])
        finally:
            # Cut off in the middle, nothing of it was done: the next in line does it.
            self._waiting[:0] = [piece for piece in pieces if not piece.done]

    async def _attempt(self, pieces: Sequence[_Piece[T, R]]) -> BaseException | None:
        """Do pieces; return what went wrong."""
        (found,) = await asyncio.gather(self._work([one.item for one in pieces]), return_exceptions=True)
        if isinstance(found, BaseException):
            return found
        for piece, result in zip(pieces, found, strict=True):
            piece.results = (result,)
        return None


async def apart(work: Awaitable[T], trouble: str, **about: object) -> T | None:
    """Do what is done for one channel, so that its fault costs the others nothing.

    Args:
        work: what is done.
        trouble: what to say when it fails.
        about: whom it is done for, for the log.

    Returns:
        What the work gives; None when it failed, which is logged.

    Raises:
        DatabaseError: the store fails; the others would fare no better.
    """
    try:
        return await work
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever fails for one channel must not cost the others theirs
        _log.error(trouble, exc_info=error, **about)
        return None
