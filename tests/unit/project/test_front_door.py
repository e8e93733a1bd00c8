"""The program as it is started from a shell that has nothing set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.config import token_variables

PROGRAM = Path(sys.executable).with_name("nutgraf")


def nutgraf(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with a home of its own there and no other setting."""
    environment = {"PATH": os.defpath, "HOME": str(folder), "NUTGRAF_HOME": str(folder / "home"), **variables}
    return subprocess.run(
        [PROGRAM, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_help_tells_what_there_is(tmp_path: Path) -> None:
    shown = nutgraf(tmp_path, "--help")
    assert shown.returncode == 0
    assert all(word in shown.stdout for word in ("run", "demo", "import", "digest", "related", "doctor"))
    assert not (tmp_path / "home").exists()


def test_run_without_a_token_names_the_variables_and_touches_nothing(tmp_path: Path) -> None:
    refused = nutgraf(tmp_path, "run")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert all(name in refused.stderr for names in token_variables() for name in names.split(" and "))
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_run_with_half_of_slack_names_the_other_half(tmp_path: Path) -> None:
    refused = nutgraf(tmp_path, "run", SLACK_BOT_TOKEN="xoxb-something-secret")
    assert refused.returncode == 2
    assert "SLACK_APP_TOKEN" in refused.stderr
    assert "something-secret" not in refused.stderr + refused.stdout
    assert "Traceback" not in refused.stderr


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    refused = nutgraf(tmp_path, "sing")
    assert refused.returncode == 2
    assert "sing" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_it_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    assert nutgraf(tmp_path, "migrate").returncode == 0
    assert nutgraf(tmp_path, "backup", "copy.db").returncode == 0
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
