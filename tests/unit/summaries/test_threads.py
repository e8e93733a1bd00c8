"""Words are stemmed alike on however many threads: a bot reads articles and answers questions at once."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor

import snowballstemmer

from summaries.language import stem

ENDINGS = ("ational", "fulness", "ousness", "iveness", "ization", "ingly", "edly", "ibly", "ements", "ances")


def test_stems_do_not_depend_on_who_else_is_stemming() -> None:
    dice = random.Random(5)
    words = [
        "".join(dice.choices("bcdfglmnprst", k=2)) + "".join(dice.choices("aeiourst", k=5)) + ending
        for _ in range(300)
        for ending in ENDINGS
    ]
    alone = snowballstemmer.stemmer("english")
    expected = [alone.stemWord(word) for word in words]
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            parts = list(pool.map(lambda at: [stem(word, "en") for word in words[at::4]], range(4)))
    finally:
        sys.setswitchinterval(often)
    assert [parts[at % 4][at // 4] for at in range(len(words))] == expected
