"""Measure the archive: intake, /related and /find on a synthetic archive, beside other engines.

usage: python -m benchmarks.bench_related [--articles N] [--questions N] [--words LEAST MOST] [--keep FILE]

The archive is laid down by `bench_related_build`; the last 5,000 articles go through `Archive.add`, and their
rate is the measure of intake. Times are of the whole path: words in, texts, reasons and snippets out. Beside
it, SQLite's full-text search alone, and with `--rivals` bm25s when it is installed (`pip install bm25s`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from benchmarks.bench_related_archive import WORDS, Writer
from benchmarks.bench_related_build import build
from benchmarks.bench_related_rivals import bm25s_times
from bot.archive import Archive
from bot.clock import SystemClock
from bot.model.article import Article
from bot.store.database import Database
from bot.store.migrate import migrate

BATCH = 500
LAST = 5_000
"""Articles that go through `Archive.add`."""

Times = dict[str, float]


async def fill(database: Database, archive: Archive, writer: Writer, count: int) -> dict[str, object]:
    """Fill the archive; return how fast."""
    start = time.process_time()
    await build(database, writer, count - LAST)
    laid_down = (count - LAST) / (time.process_time() - start)
    # Grouping is measured, not the choice of keywords, which another measure covers.
    last = [replace(one, keywords=("bench",)) for one in writer.articles(LAST, count - LAST)]
    await archive.add(last[:BATCH])  # warms up
    start = time.process_time()
    for at in range(BATCH, LAST, BATCH):
        await archive.add(last[at : at + BATCH])
    whole = (LAST - BATCH) / (time.process_time() - start)
    return {
        "laid down a CPU second": round(laid_down),
        "read, stored, indexed and grouped a CPU second, at the end": round(whole),
    }


async def timed(ask: Callable[[str], Awaitable[object]], questions: list[str]) -> Times:
    """Return percentiles of waiting and of computing, in ms; the first questions warm up."""
    for question in questions[:10]:
        await ask(question)
    waited, computed = [], []
    for question in questions:
        start, cpu = time.perf_counter(), time.process_time()
        await ask(question)
        waited.append((time.perf_counter() - start) * 1000)
        computed.append((time.process_time() - cpu) * 1000)
    return {
        "p50": round(median(waited), 1),
        "p95": round(late(waited), 1),
        "mean CPU": round(mean(computed), 1),
        "p95 CPU": round(late(computed), 1),  # what a calm machine would wait, since one works at a time
    }


def late(values: list[float]) -> float:
    """Return what 95 of a hundred stay below."""
    return sorted(values)[int(0.95 * len(values))]


def memory_mb() -> float:
    """Return the resident memory at present, in MB (Linux); elsewhere the most that there was."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines() if ":" in line)
        return int(lines["VmRSS"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def sample(archive: Archive, count: int, questions: int) -> list[Article]:
    """Return articles from all over the archive to ask about."""
    chosen = random.Random(1).sample(range(count), questions)
    found = [await archive.article(f"a{number}", None) for number in chosen]
    return [article for article in found if article is not None]


async def ask(database: Database, archive: Archive, count: int, questions: int) -> dict[str, object]:
    """Ask a filled archive."""
    asked = await sample(archive, count, questions)
    rng = random.Random(1)

    async def related(query: str) -> object:
        return await archive.related(query, None)

    async def find(query: str) -> object:
        return await archive.find(query, None)

    async def engine(query: str) -> object:
        words = " OR ".join(f'"{word}"' for word in query.lower().split())
        statement = sa.text(
            "SELECT rowid FROM article_search WHERE article_search MATCH :words ORDER BY rank LIMIT 5"
        )
        async with database.read() as connection:
            return (await connection.execute(statement, {"words": words})).all()

    titles = [article.title for article in asked]
    first_words = [" ".join(article.text.split()[:8]).replace(".", "") for article in asked]
    pairs = [" ".join(rng.sample(article.title.split(), 2)) for article in asked]
    common = [" ".join(rng.sample(article.text.replace(".", "").split(), 2)) for article in asked]
    mixed = [f"{one.title} {other.title}" for one, other in pairwise(asked)]
    results: dict[str, object] = {}
    results["related by article, ms"] = await timed(related, [article.id for article in asked])
    results["related by words, ms"] = await timed(related, titles)
    results["find all of 2 words of a title, ms"] = await timed(find, pairs)
    results["find all of 2 words of a text, ms"] = await timed(find, common)
    results["find any of 14 words, ms"] = await timed(find, mixed)
    results["the engine alone, any of 8 words, ms"] = await timed(engine, first_words[:50])
    return results


async def measure(
    path: Path, articles: int, questions: int, words: tuple[int, int], *, there: bool
) -> dict[str, object]:
    """Fill an archive, unless it is there, and ask it."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    await migrate(database)
    archive = Archive(database, clock=SystemClock())
    results: dict[str, object] = {"articles": articles, "words": words}
    if not there:
        results.update(await fill(database, archive, Writer(7, words), articles))
    results.update(await ask(database, archive, articles, questions))
    results["resident MB" + (" of asking alone" if there else "")] = round(memory_mb())
    results["file MB"] = await asyncio.to_thread(lambda: round(path.stat().st_size / 1e6))
    await database.close()
    return results


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--words", type=int, nargs=2, default=WORDS)
    parser.add_argument(
        "--keep", type=Path, help="keep the archive in this file; asked again when it is there"
    )
    parser.add_argument("--rivals", action="store_true", help="ask bm25s too; takes memory")
    args = parser.parse_args()
    words = (args.words[0], args.words[1])
    with TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "bench.db"
        results = asyncio.run(measure(path, args.articles, args.questions, words, there=path.exists()))
        if args.rivals:
            results["bm25s, ms"] = bm25s_times(path, args.questions)
        print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
