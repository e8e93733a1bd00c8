"""Block Kit pieces, built so that each keeps its own limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from bot.model.delivery import JSON
from bot.platforms.slack import limits, mrkdwn

Block: TypeAlias = "dict[str, JSON]"


def marked(text: str) -> dict[str, JSON]:
    """Return a mrkdwn object of text that is safe already; verbatim: Slack looks for no mentions in it."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str) -> dict[str, JSON]:
    """Return a plain_text object of raw text: nothing in it is markup; emoji names stay as they are."""
    return {"type": "plain_text", "text": mrkdwn.escape(text), "emoji": False}


def header(text: str) -> Block:
    """Return a headline of raw text, cut to Slack's 150 characters."""
    return {"type": "header", "text": plain(mrkdwn.cut(mrkdwn.line(text) or "–", limits.HEADER))}


def section(text: dict[str, JSON], accessory: dict[str, JSON] | None = None) -> Block:
    """Return a section with at most one button beside it."""
    block: Block = {"type": "section", "text": text}
    if accessory is not None:
        block["accessory"] = accessory
    return block


def context(text: str) -> Block:
    """Return a line of small print from text that is safe already."""
    return {"type": "context", "elements": [marked(text)]}


def button(label: str, action_id: str, value: str) -> dict[str, JSON]:
    """Return a button whose label is ours."""
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value}


def actions(buttons: Iterable[dict[str, JSON]]) -> Block:
    """Return a row of buttons."""
    row: list[JSON] = list(buttons)
    return {"type": "actions", "elements": row}


def verbatim(text: str) -> list[Block]:
    """Return a raw text, whole and unformatted, as plain sections."""
    return [section(plain(part)) for part in mrkdwn.pieces(text, limits.TEXT) if part.strip()]


def joined(items: Sequence[str], separator: str, limit: int = limits.TEXT) -> list[str]:
    """Join safe texts into as few as possible of at most `limit` units; no item is divided."""
    texts: list[str] = []
    for item in items:
        if texts and mrkdwn.size(texts[-1]) + mrkdwn.size(separator) + mrkdwn.size(item) <= limit:
            texts[-1] += separator + item
        else:
            texts.append(item)
    return texts


def weight(node: JSON) -> int:
    """Return the UTF-16 units of every string in a block, whatever it is for; Slack tells no count."""
    match node:
        case str():
            return mrkdwn.size(node)
        case list():
            return sum(weight(item) for item in node)
        case dict():
            return sum(weight(item) for item in node.values())
        case _:
            return 0
