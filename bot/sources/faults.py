"""The web's faults in words."""

from __future__ import annotations

from typing import Literal

import aiohttp
from aiohttp.http import HttpProcessingError

from bot.sources.guard import MARK
from bot.sources.unpack import TooLargeError, UnpackError


def in_words(
    fault: Exception, *, limit_bytes: int, total_s: float
) -> tuple[Literal["failed", "refused"], str]:
    """Return what an exception of a request means: "refused" for the address guard, else "failed", and why.

    Args:
        fault: what was raised.
        limit_bytes: the limit that a body broke.
        total_s: the seconds that a request took too many of.
    """
    # The connection error carries the guard's own within it, folded into one text when several were tried.
    if MARK in f"{fault} {getattr(fault, 'os_error', '')}":
        return (
            "refused",
            (
                "it leads to an address inside this network, which the bot may not read;"
                " an admin can allow it in FETCH_ALLOW_NETWORKS"
            ),
        )
    reasons: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        (TooLargeError, f"it is larger than {limit_bytes / 1_048_576:.0f} MB"),
        (UnpackError, str(fault)),
        (TimeoutError, f"the server did not answer in full within {total_s:.0f} seconds"),
        (aiohttp.ClientConnectorDNSError, "there is no such host"),
        (aiohttp.ClientConnectorCertificateError, "its certificate is not valid"),
        (aiohttp.ClientSSLError, "no secure connection could be made"),
        (aiohttp.ClientConnectorError, "no connection could be made"),
        (aiohttp.ServerDisconnectedError, "the server hung up without an answer"),
        (aiohttp.ClientPayloadError, "the answer broke off in the middle"),
        ((aiohttp.InvalidURL, ValueError), "it leads to an address that is not a valid one"),
        ((aiohttp.ClientResponseError, HttpProcessingError), "the answer is not proper HTTP"),
        (OSError, "the connection broke"),
    )
    return "failed", next(
        (words for kinds, words in reasons if isinstance(fault, kinds)), "the request failed"
    )
