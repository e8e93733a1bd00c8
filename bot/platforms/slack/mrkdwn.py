"""Foreign text made safe for Slack: it never pings, formats or breaks out of the place it is put in."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bot.platforms.slack import limits

# What may make Slack format: its four markers, an emoji's name, a quote or a further line.
# https://docs.slack.dev/messaging/formatting-message-text
_LIVELY = re.compile(r"[*_~`\n]|:[\w+'-]+:|^\s*>")
_LOOKALIKES = str.maketrans(
    {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", ":": "꞉", ">": "›", "\n": " "}  # the same to the eye
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Controls that turn the direction of writing, and what ends each. https://unicode.org/reports/tr9/
_CLOSERS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# Kept as they are in an address; everything else, "|" and ">" above all, is percent-encoded.
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


def size(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Take out what cannot be shown, and close directional controls that the text leaves open."""
    shown = _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub(" ", text.replace("\t", " ")))
    closers: list[str] = []
    for char in _DIRECTIONS.findall(shown):
        if char in _CLOSERS:
            closers.append(_CLOSERS[char])
        elif closers and char == closers[-1]:
            closers.pop()
    return shown + "".join(reversed(closers))


def line(text: str) -> str:
    """Clean a text and put it on one line."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """Escape the three characters that Slack's markup is made of."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_calm(text: str) -> bool:
    """Say whether a text stays as it is in mrkdwn, whatever stands beside it."""
    return _LIVELY.search(text) is None


def calmed(text: str) -> str:
    """Return a label, on one line and escaped, whose formatting characters gave way to look-alikes.

    For names and labels only: a verbatim sentence that is not calm goes into a plain_text object instead.
    """
    flat = line(text)
    return escape(flat if is_calm(flat) else flat.translate(_LOOKALIKES))


def address(url: str | None) -> str | None:
    """Return a URL as it may stand in a link: http(s), percent-encoded, escaped; None when it cannot."""
    match = re.match(r"(https?)(://[^\s/].*)", url or "", re.IGNORECASE | re.DOTALL)
    if match is None:
        return None
    try:
        if not urlsplit(match[0]).hostname:
            return None
    except ValueError:  # such as an unfinished IPv6 address
        return None
    url = match[1].lower() + match[2]
    safe = escape(quote(_SURROGATE.sub("\ufffd", url), safe=_URL_SAFE))
    return safe if size(safe) <= limits.URL // 2 else None


def link(url: str | None, label: str) -> str:
    """Return a link on a label that is safe already; the bare label when there is no usable address."""
    target = address(url)
    return f"<{target}|{label}>" if target and label else label


def cut(text: str, limit: int) -> str:
    """Shorten a raw text so that its escaped form has at most `limit` UTF-16 units, with an ellipsis."""
    if size(escape(text)) <= limit:
        return text
    return f"{_fitting(text, limit - 1).rstrip()}…"


def pieces(text: str, limit: int) -> tuple[str, ...]:
    """Divide a raw text, losing nothing, into parts whose escaped forms have at most `limit` units each.

    Parts end after white space where there is some in their last third.
    """
    parts: list[str] = []
    rest = text
    while size(escape(rest)) > limit:
        head = _fitting(rest, limit)
        space = head.rfind(" ")
        if space > len(head) * 2 // 3:
            head = head[: space + 1]
        parts.append(head)
        rest = rest[len(head) :]
    parts.append(rest)
    return tuple(part for part in parts if part)


def _fitting(text: str, limit: int) -> str:
    """Return the longest beginning whose escaped form fits."""
    low, high = 0, min(len(text), max(limit, 0))
    while low < high:
        middle = (low + high + 1) // 2
        if size(escape(text[:middle])) <= limit:
            low = middle
        else:
            high = middle - 1
    return text[:low]
