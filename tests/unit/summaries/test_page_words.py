"""What a page says of itself is no news: where somebody stands in a picture, what it sells, its code."""

import pytest

from summaries import summarise
from summaries.clean import prose
from summaries.sentences import split_sentences

NEWS = "A storm closed the harbour of Port Elin on Monday, and two ferries turned back."

CLUTTER = [
    "Private Jon Berg (left and right, with his wife) was reported missing in 1914 at the age of twenty.",
    "Buy a pack of four fine coasters for your desk!",
    "# merge a branch into the one that you are on now",
    "In the code that follows you will see that each block of the ferry's table:",
    "The post A storm in Port Elin appeared first on The Harbour Blog of Norway.",
    "To see what other ports have done, please visit the list of ports below.",
    "Check out our guide to the harbours of Norway for prices and hours.",
    "Check out the web page of the harbour board for more on what ships may land.",
    "Check out Harbour Law from Port Elin Books, the guide that was written by and for clerks.",
    "To order copies of this for your crew, your guests or your clerks visit the harbour board.",
    "If you missed the first half of the storm, you can check it out here.",
    "All that was written of the harbour can be found here.",
    "If you would like to help support the channel, there is a Patreon page of the ferry.",
    "(See a list of all the ferries that have run aground off Port Elin since 1950.)",
    "Harbour Plan – $129 a month, with a berth for each boat of the club in winter.",
    "Ida Holm - 4 Useful rather than fast at the helm, and never late for the start.",
    "Contact Port Elin Boats today for help with your ferry.",
    "Order a pack of coasters now, and as there are few, do so at once, or you will have to wait for ever!",
    "The number of cheap tickets for the ferry is limited - grab yours today!",
    "Step-by-step: Tie the boat to the pier before you leave it there.",
    "Ropes & Knots: Tie the boat to the pier before you leave it there.",
    "The links below lead to all that was written of the harbour of Port Elin.",
]


@pytest.mark.parametrize("line", CLUTTER)
def test_words_of_the_page_are_left_out(line: str) -> None:
    text = f"{NEWS}\n{line}\n{NEWS}"
    assert [text[one.start : one.end] for one in prose(text, "en")] == [NEWS, NEWS]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("pl", "Artykuł Burza w Port Elin pochodzi z serwisu Blog Portowy."),
        ("es", "La entrada Tormenta en Port Elin apareció primero en Blog del Puerto."),
        ("sv", "Inlägget Storm i Port Elin dök först upp på Hamnbloggen."),
        ("da", "Indlægget Storm i Port Elin blev først udgivet på Havnebloggen."),
        ("cs", "Příspěvek Bouře v Port Elin pochází z webu Přístavní blog."),
        ("it", "L'articolo Tempesta a Port Elin proviene da Blog del Porto."),
        ("nl", "Het bericht Storm in Port Elin verscheen eerst op Havenblog."),
        ("ru", "Запись Шторм в Порт-Элин впервые появилась Блог порта."),
    ],
)
def test_where_an_entry_was_first_is_left_out_in_other_languages(language: str, line: str) -> None:
    assert prose(f"{NEWS}\n{line}", language)[-1].end == len(NEWS)


@pytest.mark.parametrize(
    "line",
    [
        "He was born here.",
        "Nothing like it has been seen here.",
        "She read that the clerk lives here.",
        "The committee found that the storm had come from here.",
        "To see the ferry leave, many people had come from Oslo.",
    ],
)
def test_what_is_here_may_be_told(line: str) -> None:
    text = f"{NEWS} {line}"
    assert len(prose(text, "en")) == len(split_sentences(text, "en"))


def test_a_bracket_in_prose_is_no_caption() -> None:
    kept = "The left-wing party (right-wing papers call it red) won ten seats (top 3) in Port Elin."
    assert [kept[one.start : one.end] for one in prose(kept, "en")] == [kept]


def test_a_question_to_the_reader_brings_no_plea() -> None:
    text = f"Are you looking for a guide to your harbour? This is the one that has it all for you. {NEWS}"
    assert summarise(text, sentences=3).summary == NEWS


def test_what_a_page_wrote_above_its_text_is_cut_off() -> None:
    text = "JUMP TO THE LIST ⤵ The moving process in Oslo can be an adventure."
    assert [text[start:end] for start, end in split_sentences(text, "en")][-1].startswith("The moving")
    headed = f"HARBOUR Ferries The morning ferry ran aground off Port Elin on Monday. {NEWS}"
    assert headed[slice(*prose(headed, "en")[0][:2])].startswith("The morning ferry")


def test_doubled_quotation_marks_of_a_table_are_one() -> None:
    text = f'{NEWS} "" Ida Holm took the helm of the ferry on Friday, and it sailed.'
    assert text[slice(*prose(text, "en")[-1][:2])].startswith("Ida Holm")
    assert '""' not in summarise(f'""We sail, the skipper Ida Holm said on the pier of Oslo. {NEWS}').summary


def test_what_a_page_tore_off_is_no_sentence() -> None:
    torn = "in different harbours and need a ferry of the county."
    text = f"{NEWS}\n{torn}\n(Harbour Post) The storm grows: Elin Salt and the county of Oslo agree.\n{NEWS}"
    assert [text[one.start : one.end] for one in prose(text, "en")] == [NEWS, NEWS]
    small = "the ferry left at noon on friday. the harbour was closed by then. all stayed in town for days."
    assert len(prose(small, "en")) == 1


def test_a_name_that_begins_with_a_full_stop_is_kept_whole() -> None:
    text = "Ida Holm writes code in .NET for the ferries of Oslo. They sail on Friday."
    assert [text[start:end] for start, end in split_sentences(text, "en")] == [
        "Ida Holm writes code in .NET for the ferries of Oslo.",
        "They sail on Friday.",
    ]


def test_items_of_long_lists_are_left_out_of_a_page_that_has_sentences() -> None:
    items = [f"- Pack rope number {number} and the lamp for it" for number in range(40)]
    text = "\n".join([*[f"{NEWS[:-1]} at {hour} o'clock." for hour in range(10)], *items])
    assert len(prose(text, "en")) == 10


def test_speech_written_down_without_stops_is_kept() -> None:
    lines = [f"Boat {number} left the harbour at noon" for number in range(400)]
    text = "\n".join([*[f"{NEWS[:-1]} at {hour} o'clock." for hour in range(10)], *lines])
    assert len(prose(text, "en")) > 10


def test_a_heading_glued_to_a_number_is_cut_off() -> None:
    text = "Full details of the harbour celebrationsTen stamps have been released to celebrate the harbour."
    assert [text[one.start : one.end] for one in prose(text, "en")][-1].startswith("Ten stamps")
