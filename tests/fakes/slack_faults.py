"""Calls that go wrong in the ways of real networks, and of Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How a call goes wrong, once.

    Attributes:
        status: the HTTP status that is answered; None cuts the connection instead.
        body: anything but a text is sent as JSON, a text as `kind`.
        kind: the content type of a text.
        headers: added to the answer.
        accepted: the call is carried out all the same, before the answer goes wrong.
        hang: no answer at all, until the server stops.
    """

    status: int | None = None
    body: Any = ""
    kind: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)
    accepted: bool = False
    hang: bool = False


def cut(*, accepted: bool) -> Fault:
    """The connection is cut, after or before the call was carried out."""
    return Fault(accepted=accepted)


def hang(*, accepted: bool) -> Fault:
    """No answer comes."""
    return Fault(hang=True, accepted=accepted)


def rate_limit(retry_after: int | None) -> Fault:
    """A rate limit; None leaves out for how long."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Fault(status=429, body={"ok": False, "error": "ratelimited"}, headers=headers)


def error(status: int, *, accepted: bool = False) -> Fault:
    """An error page of a machine in between, such as 403, 500, 502, 503 or 504."""
    return Fault(status=status, body=f"<html><h1>{status}</h1></html>", accepted=accepted)


def refusal(code: str) -> Fault:
    """An error in Slack's own words."""
    return Fault(status=200, body={"ok": False, "error": code})


def garbage(body: Any, kind: str = "text/plain", *, accepted: bool = False) -> Fault:  # noqa: ANN401 - any
    """An answer with status 200 that is not what was asked for."""
    return Fault(status=200, body=body, kind=kind, accepted=accepted)


async def inflict(
    fault: Fault, request: web.Request, act: Callable[[], dict[str, Any]], hanging: asyncio.Event
) -> web.StreamResponse:
    """Answer a call as the fault says; `hanging` is set when the server closes."""
    if fault.accepted:
        act()
    if fault.hang:
        await hanging.wait()
        return web.Response()
    if fault.status is None:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    is_text = isinstance(fault.body, str)
    return web.Response(
        text=fault.body if is_text else json.dumps(fault.body),
        status=fault.status,
        content_type=fault.kind if is_text else "application/json",
        headers=fault.headers,
    )
