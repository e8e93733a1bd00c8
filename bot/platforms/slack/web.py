"""HTTP mode: Slack's requests to our own address, believed only with Slack's signature."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.payload import Errand

PATH = "/slack/events"
MAX_BODY = 1_000_000
"""Bytes of a request that are read; Slack's own are far smaller."""


class _Moment(SignatureClock):
    """The bot's clock as slack_sdk asks for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        """Return seconds since 1970."""
        return self._clock.now().timestamp()


class Entrance:
    """Answers Slack's requests; refuses what is not signed, or was signed over five minutes ago."""

    def __init__(
        self,
        *,
        secret: str,
        clock: Clock,
        intake: Intake,
        start: Callable[[Errand], None],
        ready: Callable[[], bool],
    ) -> None:
        self._verifier = SignatureVerifier(secret, clock=_Moment(clock))
        self._intake = intake
        self._start = start
        self._ready = ready

    def __repr__(self) -> str:
        return "Entrance()"

    def routes(self) -> list[web.RouteDef]:
        """Return what to mount on the bot's HTTP server."""
        return [web.post(PATH, self._post)]

    async def _post(self, request: web.Request) -> web.StreamResponse:
        if (request.content_length or 0) > MAX_BODY:
            raise web.HTTPRequestEntityTooLarge(MAX_BODY, request.content_length or 0)
        body = await request.read()
        headers = dict(request.headers)
        if not self._is_signed(body, headers):
            return web.json_response({"error": "the signature is not valid"}, status=401)
        if not self._ready():  # Slack tries events again, and tells people that we did not answer
            return web.json_response({"error": "not listening yet"}, status=503)
        taken = await self._intake.take("http", body.decode("utf-8"), headers)
        kind = "application/json" if taken.body.startswith("{") else "text/plain"
        response = web.Response(status=taken.status, text=taken.body, content_type=kind)
        # The acknowledgement is on its way before the errand begins, however much it computes.
        await response.prepare(request)
        await response.write_eof()
        if taken.errand is not None:
            self._start(taken.errand)
        return response

    def _is_signed(self, body: bytes, headers: dict[str, str]) -> bool:
        try:
            return self._verifier.is_valid_request(body, headers)
        except (ValueError, TypeError):  # a timestamp that is no number, a body that is no text
            return False
