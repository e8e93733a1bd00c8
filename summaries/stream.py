"""The shell's way in: articles line by line in, briefs out; a bad line is named and passed over."""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from summaries.brief import Brief, Doc
from summaries.extract import summarise_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHAPE = 'expected a JSON object with "text" or "docs"'


class BadLineError(ValueError):
    """A line that is no article; its text says what is wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when every line gave a brief, 1 when one did not, 2 for wrong usage."""
    options = _options(arguments)
    ok = True
    with ExitStack() as stack:
        work = partial(_answer, sentences=options.sentences, words=options.words, language=options.language)
        answers: Iterator[tuple[int, str, str]]
        if options.jobs > 1:
            pool = stack.enter_context(ProcessPoolExecutor(options.jobs))
            answers = pool.map(work, _numbered(sys.stdin.buffer), chunksize=16)
        else:
            answers = map(work, _numbered(sys.stdin.buffer))
        for number, answer, fault in answers:
            if fault:
                ok = False
                sys.stderr.write(f"line {number}: {fault}\n")
            else:
                sys.stdout.write(answer + "\n")
    sys.stdout.flush()
    return 0 if ok else 1


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line


def _answer(
    numbered: tuple[int, bytes], *, sentences: int | None, words: int | None, language: str | None
) -> tuple[int, str, str]:
    number, line = numbered
    try:
        row = json.loads(line)
        name, docs = _article(row)
    except (ValueError, RecursionError) as error:
        return number, "", str(error)
    brief = summarise_many(docs, sentences=sentences, words=words, language=language)
    return number, _line(name, brief), ""


def _article(row: object) -> tuple[object, list[Doc]]:
    if not isinstance(row, dict):
        raise BadLineError(_SHAPE)
    pieces = row.get("docs", [row])
    if not isinstance(pieces, list):
        raise BadLineError(_SHAPE)
    docs = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, dict) or not isinstance(piece.get("text"), str):
            raise BadLineError(_SHAPE)
        title = piece.get("title")
        docs.append(Doc(str(index), title if isinstance(title, str) else "", piece["text"]))
    return row.get("id"), docs


def _line(name: object, brief: Brief) -> str:
    sentences = [{"text": s.text, "doc": int(s.doc), "start": s.start, "end": s.end} for s in brief.sentences]
    answer = {"id": name, "summary": brief.summary, "sentences": sentences, "language": brief.language}
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m summaries", description=__doc__)
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--sentences", type=int, metavar="N", help="at most N sentences (3 when nothing is said)"
    )
    budget.add_argument("--words", type=int, metavar="N", help="at most N words")
    parser.add_argument("--language", metavar="CODE", help="ISO 639-1; detected when left out")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to share the work")
    return parser.parse_args(arguments)
