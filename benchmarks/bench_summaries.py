"""Measure briefs: time against stock sumy in the same run, memory on a very long text, articles a second.

Times of the processor are the ones to compare: another program on the machine lengthens those of the clock.

    python benchmarks/bench_summaries.py [--quick]

All text is made up by this script from a seed. Stock sumy and ours take turns, so that a busy machine slows
both alike.
Results go to standard output and to benchmarks/results/summaries.md.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from nltk.tokenize import NLTKWordTokenizer  # type: ignore[import-untyped]  # it ships no types
from sentencex import segment
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from summaries import detect_language, summarise, tokens
from summaries.clean import prose
from summaries.rank import lexrank, textrank
from summaries.rank import stock as rate_with_sumy

if TYPE_CHECKING:
    from collections.abc import Callable

_IS_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")
"""What sumy takes for a word."""

RESULTS = Path(__file__).parent / "results" / "summaries.md"
ROOT = Path(__file__).parents[1]
DEV = ROOT.parent / "shared" / "data" / "summaries"
"""Articles that are not shipped; without them the comparison of choices is left out."""

PROVEN = 60
"""Sentences compared of each article: stock sumy's time grows with the square."""

SEED = 20_240_607
SMALL = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "was",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "has",
)
SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "tor",
    "sa",
    "vel",
    "dun",
    "pre",
    "mar",
    "ist",
    "olo",
    "bin",
    "gar",
    "ne",
)


def article(sentences: int, rng: random.Random) -> str:
    """Made-up English-looking prose with a news-like spread of words: few common ones, many rare ones."""
    return " ".join(_sentence(rng) for _ in range(sentences))


def _sentence(rng: random.Random) -> str:
    found = [
        rng.choice(SMALL) if rng.random() < 0.45 else _word(rng)  # as many small words as news has
        for _ in range(rng.randint(9, 30))
    ]
    return f"{_word(rng).title()} {' '.join(found)}."


def _word(rng: random.Random) -> str:
    rank = int(rng.paretovariate(0.7)) % 20_000
    spelled = random.Random(rank)
    return "".join(spelled.choice(SYLLABLES) for _ in range(spelled.randint(2, 4)))


class StockWords:
    """sumy's own word tokenizer, without the sentence model that it would fetch from the network."""

    language = "english"
    _tokenizer = NLTKWordTokenizer()

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(filter(_IS_WORD.match, self._tokenizer.tokenize(sentence)))


def stock(text: str) -> list[str]:
    """The brief of stock sumy's LexRank: text in, three sentences out."""
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    tokenizer = StockWords()
    document = ObjectDocumentModel([Paragraph([Sentence(piece, tokenizer) for piece in segment("en", text)])])
    return [str(sentence) for sentence in summarizer(document, 3)]


def ours(text: str) -> list[str]:
    """Our brief: text in, three sentences out."""
    return [sentence.text for sentence in summarise(text, sentences=3).sentences]


def _seconds(work: Callable[[str], list[str]], text: str) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    wall, busy = time.perf_counter(), time.process_time()
    assert work(text)
    return time.perf_counter() - wall, time.process_time() - busy


def against_stock(sentences: int, rounds: int, rng: random.Random) -> list[str]:
    """Two lines of the table: medians of both, taken in turn on new texts, by processor and by clock."""
    both = []
    for _ in range(rounds):
        text = article(sentences, rng)
        both.append((*_seconds(stock, text), *_seconds(ours, text)))
    lines = []
    for name, theirs, own in (("processor", 1, 3), ("clock", 0, 2)):
        slow, fast = median(row[theirs] for row in both), median(row[own] for row in both)
        ratio = median(row[theirs] / row[own] for row in both)
        lines.append(
            f"| {sentences:,} sentences, {name} | {slow * 1000:,.0f} ms | {fast * 1000:,.1f} ms "
            f"| {ratio:,.0f}x |"
        )
    return lines


LONG = """
import random, resource, sys, time
sys.path[:0] = [{root!r}, {here!r}]
from bench_summaries import article
from summaries import summarise
text = article(20_000, random.Random({seed}))
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
assert summarise(text, sentences=3).sentences
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seconds, peak / 1024, base / 1024, len(text))
"""


def very_long() -> str:
    """20,000 sentences in a process of their own, with its peak memory."""
    code = LONG.format(root=str(ROOT), here=str(Path(__file__).parent), seed=SEED)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, peak, before, size = map(float, done.stdout.split())
    return (
        f"20,000 sentences ({size / 1e6:.1f} million characters): {seconds:.2f} s, peak memory {peak:.0f} MB "
        f"({before:.0f} MB of it before the brief, with sumy loaded for the comparison)."
    )


def throughput(articles: int, rng: random.Random) -> str:
    """Articles a second through the command, two processes, its start-up counted."""
    lines = "".join(
        json.dumps({"id": n, "text": article(rng.randint(20, 50), rng)}) + "\n" for n in range(articles)
    )
    command = [sys.executable, "-m", "summaries", "--words", "70", "--jobs", "2"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds = time.perf_counter() - began
    assert done.stdout.count("\n") == articles
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (
        f"{articles:,} articles of 20 to 50 sentences through `python -m summaries --words 70 --jobs 2`: "
        f"{articles / seconds:,.0f} articles a second by the clock, start-up included; "
        f"{articles / busy:,.0f} for each second of one processor."
    )


def proof() -> str:
    """In how many articles of the development files the fast rankers choose sumy's own five sentences."""
    lines = []
    for ranker, fast in (("lexrank", lexrank), ("textrank", textrank)):
        same = total = 0
        for path in sorted(DEV.glob("*.dev.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                text = row["text"] if "text" in row else "\n".join(doc["text"] for doc in row["docs"])
                code = detect_language(text)
                read = [tokens(text[start:end], code) for start, end, *_ in prose(text, code)][:PROVEN]
                total += 1
                same += _best(fast(read)) == _best(rate_with_sumy(read, ranker))
        lines.append(
            f"{ranker}: sumy's own five sentences in {same} of {total} articles (of each the first {PROVEN})."
        )
    return "\n".join(lines)


def _best(ratings: list[float]) -> list[int]:
    return sorted(sorted(range(len(ratings)), key=lambda index: (-round(ratings[index], 9), index))[:5])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="leave out 1,000 sentences, which takes stock sumy long"
    )
    options = parser.parse_args()
    rng = random.Random(SEED)
    warm = article(60, rng)
    stock(warm), ours(warm)
    lines = [
        "| text | stock sumy LexRank | ours | faster |",
        "|---|---|---|---|",
        *against_stock(100, 25, rng),
    ]
    if not options.quick:
        lines += against_stock(1000, 3, rng)
    lines += ["", very_long(), "", throughput(1500, rng)]
    if DEV.exists() and not options.quick:
        lines += ["", proof()]
    report = "\n".join(lines)
    print(report)
    _write(report)


def _write(report: str) -> None:
    """Replace the measured part of the results file and keep what stands around it."""
    begin, end = "<!-- measured -->", "<!-- /measured -->"
    old = (
        RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else f"# Briefs: measures\n\n{begin}\n{end}\n"
    )
    head, _, rest = old.partition(begin)
    _, _, tail = rest.partition(end)
    RESULTS.write_text(f"{head}{begin}\n{report}\n{end}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
