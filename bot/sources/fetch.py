"""The web, politely and safely: one request, its redirects, and an answer in words whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from types import TracebackType
from typing import Literal, NamedTuple, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.http import HttpProcessingError
from yarl import URL

from bot.clock import Clock
from bot.sources.answer import Validators, max_age_s, retry_after_s, validators_of
from bot.sources.faults import in_words
from bot.sources.guard import Network, guarded_connector
from bot.sources.pace import Pace
from bot.sources.place import KEPT, NoPlaceError, Place, place_of
from bot.sources.unpack import TooLargeError, Unpacker, UnpackError
from bot.sources.wire import Got, Wire

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


class Fetched(NamedTuple):
    """What came of a request; a tuple, since thousands are made a second.

    Attributes:
        status: "ok" has a body; "not_modified" (304); "gone" for ever (410); "later": the server asks for
            patience (429, 503, or its turn is far off); "refused": by the address guard, by us (scheme) or by
            the server (401, 403, 451); "failed": anything else.
        final_url: where the redirects ended.
        reason: for people, a sentence without a full stop; "" when it is ok or not modified.
        code: of HTTP; None when there was no answer.
        body: unpacked; b"" unless ok.
        content_type: as the server wrote it.
        link: the Link header, as the server wrote it.
        moved_to: the final address when every redirect on the way was permanent; else None. Keep it only
            once it has repeated: a captive portal redirects "permanently" too.
        validators: to be stored after the body was parsed; after "not modified", what holds now.
        retry_after_s: seconds that the server asks to wait, at most a day.
        max_age_s: seconds that the answer stays fresh, at most a day.
    """

    status: Status
    final_url: str
    reason: str = ""
    code: int | None = None
    body: bytes = b""
    content_type: str | None = None
    link: str | None = None
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
        self._lines = f"User-Agent: {user_agent}\r\nAccept-Encoding: gzip, deflate\r\n".encode()
        self._allowed = tuple(allow_networks)
        self._clock = clock
        self._max_bytes = max_bytes
        self._total_s = total_s
        self._patience_s = patience_s
        self._pace = Pace(gap_s)
        self._sleep = sleep
        self._resolver = resolver
        self._wire: Wire | None = None

    async def __aenter__(self) -> Self:
        connector = guarded_connector(self._allowed, limit=0, per_host=0, resolver=self._resolver)
        self._wire = Wire(connector, connect_s=CONNECT_S)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wire is not None:
            await self._wire.close()
            self._wire = None

    def turn(self, url: str) -> float | None:
        """Take the next free moment of an address's host.

        Returns:
            In how many seconds it comes; wait for it with `wait`, then call `get` with `in_turn`. None when
            it is too far off, or there is no such host: nothing was taken then, and `get` will say so.
        """
        try:
            host = place_of(url).host
        except NoPlaceError:
            return None
        wait = self._pace.reserve(host, self._clock.now(), patience_s=self._patience_s)
        return wait if wait <= self._patience_s else None

    async def wait(self, seconds: float) -> None:
        """Wait for a turn."""
        await self._sleep(seconds)

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        *,
        accept: str | None = None,
        in_turn: bool = False,
    ) -> Fetched:
        """Ask for an address and follow its redirects; never raises for the web's faults.

        Args:
            url: http or https.
            validators: of the last answer that was stored, to be told "not modified".
            accept: the Accept header; feeds by default.
            in_turn: its `turn` has come; else it is waited for here.
        """
        lines = self._request_lines(accept or ACCEPT_FEED, validators or UNASKED)
        here, permanent = url, True
        for _ in range(MAX_REDIRECTS + 1):
            answer, target = await self._ask(here, lines, validators, in_turn=in_turn)
            if target is None:
                moved = here != url and permanent and answer.status in ("ok", "not_modified")
                return answer._replace(moved_to=answer.final_url) if moved else answer
            permanent = permanent and answer.code in (301, 308)
            here, in_turn = target, False
        return Fetched(status="failed", reason="it redirects without end", final_url=here)

    def _request_lines(self, accept: str, validators: Validators) -> bytes:
        """Return the headers of a request but for those of its address, with the empty line at their end."""
        return b"%bAccept: %b\r\n%b\r\n" % (self._lines, accept.encode(), _conditions(validators))

    async def _ask(
        self, url: str, lines: bytes, validators: Validators | None, *, in_turn: bool
    ) -> tuple[Fetched, str | None]:
        """Make one request; return the answer, and where it redirects to."""
        try:
            place = place_of(url)
        except NoPlaceError as fault:
            if fault.scheme is None:
                return Fetched(status="failed", reason="its address is not a valid one", final_url=url), None
            reason = f"its address is not of the web ({fault.scheme})"
            return Fetched(status="refused", reason=reason, final_url=url), None
        if not in_turn and (early := await self._turn(place.host, url)):
            return early, None
        if self._wire is None:
            raise RuntimeError("The fetcher is not open: use it in an async with.")
        try:
            got = await self._wire.get(place, place.start + lines, self._body, total_s=self._total_s)
            return self._answer(place, got, validators)
        except (
            aiohttp.ClientError, HttpProcessingError, OSError, ValueError, TooLargeError, UnpackError
        ) as fault:  # fmt: skip
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

    def _answer(self, place: Place, got: Got, validators: Validators | None) -> tuple[Fetched, str | None]:
        """Turn the answer of a server into ours."""
        now, code, headers = self._clock.now(), got.code, got.headers
        if code == 304 and validators is not None and (validators.etag or validators.last_modified):
            return Fetched(
                status="not_modified",
                code=code,
                final_url=place.text,
                validators=validators_of(headers, validators),
                retry_after_s=retry_after_s(headers, now),
                max_age_s=max_age_s(headers, now),
            ), None
        base = Fetched(
            status="failed",
            code=code,
            content_type=headers.get("Content-Type"),
            link=headers.get("Link"),
            final_url=place.text,
            retry_after_s=retry_after_s(headers, now),
            max_age_s=max_age_s(headers, now),
        )
        location = headers.get("Location", "").strip()
        if code in (301, 302, 303, 307, 308) and location:
            return base, str(place.url.join(URL(location)).with_fragment(None))
        if code in (200, 203):
            return base._replace(status="ok", body=got.body, validators=validators_of(headers)), None
        return self._declined(base, place.host, code), None

    def _declined(self, base: Fetched, host: str, code: int) -> Fetched:
        """Name an answer that brings nothing."""
        if code in (429, 503):
            wait = base.retry_after_s
            if wait:
                self._pace.rest(host, self._clock.now(), wait)
            reason = "the server is busy" if code == 503 else "the server says that it is asked too often"
            return base._replace(status="later", reason=f"{reason} ({code})")
        if code == 410:
            return base._replace(status="gone", reason="its publisher has ended it (410)")
        if code in (401, 402, 403, 407, 451):
            return base._replace(status="refused", reason=f"the server refuses us ({code})")
        if code == 304:
            return base._replace(
                reason="the server says 'not modified', though nothing was read before (304)"
            )
        if code in (404, 400):
            return base._replace(reason=f"the server does not know the address ({code})")
        kind = "has a fault of its own" if code >= 500 else "gave an answer that makes no sense here"
        return base._replace(reason=f"the server {kind} ({code})")

    async def _body(self, headers: Mapping[str, str], content: aiohttp.StreamReader) -> bytes:
        """Read and unpack a body up to the limit."""
        unpacker = Unpacker(headers.get("Content-Encoding", ""), limit=self._max_bytes)
        async for chunk in content.iter_chunked(65_536):
            more = unpacker.feed(chunk)
            while more:
                await asyncio.sleep(0)
                more = unpacker.more()
        return unpacker.body()


@lru_cache(maxsize=KEPT)
def _conditions(validators: Validators) -> bytes:
    """Return the lines of a request that ask for news only; feeds come round again."""
    # As aiohttp reads headers, so that a server gets back the bytes that it sent.
    lines = [f"{name}: {value}\r\n" for name, value in validators.headers().items()]
    return "".join(lines).encode("utf-8", "surrogateescape")
