"""Measure the reading of sources on a folder of research data: right answers, speed, survival.

    python benchmarks/bench_sources.py DATA RUNS [feeds|speed|pages|dumps|hostile ...]

DATA holds feeds/, articles/, textdump/ and hostile/ (the large hostile documents may stand beside the small
ones). Run lines for scorers are written to the folder RUNS; times and counts go to standard output.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.sources.dump import read_dump
from bot.sources.errors import SourceError
from bot.sources.feed import articles, parse_feed
from bot.sources.page import extract

ROUNDS = 3
LIMIT_S = 5.0
LIMIT_MB = 512
NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)


def rows(index: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    """Yield the rows of an index with the bytes of their files."""
    for line in index.read_text("utf-8").splitlines():
        row = json.loads(line)
        body = (index.parent / row["file"]).read_bytes()
        yield row, gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def write(path: Path, lines: Iterable[object]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    print(f"wrote {path.name}")


def feeds(data: Path, runs: Path) -> None:
    """Every feed once; what is no feed has no entries."""
    made: list[dict[str, object]] = []
    for row, body in rows(data / "feeds" / "index.jsonl"):
        try:
            feed = parse_feed(body)
        except SourceError:
            made.append({"file": row["file"], "error": None, "entries": []})
            continue
        entries = [
            {
                "title": entry.title,
                "link": entry.link,
                "id": entry.guid,
                "published": stamp(entry.published),
                "updated": stamp(entry.updated),
            }
            for entry in feed.entries
        ]
        head = {"title": feed.title, "link": feed.link}
        made.append({"file": row["file"], "error": None, "entries": entries, "feed": head})
    write(runs / "feeds.jsonl", made)


def speed(data: Path, _runs: Path) -> None:
    """Real XML feeds: ours, every text made plain, and feedparser by turns; the best round of each."""
    import feedparser

    bodies = [
        body
        for row, body in rows(data / "feeds" / "index.jsonl")
        if row["cls"] == "real" and not row["file"].endswith(".json")
    ]

    def ours() -> None:
        for body in bodies:
            try:
                parse_feed(body)
            except SourceError:
                continue

    def theirs() -> None:
        for body in bodies:
            feedparser.parse(body)

    times = [(cpu(ours), cpu(theirs)) for _ in range(ROUNDS)]
    mine, other = min(time[0] for time in times), min(time[1] for time in times)
    size = sum(map(len, bodies)) / 1e6
    print(f"{len(bodies)} feeds, {size:.1f} MB: ours {mine:.2f} s, feedparser {other:.2f} s,")
    print(f"{other / mine:.1f} times as fast")
    twenty = min((body for body in bodies if len(parse_or_none(body)) == 20), key=len)

    def again() -> None:
        for _ in range(100):
            articles(parse_feed(twenty), feed_url="f", seen_at=NOW)

    rate = 100 / min(cpu(again) for _ in range(ROUNDS))
    print(f"a feed of 20 entries, {len(twenty)} bytes, to articles: {rate:.0f} a CPU second")


def cpu(work: Callable[[], None]) -> float:
    """Return the CPU seconds that a piece of work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def parse_or_none(body: bytes) -> tuple[object, ...]:
    try:
        return parse_feed(body).entries
    except SourceError:
        return ()


def pages(data: Path, runs: Path) -> None:
    """Every page once."""
    made, times = [], []
    for row, body in rows(data / "articles" / "index.jsonl"):
        begin = time.process_time()
        try:
            parts = extract(body, row.get("url"))
            made.append(
                {
                    "file": row["file"],
                    "text": parts.text,
                    "title": parts.title,
                    "published": stamp(parts.published),
                }
            )
        except SourceError:
            made.append({"file": row["file"], "text": "", "title": None, "published": None})
        times.append(time.process_time() - begin)
    write(runs / "articles.jsonl", made)
    print(
        f"{len(times)} pages, {1000 * sum(times) / len(times):.0f} ms a page, the longest {max(times):.1f} s"
    )


def dumps(data: Path, runs: Path) -> None:
    """Every text dump once."""
    made = []
    for path in sorted((data / "textdump").glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        found = read_dump(path.read_text("utf-8"), captured_at=datetime.fromisoformat(gold["captured_at"]))
        place = {article.id: n for n, article in enumerate(found.articles)}
        made.append(
            {
                "file": path.name,
                "articles": [
                    {
                        "title": article.title,
                        "text": article.text,
                        "source": article.source,
                        "published_at": stamp(article.published_at),
                        "related": [place[name] for name in article.related],
                    }
                    for article in found.articles
                ],
            }
        )
    write(runs / "textdump.jsonl", made)


def hostile(data: Path, _runs: Path) -> None:
    """Every hostile document in a process of its own, with its limits of time and memory."""
    worst: list[tuple[float, str]] = []
    failed = []
    paths = [path for path in sorted((data / "hostile").iterdir()) if path.suffix != ".py"]
    for path in paths:
        command = [sys.executable, __file__, str(path), "-", "one"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        seconds, memory = (float(word) for word in done.stdout.split() or ("inf", "inf"))
        worst.append((seconds, path.name))
        if done.returncode or seconds > LIMIT_S or memory > LIMIT_MB:
            failed.append(f"{path.name}: {seconds:.1f} s, {memory:.0f} MB")
    print(f"{len(paths)} hostile documents, {len(failed)} failed; the slowest: {sorted(worst)[-3:]}")
    print("\n".join(failed))


def one(path: Path, _runs: Path) -> None:
    """Read one hostile document; print its seconds of processor time and the process's megabytes."""
    body = path.read_bytes()
    begin = time.process_time()
    with contextlib.suppress(SourceError):
        articles(parse_feed(body), feed_url="f", seen_at=NOW)
    print(time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    parts = {part.__name__: part for part in (feeds, speed, pages, dumps, hostile, one)}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("runs", type=Path)
    parser.add_argument("parts", nargs="*")
    args = parser.parse_args()
    for name in args.parts or ["feeds", "speed", "pages", "dumps", "hostile"]:
        parts[name](args.data, args.runs)


if __name__ == "__main__":
    main()
