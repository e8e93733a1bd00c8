"""The fast rankers give sumy's own ratings, and long texts stay bounded."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.clean import prose
from summaries.language import tokens
from summaries.rank import CAPS, RANKERS, lexrank, rank, stock, textrank

DEV = Path(__file__).parents[4] / "shared" / "data" / "summaries"

FAST = {"lexrank": lexrank, "textrank": textrank}


def generated(count: int, seed: int = 1) -> list[list[str]]:
    rng = random.Random(seed)
    vocabulary = [f"w{number}" for number in range(40 + count)]
    sentences = [[rng.choice(vocabulary) for _ in range(rng.randint(1, 14))] for _ in range(count)]
    return [*sentences, list(sentences[0])]


def best(ratings: list[float], count: int = 5) -> list[int]:
    return sorted(sorted(range(len(ratings)), key=lambda index: (-round(ratings[index], 9), index))[:count])


@pytest.mark.parametrize("ranker", sorted(FAST))
@pytest.mark.parametrize("count", [2, 3, 17, 60])
def test_numpy_gives_the_ratings_of_sumy(ranker: str, count: int) -> None:
    sentences = generated(count)
    assert FAST[ranker](sentences) == pytest.approx(stock(sentences, ranker), abs=1e-9)


@pytest.mark.parametrize("name", ["cnndm", "xsum", "no", "vi", "duc2004", "vimds"])
@pytest.mark.skipif(not DEV.exists(), reason="the research data is not beside the project")
def test_numpy_chooses_the_sentences_of_sumy_on_real_articles(name: str) -> None:
    """A sample of each file, spread over the whole of it; the measures compare every article."""
    lines = (DEV / f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:: max(1, len(lines) // 9)]:
        row = json.loads(line)
        text = row["text"] if "text" in row else "\n".join(doc["text"] for doc in row["docs"])
        language = name[:2] if name in {"no", "vi", "vimds"} else "en"
        sentences = [tokens(text[start:end], language) for start, end, *_ in prose(text, language)][:40]
        for ranker, fast in FAST.items():
            assert best(fast(sentences)) == best(stock(sentences, ranker))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=5), max_size=12),
    st.sampled_from([name for name in RANKERS if name != "lsa"]),
)
def test_scores_are_between_0_and_1_for_any_sentences(sentences: list[list[str]], ranker: str) -> None:
    scores = rank(sentences, ranker)
    assert len(scores) == len(sentences)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("ranker", ["kl", "lsa", "lexrank"])
def test_beyond_the_cap_the_rest_is_rated_0(ranker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CAPS, ranker, 30)
    scores = rank(generated(200), ranker)
    assert len(scores) == 201
    assert sum(score > 0 for score in scores) <= 30


def test_no_sentences_and_empty_sentences() -> None:
    assert rank([]) == []
    assert rank([[], []]) == [0.0, 0.0]
    assert rank([["a"]]) == [1.0]
