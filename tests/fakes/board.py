"""A notice board: a platform that keeps what was posted, and fails when and how it is told."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.delivery.port import StillOurs, always
from bot.model.delivery import (
    CannotTell,
    Delivery,
    Finding,
    HeldBack,
    Later,
    NotThere,
    Outcome,
    Payload,
    Sent,
)
from bot.model.view import DigestView, View


class ProcessDied(BaseException):
    """Stands for the death of the process: nothing may catch it."""


@dataclass
class Board:
    """A platform in memory.

    Attributes:
        posted: what stands on the board, in order.
        faults: what happens at the next sends: an outcome (nothing is posted), "cut" (posted, answer lost),
            "die before" or "die after" (the process dies before or after the post).
        readable: whether its history may be read.
    """

    name: str = "board"
    posted: list[Delivery] = field(default_factory=list)
    faults: deque[Outcome | str] = field(default_factory=deque)
    readable: bool = True

    def render(self, view: View) -> tuple[Payload, ...]:
        """Two messages for a digest, one for anything else."""
        if isinstance(view, DigestView):
            return (
                {"text": f"{view.channel} {view.day}"},
                {"text": ", ".join(s.title for s in view.stories)},
            )
        return ({"text": type(view).__name__},)

    async def send(self, delivery: Delivery, still_ours: StillOurs = always) -> Outcome | HeldBack:
        """Post, or fail as told."""
        if not still_ours():
            return HeldBack()
        fault = self.faults.popleft() if self.faults else None
        if fault == "die before":
            raise ProcessDied
        if fault is not None and not isinstance(fault, str):
            return fault
        self.posted.append(delivery)
        if fault == "die after":
            raise ProcessDied
        if fault == "cut":
            return Later(0, "the connection was cut", unknown=True)
        return Sent((f"m{len(self.posted)}",))

    async def find(self, delivery: Delivery) -> Finding:
        """Look for the key."""
        if not self.readable:
            return CannotTell("the history may not be read", for_good=True)
        for number, other in enumerate(self.posted, 1):
            if other.key == delivery.key:
                return Sent((f"m{number}",))
        return NotThere()

    async def direct(self, person: str) -> str | None:
        """Everybody has a pigeonhole."""
        return f"to {person}"

    async def close(self) -> None:
        """Hold nothing."""

    async def run(self) -> None:
        """Hear nothing."""
