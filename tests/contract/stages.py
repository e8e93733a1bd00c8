"""A stage for each platform: its adapter, a fake of the other side, and what a reader sees there."""

from __future__ import annotations

import io
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.clock import ManualClock
from bot.delivery.port import Platform
from bot.model.delivery import Delivery, Payload, Sent
from bot.model.request import Asker, Request
from bot.model.view import Notice, View
from bot.platforms.console.app import ConsolePlatform
from bot.platforms.discord.app import DiscordPlatform
from bot.platforms.slack.app import SlackPlatform
from tests.fakes import discord_markdown, discord_rules, discord_state, slack_faults, slack_markup
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.slack import FakeSlack

START = datetime(2026, 1, 1, tzinfo=UTC)
"""The fake Discord's messages begin here, so everybody's clock does."""


ASIDE = re.compile(r"(?P<words>.*?)(?P<aside> +(?:(?:new|update)  )?S-\w{4})?", re.DOTALL)
"""A line of the terminal: its words, then the mark and the id of a story at the right edge."""

PAGE = re.compile(r"\d+ of \d+")
"""What Discord's messages bear when there are several."""


@dataclass
class Seen:
    """What a reader sees of some messages.

    Attributes:
        text: the words, markup undone, a message after the other, without page numbers and labels of buttons.
        links: every address that can be followed, in order.
        pings: whom the messages would wake.
        faults: what the platform would not understand.
        formats: how often each kind of format or link was found.
    """

    text: str = ""
    links: list[str] = field(default_factory=list)
    pings: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    formats: dict[str, int] = field(default_factory=dict)

    def count(self, kind: str, times: int = 1) -> None:
        """Note that a format was found."""
        self.formats[kind] = self.formats.get(kind, 0) + times


async def answer(_asker: Asker, _request: Request) -> View:
    """Answer whatever is asked."""
    return Notice(title="Yes.")


class Stage(ABC):
    """One platform with its other side."""

    platform: Platform
    address: str

    @abstractmethod
    async def open(self, stack: AsyncExitStack) -> None:
        """Start the other side, and the adapter towards it."""

    @abstractmethod
    def posted(self) -> list[Any]:
        """Return what stands in the channel, oldest first, as the other side keeps it."""

    @abstractmethod
    def seen(self, messages: Iterable[Any]) -> Seen:
        """Read messages as a person would."""

    def delivery(
        self,
        payload: Payload,
        key: str = "digest-1",
        *,
        part: int = 1,
        attempts: int = 0,
        to: str | None = None,
    ) -> Delivery:
        """Return a part of a digest that is due on this stage."""
        return Delivery(
            id=1,
            key=key,
            platform=self.platform.name,
            workspace="T0TEAM",
            address=to or self.address,
            payload=payload,
            part=part,
            parts=part,
            attempts=attempts,
            fence=1,
            local_date=date(2026, 1, 1),
            due_at=START,
            created_at=START - timedelta(minutes=1),
        )

    async def post(self, view: View, name: str = "view") -> Seen:
        """Draw a view, have every message of it accepted, and return what a reader sees of it."""
        before = len(self.posted())
        for part, payload in enumerate(self.platform.render(view), 1):
            outcome = await self.platform.send(self.delivery(payload, f"{name}-{before}-{part}", part=part))
            assert isinstance(outcome, Sent), outcome
        return self.seen(self.posted()[before:])


class SlackStage(Stage):
    """Slack by its Web API."""

    address = "C0NEWS"

    async def open(self, stack: AsyncExitStack) -> None:
        self.fake = await stack.enter_async_context(FakeSlack(ManualClock(START)))
        self.platform = await stack.enter_async_context(self.elsewhere(self.fake.api_url))

    @asynccontextmanager
    async def elsewhere(self, api_url: str) -> AsyncIterator[Platform]:
        """Open an adapter towards Slack under an address of its own."""
        platform = SlackPlatform(
            bot_token=self.fake.bot_token,
            app_token=self.fake.app_token,
            signing_secret=None,
            mode="socket",
            api_url=api_url,
            answer=answer,
            clock=ManualClock(START),
        )
        try:
            yield platform
        finally:
            await platform.close()

    def posted(self) -> list[Any]:
        return self.fake.posted(self.address)

    def seen(self, messages: Iterable[Any]) -> Seen:
        seen = Seen()
        for message in messages:
            labels = [button["text"] for button in message.buttons]
            for text in slack_markup.text_objects(message.body.get("blocks", [])):
                reading = slack_markup.read(text)
                seen.text += "" if text in labels else reading.shown + "\n"
                seen.links += [address for address, _ in reading.links]
                seen.pings += reading.pings
                seen.faults += reading.faults
                seen.count("format", len(reading.formatted))
            seen.links += [button["url"] for button in message.buttons if "url" in button]
            # The notification is not shown beside the blocks, but Slack parses it all the same.
            notified = slack_markup.read({"type": "mrkdwn", "text": message.body["text"], "verbatim": True})
            seen.pings += notified.pings
            seen.faults += notified.faults
        return seen

    def inflict(self, fault: str) -> None:
        """Have the next post go wrong, or the channel be so."""
        room = self.fake.workspace.rooms[self.address]
        faults = {
            "rate limit": slack_faults.rate_limit(7),
            "cut before": slack_faults.cut(accepted=False),
            "cut after": slack_faults.cut(accepted=True),
            "500": slack_faults.error(500),
            "502 after": slack_faults.error(502, accepted=True),
        }
        match fault:
            case "bad token":
                self.fake.revoke()
            case "gone":
                room.gone = True
            case "archived":
                room.archived = True
            case "no permission":
                room.can_send = False
            case "no history":
                room.can_read_history = False
            case _:
                self.fake.fail("post", faults[fault])

    def id_of(self, message: Any) -> str:  # noqa: ANN401 - the fake's own message
        return str(message.ts)

    def say_else(self, text: str) -> None:
        self.fake.say(self.address, text)

    def fail_history(self) -> None:
        self.fake.fail("history", slack_faults.error(503))

    def another_channel(self) -> str:
        return self.fake.add_channel().id


class DiscordStage(Stage):
    """Discord by its REST interface."""

    async def open(self, stack: AsyncExitStack) -> None:
        self.fake = await stack.enter_async_context(FakeDiscord())
        self.channel = self.fake.add_channel()
        self.address = self.channel.id
        self.platform = await stack.enter_async_context(self.elsewhere(self.fake.api_url))

    @asynccontextmanager
    async def elsewhere(self, api_url: str) -> AsyncIterator[Platform]:
        """Open an adapter towards Discord under an address of its own."""
        platform = DiscordPlatform(
            token=self.fake.token, api_url=api_url, proxy=None, answer=answer, clock=ManualClock(START)
        )
        try:
            yield platform
        finally:
            await platform.close()

    def posted(self) -> list[Any]:
        return self.channel.messages

    def seen(self, messages: Iterable[Any]) -> Seen:
        seen = Seen()
        for message in messages:
            if message["allowed_mentions"] != {"parse": []}:
                seen.pings.append("mentions are allowed")
            for part in discord_rules.walk(message["components"]):
                seen.links += [part["url"]] if "url" in part else []
                reading = discord_markdown.read(part.get("content", ""))
                seen.text += "" if PAGE.fullmatch(reading.text) else reading.text + "\n"
                seen.links += [address for _, address in reading.links]
                seen.pings += ["ping"] if "ping" in reading.found else []
                for kind in reading.found:
                    seen.count(kind)
        return seen

    def inflict(self, fault: str) -> None:
        """Have the next post go wrong, or the channel be so."""
        faults = {
            "rate limit": discord_state.rate_limit(7),
            "cut before": discord_state.cut(accepted=False),
            "cut after": discord_state.cut(accepted=True),
            "500": discord_state.error(500),
            "502 after": discord_state.error(502, accepted=True),
        }
        match fault:
            case "bad token":
                self.fake.state.token = "another"
            case "gone":
                self.channel.gone = True
            case "archived":
                self.channel.archived = True
            case "no permission":
                self.channel.can_send = False
            case "no history":
                self.channel.can_read_history = False
            case _:
                self.fake.fail("post", faults[fault])

    def id_of(self, message: Any) -> str:  # noqa: ANN401 - the fake's own message
        return str(message["id"])

    def say_else(self, text: str) -> None:
        self.fake.say(self.channel, text)

    def fail_history(self) -> None:
        self.fake.fail("history", discord_state.error(503))

    def another_channel(self) -> str:
        return self.fake.add_channel().id


class ConsoleStage(Stage):
    """The terminal, as what was written to its stream."""

    address = "terminal"

    async def open(self, stack: AsyncExitStack) -> None:
        self.out = stack.enter_context(io.StringIO())
        self.platform = ConsolePlatform(answer=answer, clock=ManualClock(START), out=self.out)

    def posted(self) -> list[Any]:
        return self.out.getvalue().splitlines(keepends=True)

    def seen(self, messages: Iterable[Any]) -> Seen:
        # A headline that wraps goes on below: what stands beside its first line is read after it.
        lines = [ASIDE.fullmatch(line) for line in "".join(messages).split("\n")]
        text = "\n".join(line["words"] for line in lines if line)
        text += "\n".join(line["aside"] or "" for line in lines if line)
        controls = [sign for sign in text if sign != "\n" and (sign < " " or "\x7f" <= sign < "\xa0")]
        turns = [sign for sign in text if sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
        links = [word for line in text.split("\n") for word in line.split()[-1:] if word.startswith("http")]
        return Seen(text=text, links=links, faults=[*controls, *turns])


NETWORK: dict[str, type[SlackStage] | type[DiscordStage]] = {"slack": SlackStage, "discord": DiscordStage}
STAGES: dict[str, type[Stage]] = {**NETWORK, "console": ConsoleStage}
