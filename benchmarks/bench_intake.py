"""Measure intake: how many articles are read, stored and grouped a second of processor time, each apart.

usage: OPENBLAS_NUM_THREADS=1 python -m benchmarks.bench_intake [--archive FILE] [--jsonl FILE] [--batch N]

`--archive` is what `bench_related --keep` laid down; it is copied first, and without it the archive is empty.
`--jsonl` brings articles of your own instead of made-up ones, as `nutgraf export` writes them. Keywords are
given, since `bench_summaries` measures the choice of them. One thread, as `nutgraf` itself sets it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import time
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from benchmarks.bench_related_archive import START, Writer
from bot.archive import Archive
from bot.archive.identity import identities
from bot.archive.words import Read, read_all
from bot.clock import SystemClock
from bot.model.article import Article
from bot.store import search, search_articles
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.schema import articles as table
from bot.store.search_articles import EVERYBODY

MOST = 2_500
"""Articles measured, for each size of batch and each step."""


def own_articles(path: Path) -> list[Article]:
    """Return the articles of a file of JSON Lines, a minute apart."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Article(
            id=f"own{number}",
            title=row["title"] or row["text"][:80],
            text=row["text"],
            seen_at=START + timedelta(minutes=number),
            source=row.get("source") or f"Source {number % 40}",
            language=row.get("language") or "en",
            keywords=("bench",),
        )
        for number, row in enumerate(rows)
        if row.get("text")
    ]


def made_up(stored: int, wanted: int) -> list[Article]:
    """Return the articles that follow upon those of an archive."""
    following = islice(Writer(7).articles(stored + wanted), stored, None)
    return [replace(one, keywords=("bench",)) for one in following]


async def spent(work: Awaitable[object]) -> float:
    """Return the processor time that something takes, in seconds."""
    start = time.process_time()
    await work
    return time.process_time() - start


async def lay_down(database: Database, read: Sequence[Read]) -> None:
    """Store rows and index of a batch, as `Archive.add` does, without stories."""
    named = identities([one.article for one in read], of_feed=False)
    async with database.write() as connection:
        await search_articles.known(connection, named, of_feeds=())
        kept = [(one.article, identity, EVERYBODY) for one, identity in zip(read, named, strict=True)]
        rows = await search_articles.insert(connection, kept)
        indexed = [
            search.Indexed(row=row, title=one.words.title, text=one.words.text)
            for row, one in zip(rows, read, strict=True)
        ]
        await search.index(connection, indexed)


async def measure(database: Database, found: Sequence[Article], size: int) -> dict[str, float]:
    """Return the milliseconds an article for each step, and for all of `Archive.add`."""
    archive = Archive(database, clock=SystemClock())
    added, stored = found[: len(found) // 2], found[len(found) // 2 :]
    await archive.add(added[:size])  # warms up
    whole = rows = words = 0.0
    for at in range(size, len(added), size):
        whole += await spent(archive.add(added[at : at + size]))
    for at in range(0, len(stored), size):
        start = time.process_time()
        read = read_all(stored[at : at + size], "en")
        words += time.process_time() - start
        rows += await spent(lay_down(database, read))
    return {
        "add": 1000 * whole / len(added[size:]),
        "words": 1000 * words / len(stored),
        "rows and index": 1000 * rows / len(stored),
    }


async def run(archive: Path | None, jsonl: Path | None, sizes: Sequence[int]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        if archive:
            shutil.copyfile(archive, path)
        database = Database(f"sqlite+aiosqlite:///{path}")
        await migrate(database)
        async with database.read() as connection:
            many = (await connection.execute(sa.select(sa.func.max(table.c.id)))).scalar() or 0
        found = own_articles(jsonl) if jsonl else made_up(many, 2 * MOST * len(sizes))
        share = min(2 * MOST, len(found) // len(sizes))
        print(f"{many:,} in the archive; {mean(len(one.text.split()) for one in found):.0f} words an article")
        for number, size in enumerate(sizes):
            took = await measure(database, found[number * share : (number + 1) * share], size)
            took["stored: words, rows and index"] = took["words"] + took["rows and index"]
            took["stories and copies"] = took["add"] - took["stored: words, rows and index"]
            told = "; ".join(f"{step} {1000 / ms:,.0f} ({ms:.2f} ms)" for step, ms in took.items())
            print(f"batches of {size}, articles a CPU second: {told}")
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--batch", type=int, nargs="+", default=[500, 20])
    args = parser.parse_args()
    asyncio.run(run(args.archive, args.jsonl, args.batch))


if __name__ == "__main__":
    main()
