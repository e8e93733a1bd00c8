"""HTML to plain text, a paragraph a line: quick, and of linear time whatever the input."""

from __future__ import annotations

import html
import re

_INSIDE = r"""[^<>"']*+(?:(?:"[^"]{0,2000}"|'[^']{0,2000}')[^<>"']*+)*+"""
_TAG = re.compile(rf"<(/?)(?:[a-zA-Z]\w*:)?([a-zA-Z][a-zA-Z0-9]*)\b(?:{_INSIDE}|[^<>]*+)/?>|<[!?/][^<>]*>")
"""A tag; a quoted value may hold angle brackets. Quantifiers never give back, so that time stays linear."""

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody tfoot thead tr ul"
    .split()
)
_CELLS = frozenset(("td", "th"))
_HIDDEN = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "textarea", "select", "button")
)
_CLOSING = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in _HIDDEN}
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|br|div|a|img|b|i|em|strong|span|ul|ol|li|h[1-6]|blockquote|table|figure|script)(?:\s[^<>]{0,500})?/?&gt;",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain(markup: str) -> str:
    """Return the text of an HTML fragment: a line a paragraph, white space collapsed, scripts and tags gone."""
    if "<" in markup:
        if "<!" in markup:
            markup = _without_comments(markup)
        text = _untagged(markup)
        if text is None:
            text = _paragraphs(markup)
    elif "&lt;" in markup and _ESCAPED_TAG.search(markup):
        return plain(html.unescape(markup))  # escaped once more than its writer meant
    else:
        text = _paragraphs(markup)
    if "&" in text:
        text = html.unescape(text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _CONTROLS.sub("", "\n".join(line for line in lines if line))


def one_line(markup: str) -> str:
    """Return a headline as plain text on one line: entities read, inline tags and scripts gone."""
    text = html.unescape(markup) if "&" in markup else markup
    if "<" in text:
        text = _INLINE_TAG.sub("", _SCRIPT.sub("", text))
    if "&" in text:
        text = html.unescape(text)  # headlines are the texts that are escaped twice most often
    return _CONTROLS.sub("", " ".join(text.split()))


def _paragraphs(text: str) -> str:
    """Take blank lines for the ends of paragraphs, in a text without tags."""
    return _BLANK_LINES.sub("\0", text.strip()).replace("\n", " ").replace("\0", "\n")


def _without_comments(markup: str) -> str:
    """Drop comments and the marks of CDATA sections, in one pass."""
    parts = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0:
        parts.append(markup[at:start])
        end = markup.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(markup)
    parts.append(markup[at:])
    return "".join(parts).replace("<![CDATA[", "").replace("]]>", "")


def _untagged(markup: str) -> str | None:
    """Replace tags by line ends where a paragraph ends, by nothing elsewhere; None when there is no tag."""
    parts: list[str] = []
    at = 0
    preformatted = 0
    tag = _TAG.search(markup)
    if tag is None:
        return None
    while tag is not None:
        words = markup[at : tag.start()]
        parts.append(words if preformatted else words.replace("\n", " "))
        at = tag.end()
        name = (tag[2] or "").lower()
        if name in _BLOCKS:
            parts.append("\n")
            if name == "pre":
                preformatted = max(0, preformatted + (-1 if tag[1] else 1))
        elif name in _CELLS:
            parts.append(" ")
        elif name in _HIDDEN and not tag[1] and not tag[0].endswith("/>"):
            closing = _CLOSING[name].search(markup, at)
            # What never closes is shown, all but scripts: one stray tag must not swallow an article.
            if closing or name in ("script", "style"):
                at = closing.end() if closing else len(markup)
        tag = _TAG.search(markup, at)
    words = markup[at:]
    parts.append(words if preformatted else words.replace("\n", " "))
    return "".join(parts)
