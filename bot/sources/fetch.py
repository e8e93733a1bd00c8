"""The web, politely and safely: one request, its redirects, and an answer in words whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Literal, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.clock import Clock
from bot.sources.answer import Validators, max_age_s, retry_after_s, validators_of
from bot.sources.faults import in_words
from bot.sources.guard import Network, guarded_connector
from bot.sources.pace import Pace
from bot.sources.unpack import TooLargeError, Unpacker, UnpackError

MAX_BYTES = 16 * 1024 * 1024
"""After unpacking; the largest of a thousand real feeds has 1.4 MB, podcasts with long archives have 10."""

TOTAL_S = 30.0
"""For a request with all its redirects, in seconds: only a limit on the whole stops a slow drip."""

CONNECT_S = 10.0
"""For each connection, in seconds."""

GAP_S = 1.0
"""Between two requests to one host, in seconds."""

PATIENCE_S = 60.0
"""A request that would have to wait longer for its turn, in seconds, is put off to the next poll."""

MAX_REDIRECTS = 10

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.8"

UNASKED = Validators()

Status = Literal["ok", "not_modified", "gone", "later", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of a request.

    Attributes:
        status: "ok" has a body; "not_modified" (304); "gone" for ever (410); "later": the server asks for
            patience (429, 503, or its turn is far off); "refused": by the address guard, by us (scheme) or by
            the server (401, 403, 451); "failed": anything else.
        reason: for people, a sentence without a full stop; "" when it is ok or not modified.
        code: of HTTP; None when there was no answer.
        body: unpacked; b"" unless ok.
        content_type: as the server wrote it.
        final_url: where the redirects ended.
        moved_to: the final address when every redirect on the way was permanent; else None. Keep it only
            once it has repeated: a captive portal redirects "permanently" too.
        validators: to be stored after the body was parsed; after "not modified", what holds now.
        retry_after_s: seconds that the server asks to wait, at most a day.
        max_age_s: seconds that the answer stays fresh, at most a day.
    """

    status: Status
    reason: str = ""
    code: int | None = None
    body: bytes = b""
    content_type: str | None = None
    final_url: str
    moved_to: str | None = None
    validators: Validators = UNASKED
    retry_after_s: float | None = None
    max_age_s: float | None = None


class Fetcher:
    """Asks servers; an asynchronous context manager.

    Args:
        user_agent: honest, with a way to reach the operator.
        allow_networks: inner networks that may be read all the same.
        clock: for pacing and for dates in headers.
        max_bytes: the largest body, after unpacking.
        total_s: seconds for a request with all its redirects, without the wait for its turn.
        gap_s: seconds between two requests to one host.
        patience_s: the longest wait for a turn, in seconds.
        sleep: how to wait; tests let the clock advance instead.
        resolver: for tests that play a name server.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_networks: Sequence[Network] = (),
        clock: Clock,
        max_bytes: int = MAX_BYTES,
        total_s: float = TOTAL_S,
        gap_s: float = GAP_S,
        patience_s: float = PATIENCE_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
        self._allowed = tuple(allow_networks)
        self._clock = clock
        self._max_bytes = max_bytes
        self._total_s = total_s
        self._patience_s = patience_s
        self._pace = Pace(gap_s)
        self._sleep = sleep
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=guarded_connector(self._allowed, limit=64, per_host=2, resolver=self._resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self, url: str, validators: Validators | None = None, *, accept: str | None = None
    ) -> Fetched:
        """Ask for an address and follow its redirects; never raises for the web's faults.

        Args:
            url: http or https.
            validators: of the last answer that was stored, to be told "not modified".
            accept: the Accept header; feeds by default.
        """
        headers = self._headers | {"Accept": accept or ACCEPT_FEED} | (validators or UNASKED).headers()
        here, permanent = url, True
        for _ in range(MAX_REDIRECTS + 1):
            answer, target = await self._ask(here, headers, validators)
            if target is None:
                moved = here != url and permanent and answer.status == "ok"
                return replace(answer, moved_to=answer.final_url) if moved else answer
            permanent = permanent and answer.code in (301, 308)
            here = target
        return Fetched(status="failed", reason="it redirects without end", final_url=here)

    async def _ask(
        self, url: str, headers: dict[str, str], validators: Validators | None
    ) -> tuple[Fetched, str | None]:
        """Make one request; return the answer, and where it redirects to."""
        try:
            address = URL(url)
        except ValueError:
            return Fetched(status="failed", reason="its address is not a valid one", final_url=url), None
        if address.scheme not in ("http", "https") or not address.host:
            reason = f"its address is not of the web ({address.scheme or 'no scheme'})"
            return Fetched(status="refused", reason=reason, final_url=url), None
        if early := await self._turn(address.host, url):
            return early, None
        if self._session is None:
            raise RuntimeError("The fetcher is not open: use it in an async with.")
        try:
            async with (
                asyncio.timeout(self._total_s),
                self._session.get(address, headers=headers, allow_redirects=False) as response,
            ):
                return await self._read(address, response, validators)
        except (aiohttp.ClientError, OSError, ValueError, TooLargeError, UnpackError) as fault:
            status, reason = in_words(fault, limit_bytes=self._max_bytes, total_s=self._total_s)
            return Fetched(status=status, reason=reason, final_url=url), None

    async def _turn(self, host: str, url: str) -> Fetched | None:
        """Wait for the host's next free moment; return an answer instead when that is too far off."""
        wait = self._pace.reserve(host, self._clock.now(), patience_s=self._patience_s)
        if wait > self._patience_s:
            return Fetched(
                status="later", reason=f"{host} asked to be left alone", final_url=url, retry_after_s=wait
            )
        if wait > 0:
            await self._sleep(wait)
        return None

    async def _read(
        self, address: URL, response: aiohttp.ClientResponse, validators: Validators | None
    ) -> tuple[Fetched, str | None]:
        """Turn the answer of a server into ours."""
        now, code, headers = self._clock.now(), response.status, response.headers
        base = Fetched(
            status="failed",
            code=code,
            content_type=headers.get("Content-Type"),
            final_url=str(address),
            retry_after_s=retry_after_s(headers, now),
            max_age_s=max_age_s(headers, now),
        )
        location = headers.get("Location", "").strip()
        if code in (301, 302, 303, 307, 308) and location:
            return base, str(address.join(URL(location)).with_fragment(None))
        if code == 304 and validators is not None and validators.headers():
            return replace(base, status="not_modified", validators=validators_of(headers, validators)), None
        if code == 200 or code == 203:
            body = await self._body(response)
            return replace(base, status="ok", body=body, validators=validators_of(headers)), None
        return self._declined(base, address, code), None

    def _declined(self, base: Fetched, address: URL, code: int) -> Fetched:
        """Name an answer that brings nothing."""
        host = address.host or ""
        if code in (429, 503):
            wait = base.retry_after_s
            if wait:
                self._pace.rest(host, self._clock.now(), wait)
            reason = "the server is busy" if code == 503 else "the server says that it is asked too often"
            return replace(base, status="later", reason=f"{reason} ({code})")
        if code == 410:
            return replace(base, status="gone", reason="its publisher has ended it (410)")
        if code in (401, 402, 403, 407, 451):
            return replace(base, status="refused", reason=f"the server refuses us ({code})")
        if code == 304:
            return replace(
                base, reason="the server says 'not modified', though nothing was read before (304)"
            )
        if code in (404, 400):
            return replace(base, reason=f"the server does not know the address ({code})")
        kind = "has a fault of its own" if code >= 500 else "gave an answer that makes no sense here"
        return replace(base, reason=f"the server {kind} ({code})")

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """Read and unpack a body up to the limit."""
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limit=self._max_bytes)
        async for chunk in response.content.iter_chunked(65_536):
            more = unpacker.feed(chunk)
            while more:
                await asyncio.sleep(0)
                more = unpacker.more()
        return unpacker.body()
