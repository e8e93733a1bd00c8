"""nutgraf demo: a morning in one command, without a token and without the network."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

from rich.console import Console

from bot import log
from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.delivery.outbox import Outbox
from bot.model.channel import Schedule
from bot.model.request import RelatedRequest
from bot.model.words import count
from bot.platforms.console.app import ASKER, ConsolePlatform
from bot.platforms.console.render import show
from bot.shell.printing import run, say
from bot.sources.files import read_file
from bot.store import channels

MORNING = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
"""The samples end on this morning."""

ZONE = "Europe/London"
HOUR = time(8, 0)

NEXT = (
    ("{command} feed add https://…/feed", "follow a source"),
    ("{command} import FILE", "load a feed, a page, JSON Lines or a text dump"),
    ("{command} console", "ask about them in this terminal"),
    ("cp .env.example .env", "put in a Slack or Discord token, then: make run"),
)


def demo() -> None:
    """Import sample articles, post their digest to this terminal, answer /related on its top story."""
    log.configure("WARNING", "text")
    run(_morning())


async def _morning() -> None:
    """Live through one morning in a store that is thrown away."""
    clock = ManualClock(MORNING)
    with tempfile.TemporaryDirectory(prefix="nutgraf-demo-") as folder:
        async with open_core(f"sqlite+aiosqlite:///{Path(folder) / 'demo.db'}", clock) as core:
            sample = Path(str(files("bot.samples") / "articles.jsonl"))
            added = await core.archive.add(read_file(sample, captured_at=MORNING).articles)
            say(f"Read {count(len(added.new), 'sample article')}. It is 8 o’clock: the digest is due.\n")
            top = await _post(core)
            say(f"\n> /related {top}\n")
            show(await core.answers(ASKER, RelatedRequest(top)), Console())
    say("\nThat was a made-up morning. For a real one:\n")
    # After `make demo` the program is not on the PATH yet.
    command = "nutgraf" if shutil.which("nutgraf") else ".venv/bin/nutgraf"
    for line, purpose in NEXT:
        say(f"  {line.replace('{command}', command):<45}{purpose}")
    say("\nREADME.md has Slack and Discord in five steps each.")


async def _post(core: Core) -> str:
    """Owe a digest, compose it, put it into the outbox and have the terminal print it: the whole way.

    Returns:
        The id of its top story.
    """
    async with core.database.write() as connection:
        channel = await channels.save_channel(
            connection,
            platform="console",
            workspace="local",
            address="terminal",
            name="morning-news",
            now=MORNING,
        )
        await channels.save_schedule(
            connection,
            Schedule(id=0, channel_id=channel.id, at=HOUR, zone=ZONE, since=MORNING - timedelta(seconds=1)),
        )
    top = (await core.pipeline.preview(channel, ZONE, MORNING)).stories[0].id
    terminal = ConsolePlatform(answer=core.answers, clock=core.clock, out=sys.stdout)
    await core.pipeline.enqueue_due({terminal.name: terminal.render})
    await Outbox(core.database, terminal, clock=core.clock, owner="demo", pace_s=0).deliver_due()
    return top
