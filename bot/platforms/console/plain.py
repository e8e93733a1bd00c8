"""Text and links from outside, made harmless for a terminal and for a web page."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
"""What ends a line or moves the cursor along it; a reader sees one space."""

CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Escape, bell and their like would command the terminal; half a surrogate pair cannot be written at all."""

SURROGATES = re.compile("[\ud800-\udfff]")

DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: one left open turns round everything that follows on the screen."""

UNSAFE_IN_HOST = re.compile(r"[^A-Za-z0-9.:@\[\]_~!$&()*+,;=%-]")
SAFE = "!#$%&'()*+,/:;=?@[]~"
"""What may stand in an address as it is (RFC 3986); everything else is percent-encoded."""


def clean(text: str) -> str:
    """Return text on one line without anything that a terminal would obey.

    Line breaks and tabs become a space, control characters the sign for "not a character", direction
    controls vanish. All other text is left as it stands, letter for letter.
    """
    return DIRECTIONS.sub("", CONTROLS.sub("\ufffd", BREAKS.sub(" ", text)))


def title(text: str) -> str:
    """Return a headline to be shown: cleaned, and never empty."""
    return clean(text).strip() or "(no headline)"


def address(url: str | None) -> str | None:
    """Return a link that is safe to offer: http or https, ASCII only; None for anything else."""
    if url is None:
        return None
    try:
        parts = urlsplit(SURROGATES.sub("\ufffd", url))
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:  # a broken IPv6 address, or a host that no name server could hold
        return None
    if parts.scheme not in ("http", "https") or not host or UNSAFE_IN_HOST.search(host):
        return None
    path, query, fragment = (quote(part, safe=SAFE) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, path, query, fragment))


def place(url: str | None) -> str | None:
    """Return the address of the page alone, without the part that scrolls to a sentence.

    Where an address is printed to be read and copied, thirty percent-encoded words only hide it.
    """
    safe = address(url)
    return None if safe is None else safe.partition(":~:")[0].rstrip("#")
