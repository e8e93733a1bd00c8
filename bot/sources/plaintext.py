"""HTML to plain text, a paragraph a line: quick, and of linear time whatever the input.

Control characters are the caller's matter: XML holds none, JSON may.
"""

from __future__ import annotations

import html
import re


class _Separators(dict[str, str]):
    """What stands in the text for a tag of each name, in any case and with any prefix."""

    def __missing__(self, name: str) -> str:
        local = name.lower().rpartition(":")[2]
        found = "\n" if local in _BLOCKS else " " if local in ("td", "th") else ""
        if len(self) < 2000:  # names are made up by whoever writes the page: remember no endless number
            self[name] = found
        return found


_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SEPARATORS = _Separators()

# The quick form takes no bracket within a tag. Where the rest of a tag is left over afterwards, a quoted
# value held one, and the careful form is used. Its quantifiers never give back: time stays linear.
_INSIDE = r"""[^<>"']*+(?:(?:"[^"]{0,2000}"|'[^']{0,2000}')[^<>"']*+)*+"""
_QUICK_TAG = re.compile(r"</?([a-zA-Z!?][a-zA-Z0-9:]*)[^<>]*>")
_TAG = re.compile(rf"</?([a-zA-Z!?][a-zA-Z0-9:]*)(?:{_INSIDE}|[^<>]*+)>")
_LEFT_OVER = re.compile(r"""<[a-zA-Z/!?]|["'][^<>\n]{0,200}>""")
_HIDDEN_ELEMENTS = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "head",
    "textarea",
    "select",
    "button",
]
_HIDDEN_NAMES = frozenset(
    form(name) for name in _HIDDEN_ELEMENTS for form in (str.lower, str.upper, str.title)
)
_HIDDEN = re.compile(rf"<({'|'.join(_HIDDEN_ELEMENTS)})\b[^<>]*+>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|br|div|ul|ol|li|h[1-6]|blockquote|table|figure|script)(?:\s[^<>&]{0,500}+)?/?&gt;"
    r"|&lt;(?:a|img|span)\s",
    re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong"
    r"|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")


_QUICK = (
    # The entities that feeds write most; each stands for a letter that cannot begin another entity.
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&#8217;", "’"),
    ("&#8216;", "‘"),
    ("&#8220;", "“"),
    ("&#8221;", "”"),
    ("&#8211;", "–"),
    ("&#8212;", "—"),
    ("&#8230;", "…"),
    ("&rsquo;", "’"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&quot;", '"'),
    ("&lt;", "<"),
    ("&gt;", ">"),
)


def plain(markup: str) -> str:
    """Return the text of HTML: a line a paragraph, spaces collapsed, scripts and tags gone."""
    if "<" in markup and _TAG.search(markup):
        text = _untagged(markup)
    elif "&lt;" in markup and _ESCAPED_TAG.search(markup):
        return plain(html.unescape(markup))  # escaped once more than its writer meant
    else:
        text = _BLANK_LINES.sub("\0", markup.strip()).replace("\n", " ").replace("\0", "\n")
    if "&" in text:
        for entity, letter in _QUICK:
            text = text.replace(entity, letter)
        if "&" in text:
            only_amp = text.count("&") == text.count("&amp;")
            text = text.replace("&amp;", "&") if only_amp else html.unescape(text)
    for space in ("\xa0", "\t", "\r"):
        text = text.replace(space, " ")
    for end in ("\u2028", "\u2029", "\x85", "\x0b", "\x0c"):
        text = text.replace(end, "\n")
    while "  " in text:
        text = text.replace("  ", " ")
    return "\n".join([line for raw in text.split("\n") if (line := raw.strip())])


def one_line(markup: str) -> str:
    """Return a headline as plain text on one line: entities read, inline tags and scripts gone."""
    text = html.unescape(markup) if "&" in markup else markup
    if "<" in text:
        text = _INLINE_TAG.sub("", _SCRIPT.sub("", text))
    if "&" in text:
        text = html.unescape(text)  # headlines are the texts that are escaped twice most often
    return " ".join(text.split())


def literal_line(text: str) -> str:
    """Return a headline that is no markup on one line: its brackets are its writer's own."""
    return " ".join(html.unescape(text).split())


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


def _without_hidden(markup: str) -> str:
    """Drop scripts, styles and other elements that a reader of the page does not see as text."""
    parts: list[str] = []
    at = 0
    unclosed: set[str] = set()
    while tag := _HIDDEN.search(markup, at):
        name = tag[1].lower()
        parts.append(markup[at : tag.start()])
        at = tag.end()
        if name in unclosed or tag[0].endswith("/>"):
            continue
        closing = re.compile(rf"</{name}\b[^<>]*+>", re.IGNORECASE).search(markup, at)
        if closing:
            at = closing.end()
        elif name in ("script", "style"):
            at = len(markup)
        else:  # what never closes is shown: one stray tag must not swallow an article
            unclosed.add(name)
    parts.append(markup[at:])
    return "".join(parts)


def _unwrapped(markup: str) -> str:
    """Turn line ends into spaces, except within preformatted text."""
    if not ("<pre" in markup or "<PRE" in markup or "<Pre" in markup):
        return markup.replace("\n", " ")
    folded = markup.lower()
    parts: list[str] = []
    at = 0
    while (start := folded.find("<pre", at)) >= 0:
        end = folded.find("</pre", start)
        end = end if end >= 0 else len(markup)
        parts += [markup[at:start].replace("\n", " "), markup[start:end]]
        at = end
    parts.append(markup[at:].replace("\n", " "))
    return "".join(parts)


def _untagged(markup: str) -> str:
    """Replace tags by line ends where a paragraph ends, by nothing elsewhere."""
    if "<!" in markup:
        markup = _without_comments(markup)
    text = _joined(_QUICK_TAG, markup)
    if text is None or (("<" in text or ">" in text) and _LEFT_OVER.search(text)):
        text = _joined(_TAG, _without_hidden(markup))
    return text or ""


def _joined(tag: re.Pattern[str], markup: str) -> str | None:
    """Return the text between tags; None in the quick form when there are elements that must be hidden."""
    parts = tag.split(_unwrapped(markup))
    names = parts[1::2]
    if tag is _QUICK_TAG and not _HIDDEN_NAMES.isdisjoint(names):
        return None
    parts[1::2] = map(_SEPARATORS.__getitem__, names)
    return "".join(parts)
