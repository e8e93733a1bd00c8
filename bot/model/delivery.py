"""A delivery: one message of a digest on its way, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"

Payload: TypeAlias = "dict[str, JSON]"
"""One native message of a platform, ready to be sent: plain JSON, stored before the first send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One part of a digest, claimed for sending.

    Attributes:
        id: the row in the store.
        key: deterministic name of this part, unique for ever; platforms make their idempotency key from it.
        platform: which adapter sends it.
        workspace: the platform's id of the workspace or server.
        address: the platform's id of the channel.
        payload: the message, as the platform's own renderer made it.
        part: 1-based number within the digest; parts go out in order.
        parts: how many there are.
        attempts: how many sends were begun before this one.
        maybe_posted: an earlier send may have been accepted: the outbox looks before it sends again.
        fence: grows with every claim; an outcome under an older fence is refused.
        due_at: when the digest was due.
        created_at: when the body was stored; no copy of it can be older.
        channel_id: the channel's row.
        schedule_id: the schedule's row.
        on_unknown: "skip" or "resend", when the platform cannot tell whether it was posted.
        max_late_hours: later than this after `due_at` it is given up, with a record.
        thread: the platform's id of the first part's message, when that part is sent.
        channel_name: as people call it.
        manager: the platform's id of the person to tell when it does not arrive; "" for nobody.
    """

    id: int
    key: str
    platform: str
    workspace: str
    address: str
    payload: Payload
    part: int
    parts: int
    attempts: int
    fence: int
    maybe_posted: bool = False
    local_date: date
    due_at: datetime
    created_at: datetime
    channel_id: int = 0
    schedule_id: int = 0
    on_unknown: str = "skip"
    max_late_hours: int = 20
    thread: str | None = None
    channel_name: str = ""
    manager: str = ""


class NeverReason(StrEnum):
    """Why no retry will help; the core acts on it."""

    CHANNEL_GONE = "channel gone"
    NO_PERMISSION = "no permission"
    ARCHIVED = "archived"
    BAD_TOKEN = "bad token"  # noqa: S105 - a reason, not a secret
    REFUSED = "refused"
    UNKNOWN = "nobody can tell whether it was posted"


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it.

    Attributes:
        ids: the platform's ids of the messages, in order.
    """

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """Not now; the outbox tries again.

    Attributes:
        after_s: how long to wait at least, in seconds; 0 leaves it to the outbox's back-off.
        reason: in words, for the log and for managers.
        unknown: the platform may have accepted it: look before sending again.
        whole_platform: every channel of the platform must wait (a ban, an outage), not this one alone.
    """

    after_s: float
    reason: str
    unknown: bool = False
    whole_platform: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """No retry will help.

    Attributes:
        reason: what the core acts on.
        detail: in the platform's words, for the log and for managers.
    """

    reason: NeverReason
    detail: str


Outcome: TypeAlias = Sent | Later | Never


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Nothing left for the platform, as the claim was over; whoever claims the message next reports on it."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """The platform was asked, and the message is not there."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The platform could not be asked whether the message is there.

    Attributes:
        reason: in words.
        for_good: asking again will not help (no right to read the history).
    """

    reason: str
    for_good: bool


Finding: TypeAlias = Sent | NotThere | CannotTell
"""What reading back says of a message that may have been posted."""
