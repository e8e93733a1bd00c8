"""Further blocks of an article that its page sets in several: those built like the one found. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree

from bot.sources.page_text import LONG, is_paragraph, key_of

LEAST_TEXT = 400
"""Characters in the paragraphs of a block; a notice or a teaser built alike has fewer."""

LEAST_PARAGRAPHS = 2

_FRAME = ("script", "style", "noscript", "nav", "footer", "aside", "form", "header")
_LINES = ("p", "li", "h2", "h3", "h4")


def blocks_alike(html: str, lines: Sequence[str]) -> list[str]:
    """Return the lines of all blocks built like the one that holds an article, in the page's order.

    Blocks are built alike when they are of one tag and class. Of a block that holds lines of the article,
    only those are returned: what stands between them was left out for a reason.

    Args:
        html: the page.
        lines: of its article, as they were found.

    Returns:
        Lines of the article and of further blocks; empty when there are no further ones.
    """
    parser = etree.HTMLParser(no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return []
    ours = {key_of(line) for line in lines}
    kind = _kind(root, {key_of(line) for line in lines if len(line) >= LONG})
    if kind is None:
        return []
    tag, name = kind
    found: list[str] = []
    further = False
    for block in root.iter(tag):
        if (block.get("class") or "") != name or _is_apart(block, kind):
            continue
        texts = [(child.tag, _text(child)) for child in block.iter(*_LINES)]
        held = [text for _, text in texts if key_of(text) in ours]
        if held:
            found += held
            continue
        paragraphs = [text for child, text in texts if child == "p" and is_paragraph(text)]
        if len(paragraphs) >= LEAST_PARAGRAPHS and sum(map(len, paragraphs)) >= LEAST_TEXT:
            found += [f"- {text}" if child == "li" else text for child, text in texts if text]
            further = True
    return found if further else []


def _kind(root: etree._Element, keys: set[str]) -> tuple[str, str] | None:
    """Return the tag and class of the elements that hold at least half of the article's long paragraphs."""
    sizes: Counter[tuple[str, str]] = Counter()
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        text = _text(paragraph)
        if parent is not None and key_of(text) in keys:
            sizes[str(parent.tag), parent.get("class") or ""] += len(text)
    if not sizes:
        return None
    kind, size = sizes.most_common(1)[0]
    return kind if kind[1].strip() and size * 2 >= sizes.total() else None


def _is_apart(block: etree._Element, kind: tuple[str, str]) -> bool:
    """Tell whether a block lies in the page's frame, among comments, or within another of its kind."""
    for outer in (block, *block.iterancestors()):
        names = f"{outer.get('id') or ''} {outer.get('class') or ''}".lower()
        if outer.tag in _FRAME or "comment" in names:
            return True
        if outer is not block and (str(outer.tag), outer.get("class") or "") == kind:
            return True
    return False


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
