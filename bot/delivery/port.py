"""The port: what every platform offers, and what the core offers to platforms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

from bot.model.delivery import Delivery, Finding, HeldBack, Outcome, Payload
from bot.model.request import Asker, Request
from bot.model.view import View

Answer: TypeAlias = Callable[[Asker, Request], Awaitable[View]]
"""How a platform has a question answered: never raises for bad questions, a Problem is an answer too."""

StillOurs: TypeAlias = Callable[[], bool]
"""Tells whether a message still is ours to send; asked at the last moment before it leaves."""


def always() -> bool:
    """Say yes: for a message that nobody else could send."""
    return True


class Platform(Protocol):
    """A platform's adapter."""

    @property
    def name(self) -> str:
        """The name that channels are stored under."""
        ...

    def render(self, view: View) -> tuple[Payload, ...]:
        """Draw a view as native messages in order, each within the platform's limits; pure, loses nothing."""
        ...

    async def send(self, delivery: Delivery, still_ours: StillOurs = always) -> Outcome | HeldBack:
        """Post one stored message once, without retrying; what became of it is the outcome.

        A platform asks `still_ours` with no wait between the question and its first byte: what takes time,
        such as to connect, comes before.
        """
        ...

    async def find(self, delivery: Delivery) -> Finding:
        """Look whether a message that may have been posted is there."""
        ...

    async def direct(self, person: str) -> str | None:
        """Return the address of a conversation with one person alone; None when there is none to be had."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...

    async def run(self) -> None:
        """Listen for questions until cancelled; reconnects by itself, raises only when it can never work."""
        ...
