"""Ask bm25s, a fast BM25 index in memory, what the archive is asked; it is no dependency of the project."""

from __future__ import annotations

import importlib
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any


def bm25s_times(path: Path, questions: int) -> dict[str, float] | str:
    """Return the time to build an index over an archive's texts, s, and p50 and p95 of asking it, ms."""
    try:
        bm25s: Any = importlib.import_module("bm25s")
    except ImportError:
        return "not installed: pip install bm25s"
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT title, text FROM articles").fetchall()
    start = time.process_time()
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize([f"{title} {text}" for title, text in rows], show_progress=False), show_progress=False
    )
    built = time.process_time() - start
    times = []
    for title, _ in random.Random(1).sample(rows, questions):
        start = time.perf_counter()
        index.retrieve(bm25s.tokenize(title, show_progress=False), k=5, show_progress=False)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {
        "built in CPU s": round(built, 1),
        "p50": round(times[len(times) // 2], 1),
        "p95": round(times[int(0.95 * len(times))], 1),
    }
