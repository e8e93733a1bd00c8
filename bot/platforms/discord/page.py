"""Blocks packed into messages: each within Discord's limits, in order, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model.delivery import JSON, Payload
from bot.platforms.discord import custom_id, limits
from bot.platforms.discord.custom_id import Press

COLOUR = 0x2F6FA7
ALARM = 0xB3261E

_TEXT_DISPLAY, _SECTION, _SEPARATOR, _CONTAINER, _ROW, _BUTTON = 10, 9, 14, 17, 1, 2

# Kept free on every message: the frame, a row with "More" and "Share", a line with the page number.
_COMPONENTS = limits.COMPONENTS - 5
_TEXT = limits.TEXT - 100


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs together, such as a story.

    Attributes:
        lines: finished markdown, each at most `limits.PIECE` units.
        press: what the button beside it does.
        label: the button's words.
        apart: it stands under a dividing line.
    """

    lines: tuple[str, ...]
    press: Press | None = None
    label: str = ""
    apart: bool = False


@dataclass(slots=True)
class _Page:
    """A message in the making."""

    parts: list[JSON] = field(default_factory=list)
    components: int = 0
    text: int = 0
    open_lines: list[str] | None = None

    def fits(self, components: int, text: int) -> bool:
        return self.components + components <= _COMPONENTS and self.text + text <= _TEXT

    def add(self, block: Block, lines: Sequence[str], button: Payload | None) -> None:
        components, text = _cost(block, lines, button)
        if block.apart and self.parts:
            self.parts.append({"type": _SEPARATOR, "divider": True, "spacing": 1})
        self.components += components
        self.text += text
        display: Payload = {"type": _TEXT_DISPLAY, "content": "\n".join(lines)}
        if button is None:
            self.parts.append(display)
        else:
            self.parts.append({"type": _SECTION, "components": [display], "accessory": button})


def pack(
    blocks: Sequence[Block], *, colour: int = COLOUR, below: Press | None = None, label: str = ""
) -> tuple[Payload, ...]:
    """Return the messages that show the blocks in order; a block too long for one message is continued.

    Args:
        blocks: at least one, each with at least one line.
        colour: of the bar at the side, 0..0xFFFFFF.
        below: what a button under the last message does.
        label: its words.
    """
    pages = [_Page()]
    for place, block in enumerate(_joined(blocks)):
        _place(pages, block, _button(block.press, block.label, place))
    return tuple(
        _message(page, number, len(pages), colour, below, label) for number, page in enumerate(pages, 1)
    )


def with_share(payload: Payload) -> Payload:
    """Return a message of ours with a button under it that posts it for everybody to see."""
    components = payload["components"]
    share = _button(custom_id.Share(), "Share", 0)
    if not isinstance(components, list) or share is None:
        return payload
    last = components[-1]
    if isinstance(last, dict) and last["type"] == _ROW and isinstance(last["components"], list):
        row: Payload = {"type": _ROW, "components": [*last["components"], share]}
        return {**payload, "components": [*components[:-1], row]}
    return {**payload, "components": [*components, {"type": _ROW, "components": [share]}]}


def without_share(components: Sequence[JSON]) -> list[JSON]:
    """Return a message's components without its Share button, for everybody to see."""
    kept: list[JSON] = []
    for part in components:
        if isinstance(part, dict) and part.get("type") == _ROW and isinstance(part.get("components"), list):
            buttons = part["components"]
            assert isinstance(buttons, list)  # noqa: S101 - said above; mypy does not follow through .get()
            others: list[JSON] = [button for button in buttons if not _shares(button)]
            if others:
                kept.append({**part, "components": others})
        else:
            kept.append(part)
    return kept


def _shares(button: JSON) -> bool:
    named = button.get("custom_id") if isinstance(button, dict) else None
    return isinstance(named, str) and isinstance(custom_id.read(named), custom_id.Share)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join neighbours without button and line: components are scarcer than text."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block.press is None and not block.apart and joined[-1].press is None:
            joined[-1] = Block((*joined[-1].lines, *block.lines), apart=joined[-1].apart)
        else:
            joined.append(block)
    return joined


def _place(pages: list[_Page], block: Block, button: Payload | None) -> None:
    components, text = _cost(block, block.lines, button)
    if not pages[-1].fits(components, text) and pages[-1].parts and _Page().fits(components, text):
        pages.append(_Page())
    lines = list(block.lines)
    while lines:
        taken = _fitting(pages[-1], block, lines, button)
        if not taken:
            pages.append(_Page())
            continue
        pages[-1].add(block, lines[:taken], button)
        lines = lines[taken:]
        button = None


def _fitting(page: _Page, block: Block, lines: Sequence[str], button: Payload | None) -> int:
    taken = 0
    while taken < len(lines) and page.fits(*_cost(block, lines[: taken + 1], button)):
        taken += 1
    return taken


def _cost(block: Block, lines: Sequence[str], button: Payload | None) -> tuple[int, int]:
    """Return the components and the UTF-16 units that a block's lines take."""
    components = 1 + (2 if button else 0) + (1 if block.apart else 0)
    text = sum(limits.units(line) + 1 for line in lines)
    return components, text + (limits.units(block.label) if button else 0)


def _button(press: Press | None, label: str, place: int) -> Payload | None:
    named = custom_id.write(press, place) if press else None
    if named is None:
        return None
    return {"type": _BUTTON, "style": 2, "label": label, "custom_id": named}


def _message(page: _Page, number: int, total: int, colour: int, below: Press | None, label: str) -> Payload:
    parts = list(page.parts)
    if total > 1:
        parts.append({"type": _TEXT_DISPLAY, "content": f"-# {number} of {total}"})
    components: list[JSON] = [{"type": _CONTAINER, "accent_color": colour, "components": parts}]
    button = _button(below, label, 0) if number == total else None
    if button:
        components.append({"type": _ROW, "components": [button]})
    return {"flags": limits.COMPONENTS_V2, "components": components, "allowed_mentions": {"parse": []}}
