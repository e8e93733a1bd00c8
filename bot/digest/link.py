"""Links that scroll to a sentence in its source."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

WORDS_AT_EACH_END = 5
"""Words given of the sentence's start and end: enough to be found once, short enough for a link."""

LONGEST_WHOLE = 12
"""A sentence of at most this many words is given whole."""


def sentence_link(url: str | None, sentence: str) -> str | None:
    """Return an address with a text fragment that points at a sentence.

    The form is that of the WICG's "URL Fragment Text Directives": `#:~:text=start,end`, or the whole text.

    Args:
        url: the article's address; anything but http and https gives None.
        sentence: the sentence as it stands in the article.
    """
    if url is None or not is_web(url):
        return None
    words = sentence.split()
    if not words:
        return url
    if len(words) <= LONGEST_WHOLE:
        directive = _encode(" ".join(words))
    else:
        start, end = words[:WORDS_AT_EACH_END], words[-WORDS_AT_EACH_END:]
        directive = f"{_encode(' '.join(start))},{_encode(' '.join(end))}"
    base, mark, fragment = url.partition("#")
    fragment = fragment.split(":~:", 1)[0]
    return f"{base}{mark or '#'}{fragment}:~:text={directive}"


def is_web(url: str) -> bool:
    """Tell whether an address is one that may be shown as a link: http or https, with a host, on one line."""
    if re.search(r"[\x00-\x20\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _encode(text: str) -> str:
    """Percent-encode a part of a directive; the dash and the comma have a meaning in it."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return quote(clean, safe="").replace("-", "%2D")
