"""README and the pages say what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from bot.cli import app
from bot.commands.vocabulary import COMMANDS
from tests.unit.project.papers import PAGES, ROOT, cells, page, section

README = page("README.md")


def commands(command: object, name: str) -> list[str]:
    """Return the commands of the shell with their names in full, groups left out."""
    if not isinstance(command, TyperGroup):
        return [name]
    return [one for key, part in command.commands.items() for one in commands(part, f"{name} {key}")]


def spoken(text: str) -> set[str]:
    """Return the commands that the first cells of tables name: "`nutgraf feed add`, `list`" names two."""
    found: set[str] = set()
    for row in cells(text):
        family = ""
        for words in re.findall(r"`([^`]+)`", row[0]):
            name = " ".join(re.findall(r"^(?:[a-z]+ ?)+", words)).strip()
            if name.startswith("nutgraf"):
                family = name.rpartition(" ")[0]
                found.add(name)
            else:
                found.add(f"{family} {name}")
    return found


@pytest.mark.parametrize("manager", [False, True])
def test_the_chat_tables_are_the_vocabulary(manager: bool) -> None:
    everyone, managers = section(README, "In chat").split("\nFor managers", 1)
    told = [tuple(row) for row in cells(managers if manager else everyone)]
    known = [(f"`/{one.line}`", one.summary) for one in COMMANDS if one.manager is manager]
    assert told == known


def test_the_shell_table_has_each_command_and_no_other() -> None:
    assert spoken(section(README, "In the shell")) == set(commands(typer.main.get_command(app), "nutgraf"))


@pytest.mark.parametrize("platform", ["Slack", "Discord"])
def test_the_five_steps_are_those_of_the_platforms_page(platform: str) -> None:
    def steps(text: str) -> list[str]:
        return re.findall(r"^\d\. \*\*(.+?)\*\*", text, re.MULTILINE)

    def typed(text: str) -> list[str]:
        return [line.strip() for block in text.split("```")[1::2] for line in block.splitlines()[1:]]

    short = section(README, f"{platform} in five steps")
    whole = section(page(f"docs/{platform.lower()}.md"), "Set up in five steps")
    assert len(steps(short)) == 5
    assert steps(short) == steps(whole)
    assert typed(short) == typed(whole)


def test_the_digest_shown_is_verbatim() -> None:
    lines = (ROOT / "bot" / "samples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    texts = [" ".join(one["text"].split()) for one in articles]
    titles = sorted({" ".join(one["title"].split()) for one in articles}, key=len, reverse=True)
    paper = "|".join(sorted({re.escape(one["source"]) for one in articles}))
    shown = section(README, "A digest").split("```")[1]
    stories = re.split(r"^\d  ", shown, flags=re.MULTILINE)[1:]
    assert stories
    for story in stories:
        rows = [re.sub(r"  S-\w{4}$", "", line).strip() for line in story.splitlines()]
        words = " ".join(row for row in rows if row and not re.match(r"\[\d\] http", row))
        title = next((one for one in titles if words.startswith(one)), None)
        assert title is not None, f"no sample article has this headline: {words[:100]}"
        reported = rf"(?:(?:{paper}|\d+ more)(?: \[\d\])*(?: · )?)+(?:; \d+ cop(?:y|ies))?$"
        telling = re.sub(reported, "", words.removeprefix(title))
        sentences = re.split(r"\[\d(?:; \d+ more says? so)?\]", telling)
        assert [sentences.pop().strip(), bool(sentences)] == ["", True]
        for sentence in sentences:
            assert any(sentence.strip() in text for text in texts), sentence


def test_each_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    named = {name for text in map(Path.read_text, PAGES) for name in re.findall(r"\bmake ([a-z]+)\b", text)}
    in_code = {
        name
        for text in map(Path.read_text, PAGES)
        for code in re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
        for name in re.findall(r"(?:^|[\s`])make ([a-z]+)", code, re.MULTILINE)
    }
    assert {"demo", "test", "run", "install"} <= in_code <= targets
    assert in_code <= named


def test_the_pages_name_only_commands_that_exist() -> None:
    known = {one.partition(" ")[2] for one in commands(typer.main.get_command(app), "nutgraf")}
    firsts = {one.partition(" ")[0] for one in known}
    for path in PAGES:
        code = re.findall(r"```.*?```|`[^`\n]+`", path.read_text(encoding="utf-8"), re.DOTALL)
        used = {name for text in code for name in re.findall(r"(?<![/\w-])(?<!-[ug] )nutgraf ([a-z]+)", text)}
        assert used <= firsts, path.name


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_each_link_within_the_project_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), f"{path.name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in anchors, f"{path.name} links to {target}"


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_each_file_that_a_page_names_exists(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = re.findall(r"`((?:bot|summaries|tests|docs|deploy|benchmarks)/[\w./-]+)`", text)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == [], path.name
