"""Who an article is: its id, its canonical address, the hash of its words."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

ID_LENGTH = 16
"""Hexadecimal digits of a made id: 64 bits; six million articles clash with a chance of one in a million."""

_TRACKING = re.compile(
    # What newsletters, feeds, search engines and social networks add to an address to follow readers.
    r"(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|at_(?:medium|campaign|custom\w*|link\w*|format|type)"
    r"|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|vero_id|wickedid"
    r"|ocid|ncid|cmpid|cmp|ns_\w+|xtor|smid|smtyp|guccounter|guce_\w+|mkt_tok|spm|ito|feature=youtu\.be)"
)
_PLAIN = re.compile(r"""(https?://[a-z0-9.-]+)((?:/[!-"$->@-~]*)?)(?:\?([!-"$-~]*))?""")
"""Nearly all addresses: without a port, login, fragment, capital in the host or odd sign."""

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@lru_cache(maxsize=4096)
def canonical_url(url: str) -> str:
    """Return an address without what does not name the page: tracking, fragment, default port, last slash.

    The result can be opened like the original. Never raises: what is no address comes back stripped.
    """
    url = url.strip()
    if found := _PLAIN.fullmatch(url):
        site, path, query = found.groups()
        query = _untracked(query) if query else ""
        path = path.rstrip("/")
        return f"{site}{path}?{query}" if query else f"{site}{path}"
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket around an IPv6 address
        return url
    if not parts.scheme or not parts.netloc:
        return url
    scheme = parts.scheme.lower()
    login, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(scheme, "\0"))
    # A fragment that starts with "!" or "/" names a page of a single-page site, any other a place in it.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(
        (scheme, f"{login}{at}{host}", parts.path.rstrip("/"), _untracked(parts.query), fragment)
    )


def _untracked(query: str) -> str:
    """Return a query without what follows readers."""
    return "&".join(
        [p for p in query.split("&") if p and not _TRACKING.fullmatch(p.partition("=")[0].lower())]
    )


def absolute(address: str | None, base: str | None) -> str | None:
    """Return an address made absolute; None when there is none, or when it is not one of the web."""
    try:
        joined = urljoin(base or "", (address or "").strip())
    except ValueError:
        return None
    return joined if address and joined.lower().startswith(("http://", "https://")) else None


def content_hash(title: str, text: str) -> str:
    """Return a hash of the words of an article; white space and case do not count. 16 hexadecimal digits."""
    return _digest("content", " ".join(title.casefold().split()), " ".join(text.casefold().split()))


def article_id(
    *,
    url: str | None = None,
    feed_url: str | None = None,
    guid: str | None = None,
    source: str | None = None,
    title: str = "",
    text: str = "",
) -> str:
    """Return the id that an article gets when its source gives none: the same article, the same id.

    The first of these that is there decides: the address (whatever its scheme, "www." and tracking), the
    feed's own name for it, and at last source, title and text. 16 hexadecimal digits.
    """
    if url:
        bare = canonical_url(url).partition("://")[2] or url
        return _digest("url", bare.removeprefix("www."))
    if guid:
        return _digest("guid", canonical_url(feed_url or ""), guid)
    return _digest("words", " ".join((source or "").casefold().split()), content_hash(title, text))


def _digest(*parts: str) -> str:
    """Return the first digits of the SHA-256 of parts that cannot run into each other."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:ID_LENGTH]
