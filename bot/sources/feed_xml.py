"""RSS, RDF and Atom out of an XML tree."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from bot.sources.dates import parse_date
from bot.sources.entry import Enclosure, Entry, Feed
from bot.sources.feed_names import TITLES, Element, Names, plan_of
from bot.sources.plaintext import literal_line, one_line, plain

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

Found = dict[str, list[Element]]


def feed_of(root: Element, *, base_url: str | None) -> Feed | None:
    """Return the feed of a tree; None when its root is not one of a feed.

    Args:
        root: the first element of the document.
        base_url: what relative addresses start from when the document does not say.
    """
    if not isinstance(root.tag, str):
        return None
    namespace, _, local = root.tag[1:].partition("}") if root.tag.startswith("{") else ("", "", root.tag)
    local = local.lower().rpartition(":")[2]
    form = {"rss": "rss", "channel": "rss", "rdf": "rdf", "feed": "atom"}.get(local)
    if form is None:
        return None
    own = "http://purl.org/rss/1.0/" if form == "rdf" else namespace
    names = Names(own)
    wanted = "entry" if form == "atom" else "item"
    spellings = [f"{{*}}{form}" for name in ("item", "entry") for form in (name, name.title(), name.upper())]
    named = [(names.of(element), element) for element in root.iter(*spellings)]
    items = [element for name, element in named if name in (wanted, "atom:entry")]
    if not items:  # an Atom feed of items, an RSS feed of entries
        items = [element for name, element in named if name in ("item", "entry")]
    channel = root
    if form != "atom":
        channel = next((child for child in root if names.of(child) == "channel"), root)
    return _Reader(names, form, base_url).feed(channel, items)


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, names: Names, form: str, base_url: str | None) -> None:
        self._names = names
        self._form = form
        self._base = base_url

    def feed(self, channel: Element, items: list[Element]) -> Feed:
        found = self._children(channel)
        if not self._base:
            self._base = self._link(found)
        links = [*found.get("link", ()), *found.get("atom:link", ())]
        relations = {
            str(link.get("rel", "alternate")).lower(): link for link in reversed(links) if link.get("href")
        }
        hub, own = relations.get("hub"), relations.get("self")
        return Feed(
            title=self._title(found),
            link=self._link(found) or self._absolute(channel.get("href") or channel.get("HREF"), channel),
            self_url=self._absolute(own.get("href"), own) if own is not None else None,
            language=_text(found, ("language", "dc:language")) or channel.get(_XML_LANG),
            entries=tuple(self.entry(item) for item in items),
            hub=self._absolute(hub.get("href"), hub) if hub is not None else None,
            ttl_minutes=_ttl(found),
            skip_hours=frozenset(h % 24 for h in _numbers(found, "skiphours") if 0 <= h <= 24),
            skip_days=frozenset(_DAYS.index(d) + 1 for d in _words(found, "skipdays") if d in _DAYS),
            form=self._form,
        )

    def entry(self, item: Element) -> Entry:
        found = self._children(item)
        plan = plan_of(tuple(found))
        full = self._body(found, plan.full) if plan.full else ""
        short = self._body(found, plan.short) if plan.short else ""
        if not short and not full:
            short = self._body(found, plan.shorter) if plan.shorter else ""
        spoken = self._body(found, plan.spoken) if plan.spoken else ""
        enclosures = self._enclosures(found) if plan.carriers else ()
        published = _date(found, plan.published)
        updated = _date(found, plan.updated) if plan.updated else None
        attributes = item.keys()
        return Entry(
            title=self._title(found, plan.titles),
            link=self._link(found)
            or (self._absolute(item.get("href") or item.get("HREF"), item) if attributes else None),
            guid=_text(found, plan.guids) or (item.get(_RDF_ABOUT) if attributes else None) or None,
            published=published or updated,
            updated=updated,
            text=max(full, short, spoken, key=len),
            summary=short or full,
            author=self._author(found, plan.authors) if plan.authors else None,
            categories=self._categories(found, plan.categories) if plan.categories else (),
            language=_text(found, plan.languages) or (item.get(_XML_LANG) if attributes else None),
            image=self._image(found, enclosures) if enclosures or plan.pictures else None,
            enclosures=enclosures,
            original_link=_web(_text(found, plan.origins)) if plan.origins else None,
        )

    def _children(self, parent: Element) -> Found:
        found: Found = {}
        known, name_of = self._names.known, self._names.of
        for child in parent:
            name = known.get(child.tag)
            if name is None:
                name = name_of(child)
            if name == "media:group":
                for inner, elements in self._children(child).items():
                    found.setdefault(inner, []).extend(elements)
            elif name in found:
                found[name].append(child)
            elif name:
                found[name] = [child]
        return found

    def _title(self, found: Found, names: tuple[str, ...] = TITLES) -> str:
        for name in names:
            for element in found.get(name, ()):
                kind = str(element.get("type", "")).lower()
                text = "".join(element.itertext()) if len(element) else element.text or ""
                if element.get("mode") == "base64" or kind == "application/octet-stream":
                    text = _unpacked(text)
                # Atom's plain text is not markup: its brackets are the writer's own.
                literal = self._form == "atom" and ":" not in name and kind in ("", "text", "text/plain")
                title = literal_line(text) if literal else one_line(text)
                if title:
                    return title
        return ""

    def _body(self, found: Found, names: tuple[str, ...]) -> str:
        for name in names:
            for element in found.get(name, ()):
                if len(element):
                    text = plain(_inner(element))
                else:
                    raw = element.text
                    text = plain(raw) if raw else ""
                if text:
                    return text
        return ""

    def _link(self, found: Found) -> str | None:
        best = self._plain_link(found)
        if best is None:
            alternates = [
                e for e in (*found.get("link", ()), *found.get("atom:link", ())) if _is_alternate(e)
            ]
            pages = [e for e in alternates if "html" in str(e.get("type", "html"))]
            for element in (*pages, *alternates):
                if best := self._absolute(element.get("href"), element):
                    break
        if best is None:
            for element in found.get("guid", ()):
                if str(element.get("ispermalink", element.get("isPermaLink", "true"))).lower() != "false":
                    best = _web(element.text)
        if best is None:
            for element in found.get("content", ()):
                best = self._absolute(element.get("src"), element) if element.get("src") else best
        return best

    def _plain_link(self, found: Found) -> str | None:
        for element in found.get("link", ()):
            if element.text and not element.get("href") and (text := element.text.strip()):
                return self._absolute(text, element)
        return None

    def _absolute(self, address: object, element: Element) -> str | None:
        """Return an address made absolute; None for other schemes than the web's.

        It starts from xml:base, else from the feed's own address. Without either it stays as it is.
        """
        text = str(address or "").replace("\n", "").strip()
        if not text or text.startswith(("http://", "https://")):
            return text or None
        base = element.base or ""
        if not base.startswith(("http://", "https://")):
            base = self._base or ""
        if not base.startswith(("http://", "https://")):
            return None if _SCHEME.match(text) else text
        host = base.split("/")[2].lower()
        if text.lower().startswith(f"{host}/"):  # the site's own name, without a scheme before it
            return f"{base.partition('://')[0]}://{text}"
        try:
            joined = urljoin(base, text)
        except ValueError:
            return None
        return joined if joined.lower().startswith(("http://", "https://")) else None

    def _author(self, found: Found, keys: tuple[str, ...]) -> str | None:
        names: dict[str, None] = {}
        for key in keys:
            for element in found.get(key, ()):
                if len(element):
                    inner = {self._names.of(child).rpartition(":")[2]: child.text for child in element}
                    text = inner.get("name") or inner.get("email") or ""
                else:
                    text = element.text or ""
                name = one_line(text)
                if name.endswith(")") and "@" in name.partition("(")[0]:
                    name = name.partition("(")[2][:-1].strip() or name  # "post@example.org (Ada Quist)"
                if name:
                    names[name] = None
            if names:
                break
        return ", ".join(names) or None

    def _categories(self, found: Found, keys: tuple[str, ...]) -> tuple[str, ...]:
        words: dict[str, None] = {}
        for key in keys:
            for element in found.get(key, ()):
                word = one_line(str(element.get("label") or element.text or element.get("term") or ""))
                if word:
                    words[word] = None
        return tuple(words)

    def _enclosures(self, found: Found) -> tuple[Enclosure, ...]:
        kept = []
        for element in (*found.get("enclosure", ()), *found.get("link", ()), *found.get("atom:link", ())):
            if element.get("rel", "enclosure") != "enclosure":
                continue
            address = element.get("url") or (element.get("href") if element.get("rel") else None)
            if address and (url := self._absolute(address, element)):
                length = str(element.get("length") or "").strip()
                size = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
                kept.append(Enclosure(url, str(element.get("type") or ""), size))
        return tuple(kept)

    def _image(self, found: Found, enclosures: tuple[Enclosure, ...]) -> str | None:
        for element in (*found.get("media:content", ()), *found.get("media:thumbnail", ())):
            kind = str(element.get("medium") or element.get("type") or "")
            thumbnail = self._names.of(element) == "media:thumbnail"
            if (thumbnail or kind.startswith("image")) and (
                url := self._absolute(element.get("url"), element)
            ):
                return url
            for inner in element:
                if self._names.of(inner) == "media:thumbnail" and (
                    url := self._absolute(inner.get("url"), inner)
                ):
                    return url
        for enclosure in enclosures:
            if enclosure.type.startswith("image"):
                return enclosure.url
        for element in found.get("itunes:image", ()):
            return self._absolute(element.get("href"), element)
        return None


def _unpacked(text: str) -> str:
    """Return the text of base64, which early Atom allowed; the text itself when it is none."""
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except ValueError:
        return text


def _is_alternate(element: Element) -> bool:
    return bool(element.get("href")) and str(element.get("rel") or "alternate").lower() == "alternate"


def _inner(element: Element) -> str:
    """Return the markup within an element."""
    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def _text(found: Found, names: tuple[str, ...]) -> str | None:
    """Return the first text there is under any of the names, on one line."""
    for name in names:
        for element in found.get(name, ()):
            if element.text and (text := " ".join(element.text.split())):
                return text
    return None


def _date(found: Found, names: tuple[str, ...]) -> datetime | None:
    """Return the first date that can be read under any of the names."""
    for name in names:
        for element in found.get(name, ()):
            if (text := element.text) and (moment := parse_date(text)):
                return moment
    return None


def _web(address: str | None) -> str | None:
    text = (address or "").strip()
    return text if text.lower().startswith(("http://", "https://")) else None


def _ttl(found: Found) -> int | None:
    """Return minutes from ttl, or from sy:updatePeriod and sy:updateFrequency."""
    ttl = _text(found, ("ttl",))
    if ttl and ttl.isascii() and ttl.isdigit() and len(ttl) < 7 and int(ttl) > 0:
        return int(ttl)
    period = _PERIODS.get((_text(found, ("sy:updateperiod",)) or "").lower())
    if period is None:
        return None
    often = _text(found, ("sy:updatefrequency",)) or "1"
    return (
        max(1, period // int(often)) if often.isascii() and often.isdigit() and int(often[:5]) > 0 else period
    )


def _words(found: Found, name: str) -> Iterator[str]:
    for element in found.get(name, ()):
        for child in element:
            if child.text:
                yield child.text.strip().lower()


def _numbers(found: Found, name: str) -> Iterator[int]:
    for word in _words(found, name):
        if word.isascii() and word.isdigit() and len(word) < 3:
            yield int(word)
