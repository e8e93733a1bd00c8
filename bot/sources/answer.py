"""What a server's headers ask for: when to come back, how to ask whether something changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from bot.sources.dates import parse_date

LONGEST_WAIT_S = 86_400.0
"""A wait that a server asks for is kept up to a day, in seconds: no feed is read more seldom."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_UNFIT = re.compile(r"[\r\n\0\ud800-\udfff]")
"""What no header may hold, and bytes that are not UTF-8, which no database keeps as text."""

_NO_CACHE = re.compile(r"(?:^|[\s,])(?:no-cache|no-store|must-revalidate)\b", re.IGNORECASE)


class Validators(NamedTuple):
    """What to send so that a server can answer "not modified"; each exactly as the server wrote it.

    Attributes:
        etag: of the ETag header.
        last_modified: of the Last-Modified header.
    """

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the request headers."""
        headers = {}
        if self.etag and _fit(self.etag):
            headers["If-None-Match"] = self.etag
        if self.last_modified and _fit(self.last_modified):
            headers["If-Modified-Since"] = self.last_modified
        return headers


def validators_of(headers: Mapping[str, str], before: Validators | None = None) -> Validators:
    """Return the validators of an answer; of a "not modified" that leaves one out, the one before."""
    raw_etag, raw_modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    if before is not None and raw_etag in ("", before.etag) and raw_modified in ("", before.last_modified):
        return before
    etag, modified = _fit(raw_etag), _fit(raw_modified)
    if before is None:
        return Validators(etag or None, modified or None)
    etag, modified = etag or before.etag or "", modified or before.last_modified or ""
    same = etag == (before.etag or "") and modified == (before.last_modified or "")
    return before if same else Validators(etag or None, modified or None)


def _fit(value: str) -> str:
    """Return a value that can be kept and sent; "" for one that cannot."""
    plain = value.isascii() and value.isprintable()
    return value.strip() if plain or not _UNFIT.search(value) else ""


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return how many seconds a server asks to wait, 0..86,400; None when it does not ask or nobody can tell.

    Args:
        headers: of the answer.
        now: for a date in the header.
    """
    value = headers.get("Retry-After")
    return _seconds(value, now) if value else None


def max_age_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return for how many seconds an answer stays fresh, 0..86,400, by Cache-Control, else by Expires."""
    if control := headers.get("Cache-Control", ""):
        seconds, decides = _controlled(control)
        if decides:
            return seconds
    expires = headers.get("Expires", "").strip()
    return None if expires.lstrip("-").isdigit() else _seconds(expires, now)


@lru_cache(maxsize=1024)
def _controlled(control: str) -> tuple[float | None, bool]:
    """Return the seconds of Cache-Control, and whether it decides; servers write few different ones."""
    if found := _MAX_AGE.search(control):
        return min(float(found[1]), LONGEST_WAIT_S), True
    return None, bool(_NO_CACHE.search(control))


def _seconds(value: str, now: datetime) -> float | None:
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.replace(".", "", 1).isdigit() and len(value) < 13:
        return min(float(value), LONGEST_WAIT_S)
    moment = (
        parse_date(value) if any(letter in value for letter in ":-") and not value.startswith("-") else None
    )
    if moment is None:
        return None
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT_S)
