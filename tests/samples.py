"""The sample articles as an archive, and questions about them as people type them."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from bot.commands.parse import parse
from bot.core import Core
from bot.model.request import Asker
from bot.model.view import Problem, View
from bot.sources.files import read_file

MORNING = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)
"""When the samples are read: their news is of the night before."""


async def stock(core: Core) -> None:
    """Have the archive hold the sample articles."""
    sample = Path(str(files("bot.samples") / "articles.jsonl"))
    await core.archive.add(read_file(sample, captured_at=MORNING).articles)


async def ask(core: Core, line: str, asker: Asker) -> View:
    """Return the answer to a command and the words after it."""
    command, _, rest = line.partition(" ")
    request = parse(command, rest)
    return request if isinstance(request, Problem) else await core.answers(asker, request)


async def story_of(core: Core, article: str) -> str:
    """Return the id of the story that an article belongs to."""
    return (await core.archive.story_of([article], None))[article].id
