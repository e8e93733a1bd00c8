"""The vocabulary of the chat: each command with its usage and what it does, the same on every platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command as people type it.

    Attributes:
        name: without the slash.
        usage: its arguments, optional ones in brackets; "" when it has none.
        summary: what it does, at most 100 characters (Discord's limit for a description).
        manager: for those who may configure the bot only.
    """

    name: str
    usage: str
    summary: str
    manager: bool = False

    @property
    def line(self) -> str:
        """The command with its usage, without the slash."""
        return f"{self.name} {self.usage}".strip()


COMMANDS = (
    Command(
        "brief", "[topic] [since] [short|long]", "What matters since yesterday, on a topic or on everything."
    ),
    Command(
        "related",
        "story, link or words",
        "Articles on the same event, then on the same affair, with reasons.",
    ),
    Command(
        "story",
        "story [timeline|sources|differences]",
        "One story, told from all its sources; by day, by source, or where they differ.",
    ),
    Command("find", "words", 'Search all articles: "a phrase", -without, source:name, since:3d, lang:de.'),
    Command("catchup", "[since]", "A longer brief of what you missed: since yesterday, 3d, monday ..."),
    Command("why", "story", "Why a story is told where it is."),
    Command(
        "follow",
        "[add|remove|list] [words]",
        "What this channel hears of at once; changing it is for managers.",
    ),
    Command(
        "saved",
        "[add|remove story]",
        "The stories you keep for yourself, and which of them had news since.",
    ),
    Command("sources", "", "What is read here, and how it fares."),
    Command("nutgraf help", "", "All commands."),
    Command(
        "nutgraf feed",
        "add|remove|list|page [address]",
        "Add, remove or list the feeds of this workspace; “page” keeps the article of one page.",
        manager=True,
    ),
    Command(
        "nutgraf digest",
        "set|add|skip|off|next|preview [08:00 Europe/Berlin mon-fri]",
        "When this channel gets its digest.",
        manager=True,
    ),
    Command(
        "nutgraf filter",
        "include|exclude|try|clear|show [words, phrases]",
        "What the digest of this channel leaves out; try changes nothing.",
        manager=True,
    ),
    Command(
        "nutgraf channel",
        "show|set [name value]",
        "How long the digest of this channel is, and the like.",
        manager=True,
    ),
    Command(
        "nutgraf story",
        "merge story story|split story article [into story]|undo story|show story",
        "Say which articles are one story; new arrivals are grouped accordingly.",
        manager=True,
    ),
)
