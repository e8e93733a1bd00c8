"""nutgraf import: files in."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.core import Core
from bot.model.delivery import JSON
from bot.model.words import count
from bot.shell.printing import (
    AsJson,
    ShellError,
    article_line,
    fail,
    moment,
    print_json,
    say,
    warn,
    with_core,
)
from bot.sources.errors import SourceError
from bot.sources.files import Loaded, read_file
from bot.store import feeds


def import_files(
    paths: Annotated[
        list[Path], typer.Argument(help="Text dumps, JSON Lines, feeds, web pages, OPML lists.")
    ],
    captured_at: Annotated[
        str | None, typer.Option(help="When a text dump was captured; its ages are reckoned from then.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be loaded; store nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Load articles from files. What cannot be read is named; everything else is still loaded."""
    loads = _read(paths, moment(captured_at) or SystemClock().now())
    if dry_run:
        for loaded in loads:
            _show(loaded, as_json=as_json)
    elif loads:

        async def work(core: Core) -> None:
            for loaded in loads:
                await _store(core, loaded, as_json=as_json)

        with_core(work)
    if len(loads) < len(paths):
        raise typer.Exit(1)


def _read(paths: list[Path], captured_at: datetime) -> list[Loaded]:
    """Read the files that can be read; say of the others, and of lines left out, why."""
    loads: list[Loaded] = []
    for path in paths:
        try:
            loaded = read_file(path, captured_at=captured_at)
        except SourceError as error:
            warn(str(error))
            continue
        loads.append(loaded)
        for note in loaded.notes:
            warn(f"{loaded.path}: {note}")
    return loads


async def _store(core: Core, loaded: Loaded, *, as_json: bool) -> None:
    """Store what a file holds, and say what was new."""
    if loaded.feeds:
        async with core.database.write() as connection:
            new = 0
            for feed in loaded.feeds:
                new += await feeds.add_feed(
                    connection, feed.url, title=feed.title, scope=None, now=core.clock.now()
                )
        row: dict[str, JSON] = {
            "file": loaded.path,
            "kind": loaded.kind,
            "new": new,
            "known": len(loaded.feeds) - new,
        }
        line = f"{loaded.path}: {count(new, 'new feed')}, {len(loaded.feeds) - new} known already"
    else:
        added = await core.archive.add(loaded.articles)
        row = {"file": loaded.path, "kind": loaded.kind, "new": len(added.new), "known": added.known}
        line = f"{loaded.path}: {count(len(added.new), 'new article')}, {added.known} known already"
    if as_json:
        print_json(row)
    else:
        say(line)


def _show(loaded: Loaded, *, as_json: bool) -> None:
    """Print what a file holds."""
    titles = {article.id: article.title for article in loaded.articles}
    for article in loaded.articles:
        if as_json:
            related: list[JSON] = [{"id": other, "title": titles.get(other)} for other in article.related]
            extra: dict[str, JSON] = {"file": loaded.path, "guid": article.guid, "related": related}
            print_json(article_line(article) | extra)
        else:
            say(f"{article.title}  ({article.source or 'source unknown'})")
    for feed in loaded.feeds:
        if as_json:
            print_json({"file": loaded.path, "feed": feed.url, "title": feed.title})
        else:
            say(f"{feed.title or 'untitled'}  {feed.url}")


def export(
    target: Annotated[
        Path | None, typer.Argument(help="The file to write; standard output without one.")
    ] = None,
) -> None:
    """Write every article as JSON Lines, in the form that `nutgraf import` reads."""

    async def work(core: Core) -> None:
        if target is None:
            for article in await core.archive.articles(None):
                print_json(article_line(article))
            return
        try:
            with target.open("x", encoding="utf-8") as file:
                for article in await core.archive.articles(None):
                    file.write(json.dumps(article_line(article), ensure_ascii=False) + "\n")
        except OSError as error:
            raise ShellError(f"{target} cannot be written: {error.strerror}.") from error

    if target is not None and target.exists():
        fail(f"{target} exists already: name another file.")
    with_core(work)
