"""Bolt between Slack's payloads and our errands: acknowledges everything, decides nothing."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.clock import Clock
from bot.model.delivery import JSON
from bot.platforms.slack import payload
from bot.platforms.slack.payload import Errand
from bot.platforms.slack.seen import Seen

_ERRAND: Final = "nutgraf_errand"
_ANYTHING: Final = re.compile(r".*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Taken:
    """What to tell Slack at once, and what to do after that.

    Attributes:
        status: of HTTP; Socket Mode acknowledges in any case.
        body: what the acknowledgement carries, such as the answer to Slack's check of our address.
        errand: to be run after the acknowledgement went out; None when there is nothing to do.
    """

    status: int
    body: str
    errand: Errand | None

    @property
    def payload(self) -> JSON:
        """The body as Socket Mode carries it."""
        return json.loads(self.body) if self.body.startswith("{") else None


class Intake:
    """Reads payloads through Bolt. Nothing in here awaits the network or computes."""

    def __init__(self, *, bot_token: str, api_url: str | None, clock: Clock) -> None:
        self._identity = _OneToken(bot_token)
        self._seen = Seen(clock)
        # Bolt reads the environment: with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET set it turns to OAuth and
        # drops the token, unless it is given an `authorize` of our own and a client that carries no token.
        # Signatures are verified in `web`, by our clock, before Bolt sees a request.
        quiet = logging.getLogger("slack_bolt.nutgraf")
        quiet.setLevel(logging.ERROR)  # its warnings speak of those variables, and of what `take` handles
        self._bolt = AsyncApp(
            name="nutgraf",
            logger=quiet,
            client=AsyncWebClient(base_url=api_url or AsyncWebClient.BASE_URL, retry_handlers=[]),
            authorize=self._identity,
            signing_secret="",
            request_verification_enabled=False,
            ssl_check_enabled=False,
        )
        self._bolt.command(_ANYTHING)(_on_command)
        self._bolt.action(_ANYTHING)(_on_press)

    def __repr__(self) -> str:
        return "Intake()"

    def introduce(self, bot_id: str | None, bot_user_id: str | None) -> None:
        """Take note of who we are, so that Bolt passes over what we did ourselves."""
        self._identity.bot_id, self._identity.bot_user_id = bot_id, bot_user_id

    async def take(
        self,
        mode: Literal["socket_mode", "http"],
        body: str | dict[str, Any],
        headers: Mapping[str, str] | None = None,
    ) -> Taken:
        """Read one payload.

        Args:
            mode: how it came; over HTTP its signature was verified before.
            body: the text of an HTTP request, or the payload of an envelope.
            headers: of the HTTP request.
        """
        lists: dict[str, str | Sequence[str]] = {key: [value] for key, value in (headers or {}).items()}
        try:
            request = AsyncBoltRequest(body=body, headers=lists, mode=mode)
            response = await self._bolt.async_dispatch(request)
        except (TypeError, KeyError, IndexError, AttributeError, ValueError) as error:
            # Bolt takes payloads to be of the right shape. One that is not must not come back for ever.
            log.get(__name__).warning("a payload of no shape we know", error=type(error).__name__)
            return Taken(200, "", None)
        errand = request.context.get(_ERRAND)
        if response.status == 404:  # nothing of ours: acknowledged all the same, or Slack sends it again
            return Taken(200, "", None)
        if errand is not None and not self._seen.is_new(errand.id):
            errand = None
        return Taken(response.status, response.body or "", errand)


class _OneToken(AsyncAuthorize):
    """Bolt's question who we are, answered without asking anyone."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.bot_id: str | None = None
        self.bot_user_id: str | None = None

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt names its arguments
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=self._token,
            bot_id=self.bot_id,
            bot_user_id=self.bot_user_id,
        )


# Bolt looks at the names of a listener's arguments, `self` included: listeners are functions.
async def _on_command(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    context[_ERRAND] = payload.command(body)
    await ack()


async def _on_press(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    context[_ERRAND] = payload.press(body)
    await ack()
