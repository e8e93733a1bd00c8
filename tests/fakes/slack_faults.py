"""Calls that go wrong in the ways of real networks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fakes.slack_api import error
from tests.fakes.slack_state import Fault

DONE_FIRST = (Fault.CUT_AFTER, Fault.HANG, Fault.ERROR_500_AFTER, Fault.HALF_JSON)

JSON, HTML, TEXT = "application/json", "text/html", "text/plain"
PAGE = "<html>upstream trouble</html>"
INTERNAL, LIMITED = json.dumps(error("internal_error")), json.dumps(error("ratelimited"))
ANSWERS: dict[Fault, tuple[int, str, str, dict[str, str]]] = {
    Fault.ERROR_500: (500, JSON, INTERNAL, {}),
    Fault.ERROR_500_AFTER: (500, JSON, INTERNAL, {}),
    Fault.ERROR_502: (502, HTML, PAGE, {}),
    Fault.ERROR_503: (503, TEXT, "upstream trouble", {}),
    Fault.RATE_LIMITED: (429, JSON, LIMITED, {"Retry-After": "7"}),
    Fault.RATE_LIMITED_MUTE: (429, JSON, LIMITED, {}),
    Fault.BANNED: (403, HTML, PAGE, {}),
    Fault.PLAIN_TEXT: (200, TEXT, "upstream trouble", {}),
    Fault.HALF_JSON: (200, JSON, '{"ok":', {}),
    Fault.LIST: (200, JSON, "[1]", {}),
}


async def inflict(
    fault: Fault | str, request: web.Request, act: Callable[[], dict[str, Any]], hanging: asyncio.Event
) -> web.StreamResponse:
    """Answer a call as the fault says; `hanging` is set when the server closes."""
    if not isinstance(fault, Fault):
        return web.json_response(error(fault))
    if fault in DONE_FIRST:
        act()
    if fault in (Fault.CUT_BEFORE, Fault.CUT_AFTER):
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault is Fault.HANG:
        await hanging.wait()
        return web.Response()
    status, kind, text, headers = ANSWERS[fault]
    return web.Response(text=text, status=status, content_type=kind, headers=headers)
