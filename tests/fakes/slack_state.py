"""What the fake Slack holds: a workspace, its channels, people and messages, and faults to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock, SystemClock
from tests.fakes.slack_faults import Fault
from tests.fakes.slack_markup import shown


@dataclass(slots=True)
class Person:
    """Someone in the workspace."""

    id: str
    admin: bool = False
    owner: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Room:
    """A channel and what the bot may do in it.

    Attributes:
        messages: what everyone sees, oldest first.
        can_send: the bot is a member.
        can_read_history: the app has the scope for this channel's history.
        gone: the channel was deleted.
        archived: it was archived.
    """

    id: str
    name: str
    messages: list[Message] = field(default_factory=list)
    can_send: bool = True
    can_read_history: bool = True
    gone: bool = False
    archived: bool = False


@dataclass(slots=True)
class Message:
    """A message as Slack keeps it.

    Attributes:
        ts: its id.
        body: the arguments it was posted with.
        to: the person who alone sees it; None when everyone does.
    """

    ts: str
    channel: str
    body: dict[str, Any]
    to: str | None = None

    @property
    def shown(self) -> str:
        """All that a reader sees of it, a text object a line."""
        return shown(self.body.get("blocks") or [{"type": "mrkdwn", "text": self.body.get("text", "")}])

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Its buttons, in order."""
        found: list[dict[str, Any]] = []
        for block in self.body.get("blocks", []):
            elements = [*block.get("elements", []), *filter(None, [block.get("accessory")])]
            found += [element for element in elements if element.get("type") == "button"]
        return found


@dataclass(slots=True)
class Call:
    """A call of the Web API, as it came."""

    method: str
    body: dict[str, Any]
    token: str


@dataclass(slots=True)
class Workspace:
    """Everything that lasts."""

    team: str = "T0TEAM"
    bot_token: str = "xoxb-made-up"
    app_token: str = "xapp-made-up"
    signing_secret: str = "made-up-secret"
    scopes: set[str] = field(
        default_factory=lambda: {"commands", "chat:write", "channels:history", "groups:history", "users:read"}
    )
    rooms: dict[str, Room] = field(default_factory=lambda: {"C0NEWS": Room("C0NEWS", "news")})
    people: dict[str, Person] = field(
        default_factory=lambda: {"U0ANNA": Person("U0ANNA"), "U0BOSS": Person("U0BOSS", admin=True)}
    )
    private: list[Message] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    clock: Clock = field(default_factory=SystemClock)
    last_stamp: int = 0

    def stamp(self) -> str:
        """Return a new message's id: seconds since 1970 with six decimals, growing."""
        self.last_stamp = max(self.last_stamp + 1, int(self.clock.now().timestamp() * 1_000_000))
        return f"{self.last_stamp // 1_000_000}.{self.last_stamp % 1_000_000:06d}"
