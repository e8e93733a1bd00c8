"""Slack's markup as a reader sees it: what a message shows, links, formats and whom it pings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_TAG = re.compile(r"<([^<>]*)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_FORMATS = (
    re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"),
    re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"),
    re.compile(r"`([^`\n]+)`"),
)
_EMOJI = re.compile(r":([a-z][a-z0-9_+'-]*):")


@dataclass(slots=True)
class Reading:
    """One text object, read.

    Attributes:
        shown: the letters a person sees, without markup.
        links: (address, label) in order.
        pings: mentions of people, groups or everyone, as written.
        formatted: parts that are bold, italic, struck, code, an emoji or a quote.
        faults: what Slack would not understand: a lone "<" or "&", a link without an address.
    """

    shown: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    pings: list[str] = field(default_factory=list)
    formatted: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(text: Mapping[str, Any]) -> Reading:
    """Read a text object: {"type": "mrkdwn" | "plain_text", "text": ...}."""
    raw = str(text["text"])
    reading = Reading()
    if text["type"] == "plain_text":
        reading.shown = _plain(raw, reading)
        return reading
    shown: list[str] = []
    end = 0
    for tag in _TAG.finditer(raw):
        shown.append(_plain(raw[end : tag.start()], reading))
        shown.append(_tag(tag[1], reading))
        end = tag.end()
    shown.append(_plain(raw[end:], reading))
    reading.shown = _unformatted("".join(shown), reading)
    if text.get("verbatim") is not True and re.search(r"(?<!\w)[@#]\w|https?://", _TAG.sub("", raw)):
        reading.pings.append("words parsed for mentions and links, as verbatim is not set")
    return reading


def _tag(inside: str, reading: Reading) -> str:
    target, bar, label = inside.partition("|")
    if target[:1] in ("@", "!", "#"):
        reading.pings.append(inside)
        return label if bar else target
    if not re.match(r"https?://[^\s]+$|mailto:[^\s]+$", target) or (bar and not label):
        reading.faults.append(f"no link: <{inside}>")
    shown = _plain(label if bar else target, reading)
    reading.links.append((_plain(target, reading), shown))
    return shown


def _plain(raw: str, reading: Reading) -> str:
    """Undo the three escapes; any other "&", "<" or ">" is a fault of the sender."""
    rest = _ENTITY.sub("", raw)
    reading.faults.extend(f"unescaped {char!r}" for char in rest if char in "&<>")
    return raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unformatted(shown: str, reading: Reading) -> str:
    for pattern in _FORMATS:
        reading.formatted += [match[1] for match in pattern.finditer(shown)]
        shown = pattern.sub(r"\1", shown)
    reading.formatted += _EMOJI.findall(shown)
    reading.formatted += [line for line in shown.split("\n") if line.lstrip().startswith(">")]
    return shown


def text_objects(node: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any JSON
    """Give every text object of a message's blocks, in reading order."""
    if isinstance(node, Mapping):
        if node.get("type") in ("mrkdwn", "plain_text"):
            yield node
            return
        for value in node.values():
            yield from text_objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from text_objects(value)


def shown(blocks: Any) -> str:  # noqa: ANN401 - any JSON
    """Return all that a reader sees of blocks, a text object a line."""
    return "\n".join(read(text).shown for text in text_objects(blocks))
