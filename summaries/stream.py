"""The shell's way in: articles line by line in, briefs out; a bad line is named and passed over."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from summaries.brief import Brief, Doc
from summaries.extract import DEFAULT_RANKER, summarise_many
from summaries.rank import RANKERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

BATCH = 16
"""Lines handed to a process at once: enough to make the hand-over cheap, few enough to answer soon."""

AHEAD = 3
"""Batches read ahead for each process, so that none waits and memory stays bounded on an endless input."""

EVERY = 50
"""Lines between two reports of progress."""

_SHAPE = 'expected an object with "text", or with "docs", a list of such objects'

Lines = list[tuple[int, bytes]]


class BadLineError(ValueError):
    """A line that is no article; its text says what is wrong."""


class Answer(NamedTuple):
    """What came of one line: a brief as JSON, or what was wrong with it."""

    number: int
    line: bytes
    fault: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when every line gave a brief, 1 when one did not, 2 for wrong usage."""
    options = _options(arguments)
    work = partial(_answers, options=options)
    batches = _batches(sys.stdin.buffer, BATCH if options.jobs > 1 else 1)
    try:
        if options.jobs == 1:
            return _write(map(work, batches))
        with ProcessPoolExecutor(options.jobs) as pool:
            return _write(_ahead(pool, work, batches, options.jobs * AHEAD))
    except BrokenPipeError:  # the reader has had enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left must not be flushed into the pipe at exit
        return 1
    except KeyboardInterrupt:
        return 1


def _write(batches: Iterable[list[Answer]]) -> int:
    done = failed = 0
    shown = sys.stderr.isatty()
    for batch in batches:
        for answer in batch:
            done += 1
            if answer.fault:
                failed += 1
                sys.stderr.write(f"line {answer.number}: {answer.fault}; passed over\n")
            else:
                sys.stdout.buffer.write(answer.line + b"\n")
            if shown and done % EVERY == 0:
                sys.stderr.write(f"\r{done} briefs")
        sys.stdout.buffer.flush()
    if shown and done >= EVERY:
        sys.stderr.write(f"\r{done} briefs\n")
    return 1 if failed else 0


def _batches(lines: Iterable[bytes], size: int) -> Iterator[Lines]:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, size)):
        yield batch


def _ahead(
    pool: ProcessPoolExecutor, work: Callable[[Lines], list[Answer]], batches: Iterable[Lines], most: int
) -> Iterator[list[Answer]]:
    """The answers in order, with no more than ``most`` batches under way."""
    under_way: deque[Future[list[Answer]]] = deque()
    for batch in batches:
        under_way.append(pool.submit(work, batch))
        if len(under_way) >= most:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _answers(lines: Lines, options: argparse.Namespace) -> list[Answer]:
    return [_answer(number, line, options) for number, line in lines]


def _answer(number: int, line: bytes, options: argparse.Namespace) -> Answer:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return Answer(number, b"", f"not JSON ({error.msg} at character {error.pos + 1})")
    except (ValueError, RecursionError) as error:
        return Answer(number, b"", f"not JSON ({error})")
    try:
        docs = _articles(row)
    except BadLineError as error:
        return Answer(number, b"", str(error))
    brief = summarise_many(
        docs,
        sentences=options.sentences,
        words=options.words,
        language=options.language,
        since=options.since,
        ranker=options.ranker,
        explain=options.explain,
    )
    return Answer(number, _line(row, brief, many="docs" in row), "")


def _articles(row: object) -> list[Doc]:
    if not isinstance(row, dict):
        raise BadLineError(_SHAPE)
    pieces = row.get("docs", [row])
    if not isinstance(pieces, list):
        raise BadLineError(_SHAPE)
    return [_article(piece, number) for number, piece in enumerate(pieces)]


def _article(piece: object, number: int) -> Doc:
    if not isinstance(piece, dict) or not isinstance(piece.get("text"), str):
        raise BadLineError(_SHAPE)
    title, published = piece.get("title"), piece.get("published")
    return Doc(
        id=str(number),
        title=title if isinstance(title, str) else "",
        text=piece["text"],
        published=float(published) if isinstance(published, int | float) else None,
    )


def _line(row: dict[str, object], brief: Brief, *, many: bool) -> bytes:
    """The brief as JSON; ``doc`` is the number of the article among "docs", 0 for a single one."""
    sentences = []
    for sentence in brief.sentences:
        entry: dict[str, object] = {
            "text": sentence.text,
            "doc": int(sentence.doc),
            "start": sentence.start,
            "end": sentence.end,
        }
        if many:
            entry["agreed_by"] = sentence.agreed_by
        if sentence.parts is not None:
            entry["parts"] = dict(sentence.parts)
        sentences.append(entry)
    answer = {
        "id": row.get("id"),
        "summary": brief.summary,
        "sentences": sentences,
        "language": brief.language,
    }
    if brief.reason:
        answer["reason"] = brief.reason
    # a lone surrogate, which no encoding can carry, is written as the JSON escape that it came from
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m summaries",
        description=(
            'Briefs of articles. Reads JSON Lines {"id","title","text"} or '
            '{"id","docs":[{"title","text","published"}]} from standard input; writes '
            '{"id","summary","sentences":[{"text","doc","start","end"}],"language"}, in which '
            "text == source[start:end] and doc is the number of the article, from 0."
        ),
    )
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--sentences", type=_positive, metavar="N", help="at most N sentences (default: 3)")
    budget.add_argument("--words", type=_positive, metavar="N", help="at most N words")
    parser.add_argument("--language", metavar="CODE", help="ISO 639-1; told from the text when left out")
    parser.add_argument(
        "--ranker", choices=RANKERS, default=DEFAULT_RANKER, help=f"default: {DEFAULT_RANKER}"
    )
    parser.add_argument("--since", type=float, metavar="T", help="Unix seconds: only what is new since then")
    parser.add_argument("--explain", action="store_true", help="add the parts of each sentence's score")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes (default: 1)")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 up")
    return int(text)
