"""WebSub, as a subscriber: which hub a feed offers, and whether a ping is its own. Pure.

https://www.w3.org/TR/websub/
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta

from bot.sources.identity import absolute

LEASE = timedelta(days=10)
"""For how long a subscription is asked for; the hub decides."""

LEASE_SHORTEST = timedelta(minutes=10)
LEASE_LONGEST = timedelta(days=90)
"""What a hub grants beyond these is taken as these."""

RENEWED_AT = 0.8
"""A lease is renewed after this share of it: a hub that is down for a day does not end it."""

FIRST_RETRY = timedelta(hours=1)
LAST_RETRY = timedelta(days=7)
"""A hub that fails is asked again after an hour, then after twice as long each time, up to a week."""

METHODS = ("sha1", "sha256", "sha384", "sha512")
"""Of a signature, section 7 of the specification; sha1 is what most hubs send."""

LONGEST_CHALLENGE = 2_000
"""Characters; hubs send a few dozen."""

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*!#$%&'+.^`|~-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s\",;]+))?)*)")
_RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.IGNORECASE)


def links(header: str, base: str) -> dict[str, str]:
    """Return the addresses of a Link header (RFC 8288) by relation, the first of each, made absolute."""
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(header[:20_000]):
        relation = _RELATION.search(parameters)
        address = absolute(target, base)
        for name in (relation[1] or relation[2] or "").lower().split() if relation and address else ():
            found.setdefault(name, address or "")
    return found


def offer(*, header: str | None, hub: str | None, self_url: str | None, url: str) -> tuple[str, str] | None:
    """Return the hub and the topic that a feed offers; None when it offers no hub.

    Args:
        header: the Link header of the answer; it counts before what the feed says itself.
        hub: as the feed says.
        self_url: the address that the feed gives for itself.
        url: where it was read.
    """
    named = links(header or "", url)
    if "hub" in named:
        return named["hub"], named.get("self") or self_url or url
    return (hub, self_url or url) if hub else None


def signed(secret: str, body: bytes, header: str) -> bool:
    """Say whether a ping bears the signature of whoever knows the secret; takes the same time for each.

    Args:
        secret: that the subscription was made with.
        body: of the ping, exactly.
        header: X-Hub-Signature, such as "sha256=...".
    """
    method, _, digest = header.strip().partition("=")
    if method.lower() not in METHODS:
        return False
    right = hmac.new(secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(right.encode(), digest.strip().lower().encode("utf-8", "replace"))


def lease(seconds: str) -> timedelta:
    """Return the lease that a hub grants; what is missing or makes no sense counts as what was asked for."""
    text = seconds.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        return LEASE
    return min(max(timedelta(seconds=int(text)), LEASE_SHORTEST), LEASE_LONGEST)


def retry(attempts: int) -> timedelta:
    """Return how long to leave a hub alone that failed so many times in a row, at least 1."""
    return min(FIRST_RETRY * (1 << min(attempts - 1, 10)), LAST_RETRY)
