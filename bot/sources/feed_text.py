"""Bytes to well-formed XML: the right encoding, and the faults that feeds commit repaired."""

from __future__ import annotations

import codecs
import contextlib
import html.entities
import re

from bot.sources.errors import SourceError

_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARATION_TEXT = re.compile(r"<\?xml[^>]{0,300}\?>")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_ROOT = re.compile(r"<(?:(rss|feed|rdf|channel)|(\w+):(rss|feed|rdf))(?=[\s>])", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(
    r"&(?!amp;|lt;|gt;|quot;|apos;)(?:#(x[0-9a-fA-F]{1,8}|[0-9]{1,8});|([A-Za-z][A-Za-z0-9]{0,40});)?"
)
_STRAY_BRACKET = re.compile(r"<(?![A-Za-z_:]|/[A-Za-z_:]|!--|!\[CDATA\[|\?[A-Za-z])")
_DECLARED = re.compile(
    r"""<!ENTITY\s+([A-Za-z][A-Za-z0-9]{0,40})\s+(?:"([^"<&%]{0,200})"|'([^'<&%]{0,200})')\s*>"""
)
"""Entities that a document declares: only short ones that refer to nothing, so that they cannot multiply."""

# Encodings of one byte a letter accept any bytes: what is valid UTF-8 beyond ASCII is never really theirs.
_ACCEPTS_ANYTHING = frozenset(("iso8859-1", "cp1252", "ascii", "iso8859-15"))


HEAD = 4096
"""Bytes in which a page names its encoding; the standard of HTML asks for the first 1,024."""


def declared_encoding(body: bytes) -> str | None:
    """Return the name of the encoding that an XML declaration gives, lower case; None when it gives none."""
    found = _DECLARATION.match(body[:400].removeprefix(codecs.BOM_UTF8))
    return found[1].decode("ascii").lower() if found else None


def decoded(body: bytes, content_type: str | None = None) -> str:
    """Return a document as text; never raises.

    In this order: a byte order mark, UTF-16 by its zero bytes, UTF-8 when the bytes allow it, the declaration
    of the XML or of the page, the server's charset, the same with a few faults, at last Windows-1252, which
    most undeclared Western text is.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:4] in (b"<\0?\0", b"<\0r\0", b"<\0f\0"):
        return body.decode("utf-16-le", "replace")
    if body[:4] in (b"\0<\0?", b"\0<\0r", b"\0<\0f"):
        return body.decode("utf-16-be", "replace")
    meta = _META.search(body[:HEAD])
    declared = _known(declared_encoding(body) or (meta[1].decode("ascii") if meta else None))
    server = _CHARSET.search(content_type or "")
    if declared and declared.startswith(("utf-16", "utf-32")):
        declared = None  # such a document begins with zero bytes or a mark, as none of these did
    claims = [declared, _known(server[1]) if server else None]
    # A multi-byte claim is tried first: escape sequences make some of these valid UTF-8 too.
    several = [name for name in claims if name and name not in _ACCEPTS_ANYTHING]
    single = [
        "cp1252" if name in ("iso8859-1", "ascii") else name for name in claims if name in _ACCEPTS_ANYTHING
    ]
    for name in (*(n for n in several if n != "utf-8"), "utf-8", *single):
        with contextlib.suppress(UnicodeError):
            return body.decode(name)
    # A stray byte, or a letter cut in half where the document was cut, does not make it another encoding.
    for name in (*several, "utf-8"):
        text = body.decode(name, "replace")
        if text.count("\ufffd") * 10 <= sum(letter > "\x7f" for letter in text):
            return text
    return body.decode("cp1252", "replace")


def _known(name: str | None) -> str | None:
    """Return Python's own name of an encoding for text; None when there is none."""
    if not name:
        return None
    try:
        b"<".decode(name, "replace")  # refuses the codecs that are not for text
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def root_of(text: str) -> re.Match[str] | None:
    """Return where the first element of a feed stands, or what looks like one; None when nothing does."""
    return _ROOT.search(text)


def repaired(text: str) -> tuple[str, bool]:
    """Return a feed's text with its common faults mended, and whether the document was cut off.

    Mended are: junk before and after the document, characters that XML forbids, entities that only HTML
    knows, stray ampersands and brackets. Of the entities that a DOCTYPE declares only short texts are kept.

    Raises:
        SourceError: there is no element that a feed could begin with.
    """
    root = root_of(text)
    if root is None:
        raise SourceError("This is not a feed.", "Give the address of an RSS, Atom or JSON feed.")
    name = root[0][1:]
    prolog = text[: min(root.start(), 65536)]
    own = (
        {found[1]: found[2] or found[3] or "" for found in _DECLARED.finditer(prolog)}
        if "<!E" in prolog
        else {}
    )
    text = text[root.start() :]
    end = text.rfind(f"</{name}")
    end = end if end >= 0 else text.lower().rfind(f"</{name.lower()}")
    close = text.find(">", end) if end >= 0 else -1
    cut = close < 0
    if not cut:
        text = text[: close + 1]
    return mended(text, own), cut


def mended(text: str, entities: dict[str, str]) -> str:
    """Return XML without its declaration, forbidden characters, strange entities and stray signs.

    Args:
        text: the document, from its first element on.
        entities: what those stand for that the document declares itself.
    """
    text = _ILLEGAL.sub("", _DECLARATION_TEXT.sub("", text))
    return _AMPERSAND.sub(lambda found: _entity(found, entities), _STRAY_BRACKET.sub("&lt;", text))


def _entity(found: re.Match[str], own: dict[str, str]) -> str:
    """Return what XML understands for an ampersand and what follows it."""
    number, name = found[1], found[2]
    if name in own:
        return own[name].replace(">", "&gt;")
    if number:
        code = int(number[1:], 16) if number[0] == "x" else int(number)
        legal = (
            code in (9, 10, 13)
            or 32 <= code < 0xD800
            or 0xE000 <= code < 0xFFFE
            or 0x10000 <= code < 0x110000
        )
        return found[0] if legal else "\ufffd"
    if name and (letter := html.entities.html5.get(f"{name};")):
        return letter if letter not in "<>&" else f"&#{ord(letter)};"
    return "&amp;" + found[0][1:]
