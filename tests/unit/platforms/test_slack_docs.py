"""The manifest and the page for Slack say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from bot.commands.parse import parse
from bot.commands.vocabulary import COMMANDS
from bot.config import Settings
from bot.model.view import Problem

DOCS = Path(__file__).parents[3] / "docs"
MANIFEST = (DOCS / "slack-manifest.yaml").read_text(encoding="utf-8")
PAGE = (DOCS / "slack.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    return PAGE.partition(f"## {name}\n")[2].partition("\n## ")[0]


def test_the_manifest_has_the_commands_of_the_vocabulary() -> None:
    offered = re.findall(r"^ +- command: /(\S+)$", MANIFEST, re.MULTILINE)
    known = {command.name.split()[0] for command in COMMANDS}
    assert set(offered) == known
    assert len(offered) == len(known)
    unread = [name for name in offered if "no command" in getattr(parse(name, "x"), "what", "")]
    assert unread == []
    assert isinstance(parse("unknown", ""), Problem)


def test_the_page_explains_each_scope_and_no_other() -> None:
    asked = re.findall(r"^ {6}- (\S+)$", MANIFEST, re.MULTILINE)
    explained = re.findall(r"^\| `([a-z:]+)` \|", section("What it asks for, and why"), re.MULTILINE)
    assert sorted(asked) == sorted(explained)


def test_the_page_names_settings_that_exist() -> None:
    named = set(re.findall(r"\b(?:SLACK|HTTP)_[A-Z_]+\b", PAGE))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}


def test_the_page_names_every_command() -> None:
    table = section("What people can do")
    assert all(f"`/{command.name.split()[0]}" in table for command in COMMANDS)


def test_the_manifest_is_within_slacks_limits() -> None:
    names = re.findall(r"command: (/\S+)", MANIFEST)
    hints = re.findall(r'usage_hint: "(.*)"', MANIFEST)
    descriptions = re.findall(r"^ +description: (.*)$", MANIFEST, re.MULTILINE)
    assert len(names) <= 50
    assert all(len(name) <= 32 for name in names)
    assert all(len(hint) <= 1000 for hint in hints)
    assert all(len(text) <= 140 for text in descriptions)
