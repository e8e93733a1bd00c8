"""A message that leaves only while its sender's claim holds, looked at as its bytes are handed over.

Between the decision to send and the first byte lie a name to resolve, a connection and its encryption: many
messages may stand there at once when the process is paused, and each would go out when it is continued.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from aiohttp import (
    BytesPayload,
    ClientConnectionError,
    ClientHandlerType,
    ClientRequest,
    ClientResponse,
    Payload,
    hdrs,
)
from aiohttp.abc import AbstractStreamWriter

from bot.delivery.port import StillOurs

_still_ours: ContextVar[StillOurs | None] = ContextVar("still_ours", default=None)


class ClaimOverError(Exception):
    """The claim was over before the request's first byte; nothing was sent."""


@contextmanager
def only_while(still_ours: StillOurs) -> Iterator[None]:
    """Have the requests made in this block leave only while the claim holds.

    Their session must have `middleware`, and they must have a body. They raise ClaimOverError when they
    were held back.
    """
    token = _still_ours.set(still_ours)
    try:
        yield
    finally:
        _still_ours.reset(token)


async def middleware(request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
    """Look at the claim in the very step of the event loop that writes the request, headers and all."""
    still_ours = _still_ours.get()
    if still_ours is None or not isinstance(request.body, Payload):
        return await send(request)
    body = _Body(await request.body.as_bytes(), request.headers.get(hdrs.CONTENT_TYPE), still_ours)
    await request.update_body(body)
    try:
        return await send(request)
    except ClientConnectionError as error:
        if body.held_back:
            raise ClaimOverError from error
        raise


class _Body(BytesPayload):
    """A request's body, with which aiohttp writes its headers too: if it is held back, nothing was sent."""

    def __init__(self, value: bytes, content_type: str | None, still_ours: StillOurs) -> None:
        super().__init__(value, content_type=content_type)
        self._still_ours = still_ours
        self.held_back = False

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write it, unless the claim is over.

        Raises:
            ClaimOverError: it is; aiohttp closes the connection and raises a ClientConnectionError.
        """
        if not self._still_ours():
            self.held_back = True
            raise ClaimOverError
        await super().write_with_length(writer, content_length)
