"""Discord's REST API, one call at a time: no hidden retry, no waiting for rate limits; the caller decides."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.model.delivery import JSON, Payload
from bot.platforms import claimed

API = "https://discord.com/api/v10"

# https://discord.com/developers/docs/reference#user-agent: without it Discord's firewall may refuse a bot.
_USER_AGENT = "DiscordBot (nutgraf, 1)"
_TOTAL_S = 20.0
_CONNECT_S = 10.0
_BODY_BYTES = 16 * 1024 * 1024
"""A page of history is at most some 2 MB; more is not Discord."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP.

    Attributes:
        status: 100..599.
        headers: names in lower case.
        body: the JSON value; None when it is none.
        text: the beginning of what came, for logs.
    """

    status: int
    headers: Mapping[str, str]
    body: JSON
    text: str

    @property
    def ok(self) -> bool:
        """Whether the call did what it should."""
        return 200 <= self.status < 300

    @property
    def fields(self) -> Payload:
        """The JSON object; empty when the body is none."""
        return self.body if isinstance(self.body, dict) else {}


class UnreachableError(Exception):
    """No whole answer came.

    Attributes:
        reason: in words.
        maybe_done: the call may have reached Discord all the same.
    """

    def __init__(self, reason: str, *, maybe_done: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_done = maybe_done


class Rest:
    """Calls the API with the bot's token, which shows in no text of this object."""

    def __init__(self, *, token: str, api_url: str | None = None, proxy: str | None = None) -> None:
        self._token = token.strip()
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self.base = (api_url or API).rstrip("/")

    @property
    def usable(self) -> bool:
        """Whether the token could be one at all: it goes into a header, which takes plain characters only."""
        return self._token.isascii() and self._token.isprintable() and " " not in self._token

    async def call(
        self,
        method: str,
        path: Sequence[str],
        *,
        json: JSON = None,
        query: Mapping[str, str] | None = None,
    ) -> Reply:
        """Make one call and return whatever answer came.

        Args:
            method: such as "GET".
            path: its segments, raw.
            json: the body; none when None.
            query: what follows the path.

        Raises:
            UnreachableError: no whole answer came within 20 s.
        """
        if not self.usable:
            raise UnreachableError("the token has characters that no token has", maybe_done=False)
        address = "/".join([self.base, *(quote(segment, safe="@") for segment in path)])
        url = URL(address, encoded=True)
        if query:
            url = url.with_query(query)
        try:
            async with self._open().request(
                method, url, json=json, allow_redirects=False, proxy=self._proxy
            ) as response:
                raw = await _body(response)
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.status, headers, _json(raw), raw[:300].decode(errors="replace"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UnreachableError(f"no connection: {error}", maybe_done=False) from error
        except (aiohttp.ClientHttpProxyError, aiohttp.InvalidURL) as error:
            raise UnreachableError(f"no way there: {type(error).__name__}", maybe_done=False) from error
        except TimeoutError as error:
            raise UnreachableError(f"no answer within {_TOTAL_S:.0f} s", maybe_done=True) from error
        except (aiohttp.ClientError, OSError) as error:
            raise UnreachableError(f"the connection broke: {error!r}", maybe_done=True) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Authorization": f"Bot {self._token}", "User-Agent": _USER_AGENT},
                timeout=aiohttp.ClientTimeout(total=_TOTAL_S, sock_connect=_CONNECT_S),
                cookie_jar=aiohttp.DummyCookieJar(),
                middlewares=(claimed.middleware,),
            )
        return self._session


async def _body(response: aiohttp.ClientResponse) -> bytes:
    held = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        held += chunk
        if len(held) > _BODY_BYTES:
            raise aiohttp.ClientPayloadError("the answer is too long")
    return bytes(held)


def _json(raw: bytes) -> JSON:
    try:
        return cast("JSON", jsonlib.loads(raw))
    except (ValueError, RecursionError):
        return None
