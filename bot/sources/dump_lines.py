"""The lines of a page copied as text: what is a headline's head, what is furniture, what is prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sources.ages import LONGEST, reckon

LABEL_WORDS = 8
"""A publication's name or a section's heading has no more words; a line of prose nearly always has."""

DASHES = "-–—−―•·|*"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u00ad"

_TAGS = re.compile(r"(?:hash ?)?tags?:?|topics:?", re.IGNORECASE)
_TAG_LINE = re.compile(r"#[^\s#]+(?:[\s,]*#[^\s#]+)*")
_COMMENTS = re.compile(
    r"(?:(?:leave|add|post|write) a comment|(?:(?:no|\d+) )?comments?(?: ?\(\d+\))?|discussion|replies)"
    r"(?: yet)?[.:…]*",
    re.IGNORECASE,
)
_NO_COMMENTS = re.compile(
    r"(?:there are )?no comments(?: yet)?[.…!]*|be the first to comment[.…!]*"
    r"|(?:log|sign) in to comment[.…!]*",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:(?:more|other|latest|similar|top|trending|popular) )?"
    r"(?:related|recommended|similar|more|trending|latest)"
    r"(?: (?:articles?|stories|story|news|posts?|coverage|reading|content|headlines|topics))?(?: for you)?"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)|read (?:next|more|also)|see also"
    r"|more (?:on|from) .{1,60}",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"try our .{1,50}|explore what .{1,60} can do(?: for you)?[:.]?"
    r"|(?:download|get) (?:the|our) (?:\S+ ){0,3}app\W*"
    r"|(?:sign up|subscribe) (?:for|to) our .{1,60}|powered by (?:\S+ ?){1,3}",
    re.IGNORECASE,
)
_VIA = re.compile(r"(?:via|source:) (\S.{0,60})", re.IGNORECASE)
_BUTTON = re.compile(
    r"share(?: (?:this|on|via) \S{1,20})?|save|print|listen|copy link|advertisement|advertising|sponsored"
    r"|promoted|ad"
    r"|(?:load|show|see|view|read) (?:more|all|less)[.…]*|skip to (?:main )?content|back to top|follow us"
    r"|subscribe|sign up|sign in"
    r"|log ?in|menu|home|search|close|next|previous|privacy policy|terms(?: of (?:use|service))?"
    r"|cookie (?:policy|settings)"
    r"|about us|contact(?: us)?|facebook|twitter|whatsapp|telegram|linkedin|reddit|email|reply|like|likes"
    r"|ask a question"
    r"|(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,120}|all rights reserved\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        text: its words, white space collapsed.
        gap: how many blank lines stand above it.
    """

    text: str
    gap: int


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a card, above its headline.

    Attributes:
        length: how many lines it takes.
        source: the publication.
        published_at: aware; None when the card tells no age.
        approximate: the time was reckoned from an age or from a date without hours.
        certain: the publication is named twice, or named beside an age as an attribution.
    """

    length: int
    source: str
    published_at: datetime | None
    approximate: bool
    certain: bool


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that are not blank."""
    lines: list[Line] = []
    gap = 0
    for raw in text.splitlines():
        words = " ".join(raw.strip(_INVISIBLE + " \t\u00a0").split())
        if not words:
            gap += 1
            continue
        lines.append(Line(words, gap))
        gap = 0
    return lines


def is_label(text: str) -> bool:
    """Say whether a line can be a name or a heading: short, and it does not end as a sentence does."""
    return (
        len(text.split()) <= LABEL_WORDS
        and len(text) <= 80
        and not text.endswith((".", "!", "?", ",", ";", "…"))
    )


def is_related(text: str) -> bool:
    """Say whether a line is the heading above related articles."""
    return _RELATED.fullmatch(text.strip(" :*#=-_")) is not None


def is_tags(text: str) -> bool:
    """Say whether a line is the heading above an article's tags."""
    return _TAGS.fullmatch(text) is not None


def is_tag_line(text: str) -> bool:
    """Say whether a line holds tags and nothing else."""
    return _TAG_LINE.fullmatch(text) is not None


def is_comments(text: str) -> bool:
    """Say whether a line is the heading above readers' comments."""
    return _COMMENTS.fullmatch(text) is not None


def is_no_comments(text: str) -> bool:
    """Say whether a line says that nobody has commented."""
    return _NO_COMMENTS.fullmatch(text) is not None


def is_button(text: str) -> bool:
    """Say whether a line is a control of the page, or its legal notice."""
    return _BUTTON.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the page and not to any article: a button, a promotion, a notice."""
    return any(form.fullmatch(text) for form in (_BUTTON, _PROMOTION, _NO_COMMENTS))


def attribution(text: str) -> str | None:
    """Return the name in a line such as "- Iraqi News"; None when the line is not of that form."""
    if found := _VIA.fullmatch(text):
        return found[1]
    name = text.lstrip(DASHES + " ")
    if name == text or not name or len(name.split()) > LABEL_WORDS + 4:
        return None
    # A dash glued to a word is an attribution too, but a minus before a number is not.
    return None if text[0] == "-" and name[0].isdigit() and text[1:2] != " " else name


def head_at(lines: Sequence[Line], at: int, captured_at: datetime) -> Head | None:
    """Return the head of a card that begins at a line; None when none does.

    A head tells the publication and the age in up to three lines, in any order that a page may choose:
    the name; the age; the name again behind a dash. Each may be missing, though not all.
    """
    for form in (_named_twice, _age_then_name, _name_then_age, _on_one_line):
        if found := form(lines, at, captured_at):
            return found
    return None


def _text(lines: Sequence[Line], at: int) -> str:
    return lines[at].text if at < len(lines) else ""


def _same(a: str | None, b: str) -> bool:
    return a is not None and a.casefold() == b.casefold()


def _named_twice(lines: Sequence[Line], at: int, captured_at: datetime) -> Head | None:
    """Name, age, "- name"; or name, "- name", perhaps with the age after it."""
    name = _text(lines, at)
    if attribution(name) is not None or len(name) > 100:
        return None
    age = reckon(_text(lines, at + 1), captured_at)
    if age and (second := attribution(_text(lines, at + 2))) is not None and _akin(name, second):
        return Head(3, name, *age, certain=True)
    if _same(attribution(_text(lines, at + 1)), name):
        age = reckon(_text(lines, at + 2), captured_at)
        return Head(3, name, *age, certain=True) if age else Head(2, name, None, False, certain=True)
    if _same(attribution(_text(lines, at + 2)), name) and len(_text(lines, at + 1)) <= LONGEST:
        return Head(3, name, None, False, certain=True)  # an age in words that we do not know
    return None


def _akin(name: str, second: str) -> bool:
    """Say whether two lines name one publication: equal, or one within the other ("BBC", "BBC News")."""
    a, b = name.casefold(), second.casefold()
    return a == b or (is_label(name) and (a in b or b in a))


def _age_then_name(lines: Sequence[Line], at: int, captured_at: datetime) -> Head | None:
    """Age, "- name"; or "- name", age."""
    first, second = _text(lines, at), _text(lines, at + 1)
    if (age := reckon(first, captured_at)) and (name := attribution(second)) is not None:
        return Head(2, name, *age, certain=True)
    if (name := attribution(first)) is not None and (age := reckon(second, captured_at)):
        return Head(2, name, *age, certain=True)
    return None


def _name_then_age(lines: Sequence[Line], at: int, captured_at: datetime) -> Head | None:
    """Name, age, without any attribution: a reader's comment looks the same, so it is not certain."""
    name = _text(lines, at)
    if not is_label(name) or reckon(name, captured_at) or at + 2 >= len(lines):
        return None
    age = reckon(_text(lines, at + 1), captured_at)
    if age is None:
        return None
    second = attribution(_text(lines, at + 2))
    if (
        second is not None and lines[at + 2].gap == 0
    ):  # a different name behind the dash: an author or an edition
        return Head(3, name, *age, certain=True)
    return Head(2, name, *age, certain=False)


def _on_one_line(lines: Sequence[Line], at: int, captured_at: datetime) -> Head | None:
    """Name and age on one line, with a sign between them or brackets around the age."""
    text = _text(lines, at)
    if len(text) > 100 or at + 1 >= len(lines):
        return None
    bare = text.strip(DASHES + " ")
    for left, right in _splits(bare):
        for name, words in ((left, right), (right, left)):
            age = reckon(words, captured_at)
            if age and is_label(name) and not reckon(name, captured_at):
                again = _same(attribution(_text(lines, at + 1)), name)
                return Head(2 if again else 1, name, *age, certain=again)
    return None


def _splits(text: str) -> list[tuple[str, str]]:
    """Return the ways to part a line at a sign between words: "Iraqi News · a day ago"."""
    if found := re.fullmatch(r"(.+?)\s*\((.+)\)", text):
        return [(found[1], found[2])]
    return [
        (text[: sign.start()].strip(), text[sign.end() :].strip())
        for sign in re.finditer(r"\s+[-–—•·|/]\s+|\s*[•·|]\s+|\t", text)
    ]
