"""nutgraf import and nutgraf export: articles and lists of feeds, in and out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.core import Core
from bot.model.article import Article
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
    utc,
    warn,
    with_core,
)
from bot.sources.errors import SourceError
from bot.sources.files import Loaded, read_file
from bot.sources.opml import FeedAddress, write_opml
from bot.store import feeds


def import_files(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Text dumps, JSON Lines, feeds, web pages, OPML lists, folders of these; or the address of a"
            " web page.",
        ),
    ],
    captured_at: Annotated[
        str | None, typer.Option(help="When a text dump was captured; its ages are reckoned from then.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be loaded; store nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Load articles from files, the files of folders, and pages.

    What cannot be read is named; everything else is still loaded.
    """
    captured = moment(captured_at) or SystemClock().now()
    pages = [path for path in paths if path.lower().startswith(("http://", "https://"))]
    files = [file for path in paths if path not in pages for file in _files(Path(path))]
    reader = _read(files, captured)
    first = next(reader, None)  # where none can be read, no database is made
    loads = chain([first] if first else [], reader)
    read = 0

    async def work(core: Core) -> None:
        nonlocal read
        for loaded in chain(loads, await _fetch(core, pages)):
            read += 1
            if dry_run:
                _show(loaded, as_json=as_json)
            else:
                await _store(core, loaded, as_json=as_json)

    if dry_run and not pages:
        for loaded in loads:
            read += 1
            _show(loaded, as_json=as_json)
    elif first or pages:
        with_core(work)
    if read < len(files) + len(pages) or not files + pages:
        raise typer.Exit(1)


def _files(path: Path) -> list[Path]:
    """Return the files of a folder by name, hidden ones left out; of anything else the path itself."""
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    except OSError as fault:
        warn(f"{path} cannot be read: {(fault.strerror or 'it is closed').lower()}. Check its permissions.")
        return []
    found = [one for one in inside if not one.is_dir()]
    if folders := len(inside) - len(found):
        warn(f"{path}: {count(folders, 'folder')} within it left out; name it to have it read.")
    if not found:
        warn(f"{path} holds no files. Name a folder with articles in it.")
    return found


def _read(paths: Iterable[Path], captured_at: datetime) -> Iterator[Loaded]:
    """Read the files that can be read, each when it is wanted; say what was left out, and why."""
    for path in paths:
        try:
            loaded = read_file(path, captured_at=captured_at)
        except SourceError as error:
            warn(str(error))
            continue
        for note in loaded.notes:
            warn(f"{loaded.path}: {note}")
        yield loaded


async def _fetch(core: Core, addresses: Sequence[str]) -> list[Loaded]:
    """Read the articles of web pages; say of those that cannot be read why."""
    loads: list[Loaded] = []
    for address in addresses:
        try:
            article = await core.answers.context.page(address)
        except SourceError as error:
            warn(str(error))
        else:
            loads.append(Loaded(address, "page", (article,)))
    return loads


async def _store(core: Core, loaded: Loaded, *, as_json: bool) -> None:
    """Store what a file holds, and say what was new."""
    row: dict[str, JSON] = {"file": loaded.path, "kind": loaded.kind}
    if loaded.feeds:
        new = await _store_feeds(core, loaded.feeds)
        row |= {"new": new, "known": len(loaded.feeds) - new}
        line = f"{loaded.path}: {count(new, 'new feed')}, {len(loaded.feeds) - new} known already"
    else:
        added = await core.archive.add(loaded.articles)
        row |= {"new": len(added.new), "known": added.known, "updated": added.updated}
        line = f"{loaded.path}: {count(len(added.new), 'new article')}, {added.known} known already"
        if added.updated:
            line += f", {added.updated} of them brought up to date"
    if as_json:
        print_json(row)
    else:
        say(line)


async def _store_feeds(core: Core, addresses: Sequence[FeedAddress]) -> int:
    """Have the feeds of a list read; return how many are new."""
    async with core.database.write() as connection:
        return sum(
            [
                await feeds.add_feed(
                    connection,
                    feed.url,
                    title=feed.title or None,
                    scope=None,
                    now=core.clock.now(),
                    folders=feed.folders,
                )
                for feed in addresses
            ]
        )


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
    opml: Annotated[
        bool, typer.Option("--opml", help="The list of feeds instead, for another reader of feeds.")
    ] = False,
) -> None:
    """Write every article as JSON Lines, or the list of feeds as OPML; `nutgraf import` reads both."""

    async def work(core: Core) -> None:
        lines = await _list_of_feeds(core) if opml else _lines(await core.archive.articles(None))
        if target is None:
            for line in lines:
                say(line)
            return
        try:
            with target.open("x", encoding="utf-8", errors="replace") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise ShellError(f"{target} cannot be written: {error.strerror}.") from error

    if target is not None and target.exists():
        fail(f"{target} exists already: name another file.")
    with_core(work)


async def _list_of_feeds(core: Core) -> Iterator[str]:
    async with core.database.read() as connection:
        found = await feeds.feed_addresses(connection)
    listed = [FeedAddress(url, title, None, folders) for url, title, folders in found]
    return iter(write_opml(listed, title="Feeds of Nutgraf").splitlines())


def _lines(articles: Sequence[Article]) -> Iterator[str]:
    """Yield articles as lines that bring everything back when they are imported."""
    for article in articles:
        rest: dict[str, JSON] = {
            "guid": article.guid,
            "seen_at": utc(article.seen_at),
            "published_approximate": article.published_approximate,
            "related": list(article.related),
            "image_url": article.image_url,
            "headline_only": article.headline_only,
        }
        line = article_line(article) | {name: value for name, value in rest.items() if value}
        yield json.dumps(line, ensure_ascii=False)
