"""One call of Slack's Web API, once, and everything that can become of it as a value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.model.delivery import JSON
from bot.platforms import claimed

TIMEOUT_S: Final = 20
"""Seconds a call may take in all: longer than Slack takes on a bad day, shorter than a delivery's lease."""
DEFAULT_WAIT_S: Final = 30.0
"""Seconds to wait when Slack limits the rate without saying for how long."""

LONGEST_WAIT_S: Final = 3_600.0
"""Seconds beyond which no Retry-After is believed."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Slack answered, and did not do it.

    Attributes:
        error: Slack's own code, such as "channel_not_found".
        needed: the scope that is missing, where Slack says so.
    """

    error: str
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """Slack limits the rate, and did not do it.

    Attributes:
        after_s: seconds until it may be asked again.
    """

    after_s: float


@dataclass(frozen=True, slots=True)
class Silence:
    """No usable answer came.

    Attributes:
        reason: in words.
        reached: the call may have reached Slack, and may have been carried out.
    """

    reason: str
    reached: bool


Reply: TypeAlias = "dict[str, JSON] | Refusal | Busy | Silence"
"""A dict when Slack did it."""


class Wire:
    """The connection to the Web API with one bot token; closes its sockets in `close`."""

    def __init__(self, token: str, api_url: str | None, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._client = AsyncWebClient(
            token=token,
            base_url=api_url or AsyncWebClient.BASE_URL,
            retry_handlers=[],  # by default slack_sdk calls again when the connection drops, and posts twice
        )

        if api_url is not None:
            self._client.proxy = None  # the machine's proxy leads to Slack, not to what stands in for it

    def __repr__(self) -> str:
        return f"Wire({self._client.base_url!r})"

    def _open(self) -> aiohttp.ClientSession:
        """Return the session all calls share; opened when first needed, as it belongs to the running loop."""
        if self._client.session is None or self._client.session.closed:
            self._client.session = aiohttp.ClientSession(
                timeout=self._timeout, middlewares=(claimed.middleware,)
            )
        return self._client.session

    @property
    def proxy(self) -> str | None:
        """The proxy of the machine, as slack_sdk found it; None when the API is elsewhere than at Slack."""
        return self._client.proxy

    async def call(self, method: str, body: dict[str, JSON], *, token: str | None = None) -> Reply:
        """Call a method once.

        Args:
            method: such as "chat.postMessage".
            body: its arguments; sent as JSON to methods that write, as a form to others.
            token: instead of the bot's own.
        """
        self._open()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            if method in ("chat.postMessage", "chat.postEphemeral"):
                answer = await self._client.api_call(method, json=body, headers=headers)
            else:
                answer = await self._client.api_call(method, data=body, headers=headers)
        except SlackApiError as error:
            return _refused(error)
        except aiohttp.ClientConnectorError as error:
            return _unreachable(error)
        except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError) as error:
            return _broken(error)
        except (AttributeError, ValueError):
            # slack_sdk takes any body for a JSON object, also the page of a proxy.
            return Silence("Slack's answer is no JSON object", reached=True)
        data = answer.data
        return data if isinstance(data, dict) else Silence("Slack's answer is no JSON object", reached=True)

    async def answer(self, url: str, body: dict[str, JSON]) -> Reply:
        """Post one message to a response_url, once."""
        try:
            async with self._open().post(url, json=body, proxy=self._client.proxy) as response:
                text = await response.text(errors="replace")
                if response.status == 429:
                    return Busy(_seconds(response.headers.get("Retry-After")))
                if response.status >= 500:
                    return Silence(f"Slack answered with status {response.status}", reached=True)
                return _accepted(response.status, text)
        except aiohttp.ClientConnectorError as error:
            return _unreachable(error)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return _broken(error)

    async def close(self) -> None:
        """Close the sockets."""
        if self._client.session is not None:
            await self._client.session.close()


def _accepted(status: int, text: str) -> Reply:
    """Read what a response_url answers: "ok", or JSON that names an error under any status."""
    try:
        data = json.loads(text)
    except ValueError:
        data = {}
    if status == 200 and not (isinstance(data, dict) and data.get("ok") is False):
        return {}
    code = data.get("error") if isinstance(data, dict) else None
    return Refusal(code if isinstance(code, str) else f"status {status}")


def _refused(error: SlackApiError) -> Reply:
    """Read the answer behind slack_sdk's error, which may be of Slack, of a proxy, or nothing."""
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Busy(_seconds(response.headers.get("Retry-After")))
    if status >= 500:
        return Silence(f"Slack answered with status {status}", reached=True)
    if isinstance(data, dict) and isinstance(code, str):
        return Refusal(code, str(data.get("needed") or ""))
    return Silence(f"Slack answered with status {status} and no JSON object", reached=status == 200)


def _unreachable(error: Exception) -> Silence:
    return Silence(f"Slack cannot be reached: {error}", reached=False)


def _broken(error: Exception) -> Silence:
    return Silence(f"The connection to Slack broke: {str(error) or type(error).__name__}", reached=True)


def _seconds(header: str | None) -> float:
    """Read Retry-After, which is a number of seconds."""
    try:
        return min(max(1.0, float(header or DEFAULT_WAIT_S)), LONGEST_WAIT_S)
    except ValueError:
        return DEFAULT_WAIT_S
