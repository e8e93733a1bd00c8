"""Slack as a platform: listens, draws, sends and looks."""

from __future__ import annotations

import asyncio
from typing import Final, Literal

from aiohttp import web

from bot import log
from bot.clock import Clock
from bot.delivery.port import Answer, StillOurs, always
from bot.model.delivery import Delivery, Finding, HeldBack, Outcome, Payload
from bot.model.view import View
from bot.platforms.slack import payload
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.faults import SlackRefusedError, refused
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.payload import Errand
from bot.platforms.slack.people import People
from bot.platforms.slack.render import render
from bot.platforms.slack.send import find, send
from bot.platforms.slack.socket import WAITS_S, Socket
from bot.platforms.slack.web import Entrance
from bot.platforms.slack.wire import TIMEOUT_S, Busy, Refusal, Wire

Mode = Literal["socket", "http"]


class SlackPlatform:
    """One workspace of Slack, by Socket Mode or over HTTP; fulfils `bot.delivery.port.Platform`.

    Args:
        bot_token: begins with xoxb-; goes to Slack only, never to a log.
        app_token: begins with xapp-; for Socket Mode.
        signing_secret: for HTTP.
        mode: how Slack reaches us.
        api_url: where the Web API is; None for Slack's own.
        answer: how a question is answered.
        clock: for signatures, repetitions and how long an administrator is believed to be one.
        timeout_s: seconds that one call of the Web API may take.

    Raises:
        SlackRefusedError: the mode lacks its token or secret.
    """

    def __init__(
        self,
        *,
        bot_token: str,
        app_token: str | None,
        signing_secret: str | None,
        mode: Mode,
        api_url: str | None,
        answer: Answer,
        clock: Clock,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._mode: Final = mode
        self._wire = Wire(bot_token, api_url, timeout_s)
        self._intake = Intake(bot_token=bot_token, api_url=api_url, clock=clock)
        self._errands = Errands(self._wire, People(self._wire, clock), answer)
        self._group: asyncio.TaskGroup | None = None
        self._socket: Socket | None = None
        self._entrance: Entrance | None = None
        if mode == "socket":
            if not app_token:
                raise SlackRefusedError(
                    "Socket Mode needs SLACK_APP_TOKEN, the app-level token that begins with xapp-. "
                    "Make one with connections:write, or set SLACK_MODE=http."
                )
            self._socket = Socket(
                wire=self._wire, app_token=app_token, intake=self._intake, start=self._start
            )
        else:
            if not signing_secret or not signing_secret.strip():
                raise SlackRefusedError(
                    "SLACK_MODE=http needs SLACK_SIGNING_SECRET, from the app's Basic Information page."
                )
            self._entrance = Entrance(
                secret=signing_secret,
                clock=clock,
                intake=self._intake,
                start=self._start,
                ready=lambda: self._group is not None,
            )

    def __repr__(self) -> str:
        return f"SlackPlatform(mode={self._mode!r})"

    @property
    def name(self) -> str:
        """The name that channels are stored under."""
        return payload.NAME

    @property
    def connected(self) -> bool:
        """Whether questions can reach us at present."""
        return self._group is not None and (self._socket is None or self._socket.connected)

    def render(self, view: View) -> tuple[Payload, ...]:
        """Draw a view as messages in order, each within Slack's limits; pure, loses nothing."""
        return render(view)

    async def send(self, delivery: Delivery, still_ours: StillOurs = always) -> Outcome | HeldBack:
        """Post one stored message once, without retrying."""
        return await send(self._wire, delivery, still_ours)

    async def find(self, delivery: Delivery) -> Finding:
        """Look in the channel's history whether a message that may have been posted is there."""
        return await find(self._wire, delivery)

    async def direct(self, person: str) -> str | None:
        """Return the address of a direct message: Slack opens one when it is posted to a person's id."""
        return person if person.startswith(("U", "W")) else None

    async def run(self) -> None:
        """Listen until cancelled; reconnects by itself.

        Raises:
            SlackRefusedError: a token is refused: no retry helps.
        """
        await self._greet()
        fault: SlackRefusedError | None = None
        async with asyncio.TaskGroup() as group:
            self._group = group
            try:
                if self._socket is not None:
                    await self._socket.listen()
                else:
                    await asyncio.Event().wait()
            except SlackRefusedError as error:
                fault = error  # raised outside the group, which would wrap it
            finally:
                self._group = None
        if fault is not None:
            raise fault

    def routes(self) -> list[web.RouteDef]:
        """Return what the bot's HTTP server must serve for Slack; nothing in Socket Mode."""
        return [] if self._entrance is None else self._entrance.routes()

    async def close(self) -> None:
        """Close the connections to the Web API."""
        await self._wire.close()

    async def _greet(self) -> None:
        """Ask Slack who we are, as long as it takes."""
        attempt = 0
        while True:
            match await self._wire.call("auth.test", {}):
                case {"team": team, **who}:
                    user, bot = who.get("user_id"), who.get("bot_id")
                    self._intake.introduce(
                        bot if isinstance(bot, str) else None, user if isinstance(user, str) else None
                    )
                    log.get(__name__).info("Slack knows us", team=team, mode=self._mode)
                    return
                case Refusal(error) if fault := refused("SLACK_BOT_TOKEN", error):
                    raise fault
                case Busy(after_s):
                    await asyncio.sleep(after_s)
                case trouble:
                    wait = WAITS_S[min(attempt, len(WAITS_S) - 1)]
                    attempt += 1
                    log.get(__name__).warning("Slack does not answer", reply=str(trouble), again_in_s=wait)
                    await asyncio.sleep(wait)

    def _start(self, errand: Errand) -> None:
        """Run an errand beside the listening; its acknowledgement went out before."""
        if self._group is not None:
            self._group.create_task(self._errands.run(errand))
