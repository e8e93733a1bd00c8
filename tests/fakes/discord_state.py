"""What the fake Discord knows: servers, channels, messages, interactions, and faults to order."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

MANAGE_GUILD = 1 << 5
_EPOCH_MS = 1_420_070_400_000


@dataclass(kw_only=True)
class Fault:
    """How a call goes wrong, once.

    Attributes:
        status: the HTTP status that is answered; None cuts the connection instead.
        body: a dict is sent as JSON, a text as HTML.
        headers: added to the answer.
        accepted: the call is carried out all the same, before the answer goes wrong.
        hang: no answer at all, until the server stops or `release` is called.
    """

    status: int | None = None
    body: Json | str = ""
    headers: dict[str, str] = field(default_factory=dict)
    accepted: bool = False
    hang: bool = False


def cut(*, accepted: bool) -> Fault:
    """The connection is cut, after or before the call was carried out."""
    return Fault(accepted=accepted)


def hang(*, accepted: bool) -> Fault:
    """No answer comes."""
    return Fault(hang=True, accepted=accepted)


def rate_limit(retry_after: float, *, everywhere: bool = False) -> Fault:
    """A rate limit, of the route or of the whole bot."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
    scope = "global" if everywhere else "user"
    headers = {"Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
    return Fault(status=429, body=body, headers=headers)


def cloudflare_ban() -> Fault:
    """The firewall in front of Discord bans the address: HTML, and no Via header."""
    return Fault(status=429, body="<html>error code: 1015</html>")


def error(status: int, *, accepted: bool = False) -> Fault:
    """An error page of a machine in between, such as 500, 502, 503 or 504."""
    return Fault(status=status, body=f"<html><h1>{status}</h1></html>", accepted=accepted)


def refusal(status: int, code: int, message: str) -> Fault:
    """An error in Discord's own words."""
    return Fault(status=status, body={"code": code, "message": message})


@dataclass
class Channel:
    """A channel and what may be done in it.

    Attributes:
        messages: as posted, oldest first; every one that people see.
        can_send: the bot may view the channel and post in it.
        can_read_history: without it Discord shows an empty history.
        gone: the channel was deleted.
        archived: it is a locked thread.
    """

    id: str
    guild_id: str | None = None
    name: str = "news"
    messages: list[Json] = field(default_factory=list)
    can_send: bool = True
    can_read_history: bool = True
    gone: bool = False
    archived: bool = False
    kind: int = 0


@dataclass
class Asked:
    """An interaction and what the bot has answered to it.

    Attributes:
        type: of the first response: 4 a message, 5 "thinking...", 6 or 7 for buttons; None for none.
        thinking: the person still sees "thinking...".
        messages: the messages of the answer, the original response first.
        expired: the token is no longer valid.
    """

    id: str
    token: str
    payload: Json
    type: int | None = None
    thinking: bool = False
    messages: list[Json] = field(default_factory=list)
    expired: bool = False

    @property
    def answered(self) -> bool:
        """Whether the person sees an answer."""
        return bool(self.messages) and not self.thinking

    @property
    def private(self) -> bool:
        """Whether the person alone sees every part of it."""
        return bool(self.messages) and all(message["flags"] & 64 for message in self.messages)


class State:
    """The world of one fake Discord."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.application_id = "900000000000000001"
        self.guilds: dict[str, str] = {}
        self.channels: dict[str, Channel] = {}
        self.direct: dict[str, Channel] = {}
        self.asked: dict[str, Asked] = {}
        self.commands: list[Json] = []
        self.command_writes = 0
        self.calls: list[tuple[str, str]] = []
        self.seen_messages: list[Json] = []
        self.nonces: dict[tuple[str, str], Json] = {}
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.now_ms = 1_767_225_600_000
        self._changed = asyncio.Condition()
        self._count = 0

    def user(self) -> Json:
        return {
            "id": self.application_id,
            "username": "nutgraf",
            "discriminator": "0",
            "avatar": None,
            "bot": True,
        }

    def snowflake(self) -> str:
        """Return a new id; later ones are greater."""
        self._count += 1
        return str(((self.now_ms - _EPOCH_MS) << 22) + self._count)

    def fault(self, route: str) -> Fault | None:
        """Take the next fault of a route."""
        return self.faults[route].popleft() if self.faults[route] else None

    async def changed(self) -> None:
        """Tell whoever waits that something has happened."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, true: Callable[[], object], within_s: float = 10.0) -> None:
        """Wait until something is true of this world."""
        async with asyncio.timeout(within_s), self._changed:
            while not true():
                # What the bot does on its own side changes nothing here: look again anyhow.
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), 0.02)
