"""One bot for one file, and the next one learns how the last one ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lock import AlreadyRunningError, glimpse, sole
from bot.store.database import DatabaseError


def test_a_second_is_refused_and_told_whom_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "home" / "nutgraf.db"
    with sole(path) as first:
        first.opened()
        with (
            pytest.raises(AlreadyRunningError, match=r"process \d+\) already runs on .*nutgraf\.db"),
            sole(path),
        ):
            pass
        with glimpse(path) as seen:
            assert seen is None
    with sole(path) as second:
        assert second.died, "the first never said that it closed the database"


def test_who_closed_the_database_did_not_die(tmp_path: Path) -> None:
    path = tmp_path / "nutgraf.db"
    with sole(path) as first:
        assert not first.died
        first.opened()
        first.closed()
    with sole(path) as second:
        assert not second.died


def test_a_command_of_the_shell_may_see_to_it_first(tmp_path: Path) -> None:
    path = tmp_path / "nutgraf.db"
    with glimpse(path) as seen:
        assert seen is None, "no bot was ever here"
    with sole(path) as first:
        first.opened()
    with glimpse(path) as seen:
        assert seen is not None
        assert seen.died
        seen.closed()
    with sole(path) as second:
        assert not second.died


def test_a_database_on_a_server_needs_no_lock() -> None:
    with sole(None) as one, sole(None) as other:
        one.opened()
        assert not other.died


def test_no_place_for_a_lock_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseError, match="NUTGRAF_HOME"), sole(tmp_path / "file" / "nutgraf.db"):
        pass
