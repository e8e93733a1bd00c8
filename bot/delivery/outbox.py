"""The outbox worker of one platform: claims stored messages, has each posted once, records the outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from bot import log
from bot.clock import Clock
from bot.delivery import figures
from bot.delivery.port import Platform
from bot.delivery.record import Report, record
from bot.delivery.retry import Again, Done, GiveUp, Step, next_step
from bot.delivery.telling import tell_manager
from bot.model.delivery import (
    CannotTell,
    Delivery,
    HeldBack,
    Later,
    Never,
    NeverReason,
    NotThere,
    Outcome,
    Sent,
)
from bot.store import outbox
from bot.store.database import Database, DatabaseError
from bot.store.together import Together

LEASE_S = 60.0
"""How long a claim holds; a look into the history and a send together take 20 s at most."""

SEND_MARGIN_S = 25.0
"""A send is begun only while this much of the lease is left (half of a shorter one): not after a pause."""

AT_ONCE = 16
"""Messages of one platform on their way beside each other; a sick channel holds one of these places."""

GATHER_S = 0.05
"""What comes within so many seconds, while messages are on their way, is claimed and recorded together."""

CHANNEL_PACE_S = 1.0
"""Pause between two messages to one channel (Slack: about one a second, https://docs.slack.dev/apis/web-api/rate-limits)."""

STOP_S = 8.0
"""How long messages on their way may take when the bot is stopped, in seconds."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send, for a time.

    Attributes:
        delivery: the message.
        begin_before_s: a send must be begun before this, on the event loop's clock.
        begin_before: the same on the clock of the wall: the loop's stands still while the machine sleeps.
    """

    delivery: Delivery
    begin_before_s: float
    begin_before: datetime


class Outbox:
    """Sends the stored messages of one platform.

    Attributes:
        owner: the name under which it claims, unique to this outbox of this process.
    """

    def __init__(
        self,
        database: Database,
        platform: Platform,
        *,
        clock: Clock,
        owner: str,
        pace_s: float = CHANNEL_PACE_S,
        lease_s: float = LEASE_S,
    ) -> None:
        self.owner = owner
        self._database = database
        self._platform = platform
        self._clock = clock
        self._pace_s = pace_s
        self._lease_s = lease_s
        self._margin_s = min(SEND_MARGIN_S, lease_s / 2)
        self._busy: set[int] = set()
        self._resting: set[int] = set()
        self._holds: dict[str, datetime] = {}
        self._platform_hold: datetime | None = None
        self._wake = asyncio.Event()
        self._stopping = False
        self._recording = Together(self._write_down, most=AT_ONCE)
        self._log = log.get(__name__).bind(platform=platform.name)

    def wake(self) -> None:
        """Have it look for work soon: a tick, or something was put in."""
        self._wake.set()

    def stop(self) -> None:
        """Have it finish what is on its way and end."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Work until stopped; what is on its way then is finished, or given back, within STOP_S."""
        await self._release()  # of a run before, that a failing database ended
        self._recording.linger_s = GATHER_S
        try:
            async with asyncio.TaskGroup() as group:
                while not self._stopping:
                    self._wake.clear()
                    for claim in await self._claim():
                        self._busy.add(claim.delivery.channel_id)
                        group.create_task(self._serve(claim))
                    await self._wake.wait()
                    if self._busy:
                        await asyncio.sleep(GATHER_S)
                group.create_task(self._hurry())
        except* TimeoutError:
            self._log.warning("stopped with messages on their way; they are looked up at the next start")
        finally:
            await self._release()

    async def _release(self) -> None:
        async with self._database.write() as connection:
            await outbox.release(connection, self.owner)

    async def deliver_due(self) -> int:
        """Send everything that is due now, one after the other, and return how many messages were tried."""
        tried = 0
        while claimed := await self._claim():
            for claim in claimed:
                await self._deliver(claim)
            tried += len(claimed)
        return tried

    async def _hurry(self) -> None:
        """When stopped, cut off what takes too long; it is looked up at the next start."""
        deadline = asyncio.get_running_loop().time() + STOP_S
        while self._busy:
            self._wake.clear()
            async with asyncio.timeout_at(deadline):
                await self._wake.wait()

    async def _claim(self) -> list[Claim]:
        now = self._clock.now()
        if self._platform_hold is not None and now < self._platform_hold:
            return []
        self._holds = {workspace: until for workspace, until in self._holds.items() if until > now}
        room = AT_ONCE - len(self._busy)
        if room <= 0:
            return []
        # Taken before the lease begins: a pause of the process at any later instant is seen.
        safe_s = self._lease_s - self._margin_s
        begin_before_s = asyncio.get_running_loop().time() + safe_s
        async with self._database.write() as connection:
            claimed = await outbox.claim(
                connection,
                platform=self._platform.name,
                owner=self.owner,
                lease_s=self._lease_s,
                now=now,
                busy=self._busy | self._resting,
                held=self._holds.keys(),
                limit=room,
            )
        return [Claim(delivery, begin_before_s, now + timedelta(seconds=safe_s)) for delivery in claimed]

    async def _serve(self, claim: Claim) -> None:
        """Deliver one message, and have the channel rest before its next one."""
        channel = claim.delivery.channel_id
        try:
            (fault,) = await asyncio.gather(self._deliver(claim), return_exceptions=True)
            if isinstance(fault, DatabaseError):
                raise fault  # no other message would fare better
            if fault is not None:
                await self._stumble(claim.delivery, fault)
        finally:
            self._busy.discard(channel)
            if claim.delivery.part < claim.delivery.parts:
                self._resting.add(channel)
                asyncio.get_running_loop().call_later(self._pace_s, self._rested, channel)
            self._wake.set()

    async def _stumble(self, delivery: Delivery, fault: BaseException) -> None:
        """Put off a message on which our own code fails, so that it does not hold up the others."""
        self._log.error("failed on a message", key=delivery.key, exc_info=fault)
        await self._record(delivery, Later(0, f"{type(fault).__name__}: {fault}", unknown=True))

    def _rested(self, channel: int) -> None:
        self._resting.discard(channel)
        self._wake.set()

    async def _deliver(self, claim: Claim) -> None:
        """Post one claimed message, unless it is there already, and record what became of it."""
        delivery = claim.delivery
        outcome: Outcome | HeldBack | None = None
        if delivery.maybe_posted:
            outcome = await self._already_there(delivery)
        if outcome is None:
            outcome = await self._platform.send(delivery, partial(self._still_ours, claim))
        if isinstance(outcome, HeldBack):
            # The process was paused: the lease may be over and another may have claimed it.
            self._log.warning("claim let go after a pause", key=delivery.key)
            return
        await self._record(delivery, outcome)

    def _still_ours(self, claim: Claim) -> bool:
        """Tell whether a send may begin now; asked by the platform, at the last moment."""
        return (
            asyncio.get_running_loop().time() <= claim.begin_before_s
            and self._clock.now() <= claim.begin_before
        )

    async def _already_there(self, delivery: Delivery) -> Outcome | None:
        """Look whether an earlier send arrived; None when it must be sent."""
        finding = await self._platform.find(delivery)
        match finding:
            case Sent():
                self._log.info("was posted already", key=delivery.key)
                figures.FOUND.labels(delivery.platform).inc()
                return finding
            case NotThere():
                return None
            case CannotTell(reason, for_good=True) if delivery.on_unknown == "skip":
                self._log.warning(
                    "cannot tell whether it was posted; not posted again", key=delivery.key, reason=reason
                )
                return Never(NeverReason.UNKNOWN, reason)
            case CannotTell(_, for_good=True):
                return None
            case CannotTell(reason):
                return Later(0, f"cannot look whether it was posted: {reason}", unknown=True)
            case _:
                assert_never(finding)

    async def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        """Write down what became of a message, and tell whom it concerns."""
        now = self._clock.now()
        step = next_step(delivery, outcome, now)
        self._hold(delivery, outcome, now)
        line = self._log.bind(key=delivery.key, channel=delivery.address)
        held, news = await self._recording.do(Report(delivery, step, now))
        if not held:
            line.warning("another sender took over; its word counts")
            figures.FENCED.labels(delivery.platform).inc()
            return
        match step:
            case Done(ids):
                if news:
                    line.info("posting works again")
                line.info("posted", ids=ids)
            case Again(at, reason, _):
                line.warning("to be tried again", reason=reason, at=at.isoformat(timespec="seconds"))
            case GiveUp(reason):
                line.error("not posted", reason=reason)
                if news:
                    told = await tell_manager(self._platform, delivery, reason, now)
                    line.error("this channel's digests do not arrive", reason=reason, manager_told=told)
            case _:
                assert_never(step)
        self._count(delivery, step, now)

    async def _write_down(self, reports: Sequence[Report]) -> list[tuple[bool, bool]]:
        """Write what became of several messages in one transaction, as `record` says."""
        async with self._database.write() as connection:
            return await record(connection, reports)

    def _count(self, delivery: Delivery, step: Step, now: datetime) -> None:
        match step:
            case Done():
                figures.count_posted(delivery, now)
            case Again():
                figures.RETRIED.labels(delivery.platform).inc()
            case GiveUp():
                figures.FAILED.labels(delivery.platform).inc()
            case _:
                assert_never(step)

    def _hold(self, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        """Keep the whole platform, or a workspace, waiting when the platform asked for it."""
        if not isinstance(outcome, Later) or outcome.after_s <= 0:
            return
        until = now + timedelta(seconds=outcome.after_s)
        if outcome.whole_platform:
            self._platform_hold = until
        elif not outcome.unknown:
            self._holds[delivery.workspace] = until
