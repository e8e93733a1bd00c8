"""Blocks into messages: as few as hold them, each within Slack's limits, a story whole where it can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.model.delivery import Payload
from bot.platforms.slack import limits, mrkdwn
from bot.platforms.slack.blocks import Block, weight


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together.

    Attributes:
        blocks: each within its own limits.
        headline: raw text that stands for the group in a notification; "" when nothing does.
    """

    blocks: tuple[Block, ...]
    headline: str = ""


@dataclass(slots=True)
class _Page:
    blocks: list[Block] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    weight: int = 0

    def takes(self, blocks: Sequence[Block]) -> bool:
        """Say whether these blocks still fit."""
        heavier = self.weight + sum(weight(block) for block in blocks)
        return len(self.blocks) + len(blocks) <= limits.BLOCKS and heavier <= limits.MESSAGE_TEXT

    def add(self, blocks: Iterable[Block]) -> None:
        """Add blocks that fit."""
        for block in blocks:
            self.blocks.append(block)
            self.weight += weight(block)


def paged(title: str, groups: Iterable[Group], *, last: Sequence[Block] = ()) -> tuple[Payload, ...]:
    """Lay groups out over messages, in order, losing none.

    Args:
        title: raw text that opens each notification.
        groups: a group goes to the next message whole, unless it is too big for any; then it is divided
            between blocks.
        last: blocks that must stand at the end of the last message, such as its buttons.
    """
    pages = [_Page()]
    for group in groups:
        if not pages[-1].takes(group.blocks) and pages[-1].blocks:
            pages.append(_Page())
        if group.headline:
            pages[-1].headlines.append(group.headline)
        for block in group.blocks:
            if not pages[-1].takes([block]):
                pages.append(_Page())
                if group.headline:
                    pages[-1].headlines.append(f"{group.headline} (continued)")
            pages[-1].add([block])
    if last:
        if not pages[-1].takes(last):
            pages.append(_Page())
        pages[-1].add(last)
    return tuple(_payload(title, page, number, len(pages)) for number, page in enumerate(pages, 1))


def _payload(title: str, page: _Page, number: int, total: int) -> Payload:
    opening = title if total == 1 else f"{title} ({number} of {total})"
    parts = [opening, *page.headlines]
    # Headlines are calmed one by one, as the fallback text is mrkdwn where Slack shows it.
    text = ""
    for part in parts:
        shown = mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(part), 300))
        if not shown or mrkdwn.size(text) + mrkdwn.size(shown) + 3 > limits.FALLBACK:
            continue
        text = f"{text} · {shown}" if text else shown
    return {
        "text": text or "Nutgraf",
        "blocks": list(page.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
    }
