"""robots.txt, by RFC 9309: whether a page may be read by us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.sources.fetch import Fetcher

MAX_BYTES = 512 * 1024
"""RFC 9309, 2.5: at least 500 kibibytes are read, what comes after may be passed over."""

KEEP_FOR = timedelta(hours=24)
"""RFC 9309, 2.4: rules should not be used for longer than a day."""

RETRY_AFTER = timedelta(minutes=30)
"""When the rules could not be had, they are asked for again after this time."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for one crawler: (allowed, path pattern)."""

    lines: tuple[tuple[bool, str], ...] = ()

    def allow(self, path: str) -> bool:
        """Say whether a path with its query may be read: the longest pattern that fits decides."""
        best, allowed = -1, True
        for allow, pattern in self.lines:
            if _fits(pattern, path) and (len(pattern) > best or (len(pattern) == best and allow)):
                best, allowed = len(pattern), allow
        return allowed


EVERYTHING = Rules()
NOTHING = Rules(((False, "/"),))


def rules_for(text: str, product: str) -> Rules:
    """Return the rules of a robots.txt for a crawler.

    Args:
        text: the file.
        product: the crawler's product token, such as "nutgraf"; groups for "*" hold when none names it.
    """
    groups: dict[str, list[tuple[bool, str]]] = {}
    agents: list[str] = []
    naming = False
    for raw in text[:MAX_BYTES].splitlines():
        key, colon, value = raw.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            naming = True
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow"):
            naming = False
            if value:
                for agent in agents:
                    groups[agent].append((key == "allow", value))
    mine = groups.get(product.lower(), groups.get("*", []))
    return Rules(tuple(mine))


def _fits(pattern: str, path: str) -> bool:
    """Match a pattern with "*" and a final "$" from the start of a path, in linear steps."""
    anchored = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1] if anchored else parts[1:]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not anchored:
        return True
    return (
        at == len(path) if len(parts) == 1 else path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= at
    )


class Robots:
    """Asks each host for its rules once a day.

    Args:
        fetcher: makes the requests.
        product: the crawler's product token.
        clock: tells when rules are too old.
    """

    def __init__(self, fetcher: Fetcher, *, product: str, clock: Clock) -> None:
        self._fetcher = fetcher
        self._product = product
        self._clock = clock
        self._known: dict[str, tuple[datetime, Rules]] = {}

    async def allows(self, url: str) -> bool:
        """Say whether a page may be read. Without a robots.txt it may; while its server fails, it may not."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        now = self._clock.now()
        until, rules = self._known.get(site, (now, EVERYTHING))
        if until <= now:
            until, rules = await self._ask(site, now)
            self._known = {name: kept for name, kept in self._known.items() if kept[0] > now}
            self._known[site] = (until, rules)
        path = parts.path or "/"
        return rules.allow(f"{path}?{parts.query}" if parts.query else path)

    async def _ask(self, site: str, now: datetime) -> tuple[datetime, Rules]:
        answer = await self._fetcher.get(f"{site}/robots.txt", accept="text/plain, */*;q=0.5")
        if answer.status == "ok":
            return now + KEEP_FOR, rules_for(answer.body.decode("utf-8", "replace"), self._product)
        if answer.code is not None and 400 <= answer.code < 500 and answer.code != 429:
            return now + KEEP_FOR, EVERYTHING
        return now + RETRY_AFTER, NOTHING
