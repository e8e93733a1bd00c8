"""What Discord accepts as a message: its documented limits, checked as strictly as it may be doing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

COMPONENTS_V2 = 1 << 15
EPHEMERAL = 1 << 6
_ROW, _BUTTON, _SECTION, _TEXT, _SEPARATOR, _CONTAINER = 1, 2, 9, 10, 14, 17
_TOP = {_ROW, _SECTION, _TEXT, _SEPARATOR, _CONTAINER}
_NESTED = {_ROW, _SECTION, _TEXT, _SEPARATOR}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def fault(body: Any) -> str | None:  # noqa: ANN401 - whatever a client sends
    """Say what is wrong with a message, in a few words; None when Discord would take it."""
    if not isinstance(body, dict):
        return "not an object"
    try:
        str(body).encode()
    except UnicodeEncodeError:
        return "not Unicode"
    nonce = body.get("nonce")
    if nonce is not None and units(str(nonce)) > 25:
        return "nonce too long"
    if not body.get("flags", 0) & COMPONENTS_V2:
        content = body.get("content") or ""
        if body.get("components") or not content.strip():
            return "empty message"
        return "content too long" if units(content) > 2000 else None
    if body.get("content") or body.get("embeds") or body.get("poll") or body.get("sticker_ids"):
        return "content beside components"
    return components_fault(body.get("components"))


def components_fault(components: Any) -> str | None:  # noqa: ANN401 - whatever a client sends
    if not isinstance(components, list) or not components:
        return "no components"
    if any(part.get("type") not in _TOP for part in components):
        return "component not allowed at the top"
    every = list(walk(components))
    for part in every:
        if found := _part_fault(part):
            return found
    if len(every) > 40:
        return f"{len(every)} components"
    total = sum(units(part.get("content", "")) + units(part.get("label", "")) for part in every)
    if total > 4000:
        return f"{total} characters"
    return _repeated(every)


def walk(components: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield every component, outer before inner, in reading order."""
    for part in components or []:
        yield part
        yield from walk(part.get("components"))
        if "accessory" in part:
            yield from walk([part["accessory"]])


def _repeated(every: list[dict[str, Any]]) -> str | None:
    for name in ("custom_id", "id"):
        given = [part[name] for part in every if part.get(name)]
        if len(set(given)) < len(given):
            return f"{name} repeated"
    return None


def _part_fault(part: dict[str, Any]) -> str | None:
    if not isinstance(part.get("id", 0), int) or not 0 <= part.get("id", 0) < 2**31:
        return "bad component id"
    match part.get("type"):
        case 10:
            return None if part.get("content", "").strip() else "empty text"
        case 2:
            return _button_fault(part)
        case 9:
            texts = part.get("components", [])
            if not 1 <= len(texts) <= 3 or any(text.get("type") != _TEXT for text in texts):
                return "bad section"
            return None if part.get("accessory", {}).get("type") == _BUTTON else "section without accessory"
        case 1:
            buttons = part.get("components", [])
            fine = 1 <= len(buttons) <= 5 and all(button.get("type") == _BUTTON for button in buttons)
            return None if fine else "bad row"
        case 17:
            inner = part.get("components", [])
            fine = bool(inner) and all(child.get("type") in _NESTED for child in inner)
            return None if fine and 0 <= part.get("accent_color", 0) <= 0xFFFFFF else "bad container"
        case 14:
            return None if part.get("spacing", 1) in (1, 2) else "bad separator"
        case other:
            return f"unknown component {other}"


def _button_fault(button: dict[str, Any]) -> str | None:
    label = button.get("label", "")
    if not 1 <= units(label) <= 80:
        return "bad label"
    if button.get("style") == 5:
        url = button.get("url", "")
        return None if url.startswith(("http://", "https://")) and units(url) <= 512 else "bad url"
    if button.get("style") not in (1, 2, 3, 4):
        return "bad style"
    return None if 1 <= units(button.get("custom_id", "")) <= 100 else "bad custom_id"
