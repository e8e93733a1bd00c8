"""Measure the archive: grouping, /related and /find on a synthetic archive, beside the engine's search alone.

usage: python -m benchmarks.bench_related [--articles 100000] [--questions 200]
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
from statistics import median
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from benchmarks.bench_related_archive import Writer
from bot.archive import Archive
from bot.clock import SystemClock
from bot.model.article import Article
from bot.store.database import Database
from bot.store.migrate import migrate

BATCH = 500
LAST = 5_000
"""The rate of grouping is taken over so many articles at the end."""


async def fill(archive: Archive, count: int) -> tuple[float, list[Article]]:
    """Fill the archive; return the articles a second over the last ones, and a sample of the articles."""
    writer = Writer(7)
    batch: list[Article] = []
    sample: list[Article] = []
    spent, late = 0.0, 0
    for number, article in enumerate(writer.articles(count)):
        # Grouping is measured, not the choice of keywords, which another measure covers.
        batch.append(replace(article, keywords=article.keywords or ("bench",)))
        if number % max(1, count // 1_000) == 0:
            sample.append(article)
        if len(batch) == BATCH or number == count - 1:
            start = time.process_time()
            await archive.add(batch)
            if number >= count - LAST:
                spent += time.process_time() - start
                late += len(batch)
            batch = []
    return late / spent, sample


async def timed(ask: Callable[[str], Awaitable[object]], questions: list[str]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds; the first questions warm up."""
    for question in questions[:10]:
        await ask(question)
    times = []
    for question in questions:
        start = time.perf_counter()
        await ask(question)
        times.append((time.perf_counter() - start) * 1000)
    return {"p50": round(median(times), 1), "p95": round(sorted(times)[int(0.95 * len(times))], 1)}


def memory_mb() -> float:
    """Return the resident memory at present, in MB (Linux); elsewhere the most that there was."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines() if ":" in line)
        return int(lines["VmRSS"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(path: Path, articles: int, questions: int) -> dict[str, object]:
    """Fill an archive and ask it."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    await migrate(database)
    archive = Archive(database, clock=SystemClock())
    rate, sample = await fill(archive, articles)
    rng = random.Random(1)
    asked = rng.sample(sample, min(questions, len(sample)))
    results: dict[str, object] = {"articles": articles, "grouped a second of one core": round(rate)}

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
    results["related by article, ms"] = await timed(related, [article.id for article in asked])
    results["related by words, ms"] = await timed(related, titles)
    results["engine alone, 8 words, ms"] = await timed(
        engine, [" ".join(article.text.split()[:8]).replace(".", "") for article in asked]
    )
    pairs = [" ".join(rng.sample(article.title.split(), 2)) for article in asked]
    results["find all words, ms"] = await timed(find, pairs)
    mixed = [f"{one.title} {other.title}" for one, other in pairwise(asked)]
    results["find any word, ms"] = await timed(find, mixed)
    results["resident MB"] = round(memory_mb())
    results["file MB"] = await asyncio.to_thread(lambda: round(path.stat().st_size / 1e6))
    await database.close()
    return results


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        print(
            json.dumps(
                asyncio.run(measure(Path(folder) / "bench.db", args.articles, args.questions)), indent=1
            )
        )


if __name__ == "__main__":
    main()
