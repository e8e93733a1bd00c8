"""Keywords keep names whole, are cased as in the text, and hold no small words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from summaries import hashtags, keywords
from summaries.language import stop_words

TEXT = (
    "Miley Cyrus cancelled three concerts in Buenos Aires on Monday. "
    "The singer is ill, a spokesman for Cyrus said, and interest rates for tickets are high. "
    "Interest rates are a topic too: the Bank of England raised its interest rates again. "
    "Cyrus will sing in Oslo in May, and the Bank of England will wait."
)


def test_names_are_kept_whole_and_cased_as_in_the_text() -> None:
    found = keywords(TEXT, 12)
    assert {"Miley Cyrus", "Buenos Aires", "Bank of England"} <= set(found)
    assert "Cyrus" not in found
    assert any(word.lower() == "interest rates" for word in found)


def test_names_do_not_run_across_a_comma() -> None:
    found = keywords(
        "In Newton Street, Millom, a man was seen. The street in Millom is closed. Millom is in Cumbria."
    )
    assert "Street Millom" not in " ".join(found)


def test_small_words_days_and_numbers_are_none() -> None:
    found = [word.lower() for word in keywords(TEXT, 50)]
    assert not set(found) & (stop_words("en") | {"monday", "may", "three hundred"})
    assert len(found) == len(set(found))


def test_the_title_weighs_more() -> None:
    assert "Oslo" not in keywords(TEXT, 4)
    assert "Oslo" in keywords(TEXT, 4, title="Oslo waits")


def test_a_corpus_sinks_what_stands_everywhere() -> None:
    everywhere = {"cyrus": 0.99, "miley": 0.99}
    assert keywords(TEXT, 1)[0] == "Miley Cyrus"
    assert keywords(TEXT, 1, document_frequency=lambda stem: everywhere.get(stem, 0.01))[0] != "Miley Cyrus"


def test_hashtags_are_one_word_each() -> None:
    tags = hashtags(TEXT, 12)
    assert "#MileyCyrus" in tags
    assert all(tag[0] == "#" and tag[1:].isalnum() for tag in tags)


def test_scripts_without_spaces_give_short_terms() -> None:
    chinese = "国家统计局公布了工业生产数据。工业生产在三月份增长。专家说工业生产还会增长。"
    assert "工业生产" in keywords(chinese, 3, language="zh")
    japanese = "政府は再生可能エネルギーの法案を決定した。エネルギーの導入が増えた。"
    assert "エネルギー" in keywords(japanese, 3, language="ja")
    assert keywords("정부는 주택 공급을 늘린다. 정부가 주택 대책을 발표했다.", 2, language="ko") == [
        "정부",
        "주택",
    ]


def test_fewer_than_asked_when_there_are_no_more() -> None:
    assert keywords("", 5) == []
    assert keywords(TEXT, 0) == []
    assert keywords("Oslo!", 5) == ["Oslo"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200), st.integers(-1, 8))
def test_any_text_gives_at_most_n(text: str, n: int) -> None:
    assert len(keywords(text, n)) <= max(0, n)
    assert all(" " not in tag for tag in hashtags(text, n))
