"""The text of an article out of three readings, and out of the blocks that its page sets it in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.page import extract
from bot.sources.page_blocks import blocks_alike
from bot.sources.page_text import article_lines, with_further

ONE, TWO, THREE, FOUR = (
    f"The harbour master of Port Ellery gave reason number {n} for the delay of the ferries."
    for n in range(4)
)
FRAME = ["Print this article", "Ferries: what to know", "- Grain ships wait outside", "You may also like"]


def text(*lines: str) -> str:
    return "\n".join(lines)


def test_what_a_strict_reading_leaves_out_at_the_ends_is_the_frame() -> None:
    usual = text(FRAME[0], ONE, TWO, THREE, *FRAME[1:])
    assert article_lines(usual, text(ONE, THREE), "") == [ONE, TWO, THREE]


def test_paragraphs_at_the_ends_stay() -> None:
    assert article_lines(text(ONE, "Label", TWO, THREE), text(TWO, THREE), "") == [ONE, TWO, THREE]


def test_a_strict_reading_that_missed_the_article_does_not_count() -> None:
    usual = text("Heading", ONE, TWO, THREE)
    assert article_lines(usual, "Heading", "") == usual.split("\n")
    assert article_lines(usual, text(FOUR, FOUR + " Again."), "") == usual.split("\n")
    assert article_lines(usual, "", "") == usual.split("\n")


def test_two_readings_that_agree_on_a_run_of_lines_have_the_whole_article() -> None:
    usual = text("Heading", ONE, TWO, THREE, FOUR)
    assert article_lines(usual, text(ONE, TWO), text(ONE, TWO)) == [ONE, TWO]
    assert article_lines(usual, text(ONE, TWO), text(ONE, TWO, THREE)) != [ONE, TWO]


def test_readings_that_agree_on_scattered_or_few_lines_have_missed_the_article() -> None:
    usual = text("Heading", ONE, TWO, THREE, FOUR)
    most = text(ONE, THREE, FOUR)
    assert article_lines(usual, most, most) == [ONE, TWO, THREE, FOUR]
    assert article_lines(usual, "Heading", "Heading") == usual.split("\n")
    assert article_lines(usual, "", "") == usual.split("\n")


def test_lists_between_paragraphs_come_from_the_lenient_reading() -> None:
    lenient = text("Menu.", ONE, "- Three boats", "Heading", TWO, "- Home", FRAME[3])
    assert article_lines(text(ONE, TWO), text(ONE, TWO), lenient) == [ONE, "- Three boats", TWO]


def test_a_lenient_reading_that_took_in_the_page_does_not_count() -> None:
    lenient = text(ONE, *(f"- Item {n} of a very long list of other articles" for n in range(40)), TWO)
    assert article_lines(text(ONE, TWO), "", lenient) == [ONE, TWO]


def test_what_stands_there_twice_is_told_once() -> None:
    usual = text("Label", ONE, TWO, "Label", ONE.upper(), f"  {TWO}  ", THREE)
    assert article_lines(usual, "", "") == ["Label", ONE, TWO, "Label", THREE]


LINES = st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, *FRAME, "", " ", "|a|b|"]), max_size=12).map(
    "\n".join
)


@given(LINES | st.text(max_size=200), LINES | st.text(max_size=200), LINES | st.text(max_size=200))
def test_any_readings_give_lines_of_theirs_and_paragraphs_are_kept(
    usual: str, strict: str, lenient: str
) -> None:
    found = article_lines(usual, strict, lenient)
    whole = {" ".join(line.split()) for one in (usual, lenient) for line in one.split("\n")}
    assert set(found) <= whole
    told = usual.split("\n")
    if strict == lenient and any(line in strict.split("\n") for line in told):  # what stands after may go
        told = list(dict.fromkeys(told))  # a line that stands there twice is told where it comes first
        told = told[: 1 + max(place for place, line in enumerate(told) if line in strict.split("\n"))]
    assert all(line in found for line in (ONE, TWO, THREE, FOUR) if line in told)


def page(*blocks: str, name: str = "body", before: str = "") -> str:
    parts = "".join(f"<div class='{name}'>{block}</div><div class='advert'>Buy</div>" for block in blocks)
    return f"<html><body>{before}{parts}<div class='{name}'><p>Copyright of the Post.</p></div></body></html>"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


MORE = [f"{THREE} That was said on day {n}, and the paper asked again on the day after." for n in range(4)]


def test_further_blocks_built_alike_are_the_articles() -> None:
    html = page(paragraphs(ONE, TWO), f"<h2>Later</h2>{paragraphs(*MORE)}<ul><li>A list</li></ul>")
    found = with_further([ONE, TWO], blocks_alike(html, [ONE, TWO]))
    assert found == [ONE, TWO, "Later", *MORE, "- A list"]


def test_blocks_before_the_one_that_was_found_are_too() -> None:
    html = page(paragraphs(ONE), paragraphs(*MORE), paragraphs(TWO))
    assert with_further([ONE, TWO], blocks_alike(html, [ONE, TWO])) == [ONE, *MORE, TWO]


def test_comments_notices_and_blocks_of_another_kind_are_not() -> None:
    told = paragraphs(*MORE)
    for html in (
        page(
            paragraphs(ONE, TWO),
            paragraphs("Please subscribe to our paper.", "It costs little, and we say thanks."),
        ),
        page(paragraphs(ONE, TWO), name="") + page(told, name=""),
        page(paragraphs(ONE, TWO), before=f"<div id='comments'><div class='body'>{told}</div></div>"),
        page(paragraphs(ONE, TWO), before=f"<footer><div class='body'>{told}</div></footer>"),
        page(paragraphs(ONE, TWO), before=f"<div class='teaser'>{told}</div>"),
        "",
    ):
        assert blocks_alike(html, [ONE, TWO]) == []


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=4))
def test_any_page_gives_blocks_or_none(html: str, lines: list[str]) -> None:
    assert blocks_alike(html, lines) == [] or lines


def test_a_page_in_several_blocks_is_read_whole() -> None:
    first = [f"{ONE} Part {n} of the report followed at noon." for n in range(6)]
    html = page(
        paragraphs(*first), paragraphs(*MORE, *(f"{FOUR} So it was said, {n} times." for n in range(4)))
    )
    whole = extract(html.encode(), "https://post.example/ferries").text
    assert all(line in whole for line in (*first, *MORE))
