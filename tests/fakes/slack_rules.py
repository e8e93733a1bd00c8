"""What Slack refuses in a message, after its public reference; written apart from the bot's own limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack_markup import text_objects

KINDS = ("actions", "context", "divider", "header", "image", "rich_text", "section")
MOST_CHARACTERS = 9_600  # 9,597 were accepted and 11,341 refused


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def refusal(message: Mapping[str, Any]) -> str | None:
    """Return the error Slack names for a message, or None when it takes it."""
    if "metadata" in message and _bad_metadata(message["metadata"]):
        return "invalid_metadata_format"
    text, blocks = message.get("text", ""), message.get("blocks", [])
    if not isinstance(text, str) or not isinstance(blocks, list):
        return "invalid_arguments"
    if units(text) > 40_000:
        return "msg_too_long"
    if not text and not blocks:
        return "no_text"
    if len(blocks) > 50:
        return "invalid_blocks"
    if sum(units(str(part["text"])) for part in text_objects(blocks)) > MOST_CHARACTERS:
        return "msg_blocks_too_long"
    names = [name for block in blocks for name in _names(block)]
    if len(names) != len(set(names)) or any(_wrong(block) for block in blocks):
        return "invalid_blocks"
    return None


def _bad_metadata(metadata: Any) -> bool:  # noqa: ANN401 - any JSON
    match metadata:
        case {"event_type": str(kind), "event_payload": dict(), **rest}:
            return not kind or bool(rest)
        case _:
            return True


def _names(block: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """Return the block_id and action_ids of a block; all must be unique in the message."""
    if not isinstance(block, Mapping):
        return []
    elements = [*block.get("elements", []), *filter(None, [block.get("accessory")])]
    names = [block.get("block_id"), *(element.get("action_id") for element in elements)]
    return [name for name in names if name]


def _wrong(block: Any) -> bool:  # noqa: ANN401 - any JSON
    if not isinstance(block, Mapping) or block.get("type") not in KINDS:
        return True
    match block["type"]:
        case "header":
            return _bad_text(block.get("text"), 150, ("plain_text",))
        case "section":
            accessory = block.get("accessory")
            return _bad_text(block.get("text"), 3000) or (accessory is not None and _bad_button(accessory))
        case "context":
            elements = block.get("elements", [])
            return not 1 <= len(elements) <= 10 or any(_bad_text(element, 3000) for element in elements)
        case "actions":
            elements = block.get("elements", [])
            return not 1 <= len(elements) <= 25 or any(_bad_button(element) for element in elements)
        case _:
            return False


def _bad_text(text: Any, most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> bool:  # noqa: ANN401
    """Say whether a text object is refused: of another kind, empty, or too long."""
    return (
        not isinstance(text, Mapping)
        or text.get("type") not in kinds
        or not isinstance(text.get("text"), str)
        or not 1 <= units(text["text"]) <= most
        or not text["text"].strip()
        or ("verbatim" in text and text["type"] != "mrkdwn")
        or ("emoji" in text and text["type"] != "plain_text")
    )


def _bad_button(button: Any) -> bool:  # noqa: ANN401 - any JSON
    return (
        not isinstance(button, Mapping)
        or button.get("type") != "button"
        or _bad_text(button.get("text"), 75, ("plain_text",))
        or not 1 <= units(str(button.get("action_id", ""))) <= 255
        or units(str(button.get("value", ""))) > 2000
        or units(str(button.get("url", ""))) > 3000
    )
