"""The settings, the file that shows them, and the page that explains them are one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot import config
from bot.config import ConfigError, Settings
from tests.unit.project.papers import cells, page, section

VARIABLES = {name.upper() for name in Settings.model_fields}
SECRETS = {
    name.upper() for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)
}


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine, and no file .env."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_the_example_lists_each_variable_once_and_no_other() -> None:
    listed = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", page(".env.example"), re.MULTILINE)
    assert sorted(listed) == sorted(VARIABLES)


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(page(".env.example"), encoding="utf-8")
    shown = config.load()
    (tmp_path / ".env").unlink()
    assert shown == config.load()


def test_operations_explains_each_variable_and_no_other() -> None:
    explained = [row[0].strip("`") for row in cells(section(page("docs/operations.md"), "Settings"))]
    assert sorted(explained) == sorted(VARIABLES)


def test_operations_gives_the_defaults_that_hold() -> None:
    given = {row[0].strip("`"): row[1] for row in cells(section(page("docs/operations.md"), "Settings"))}
    for name in ("SLACK_MODE", "HTTP_HOST", "HTTP_PORT", "LOG_LEVEL", "LOG_FORMAT"):
        assert given[name] == f"`{Settings.model_fields[name.lower()].default}`"


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "HTTP_PORT": "70000",
        "SLACK_MODE": "pigeon",
        "LOG_LEVEL": "loud",
        "DISCORD_PROXY": "proxy",
        "FETCH_ALLOW_NETWORKS": "10.0.0.0/99",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as caught:
        config.load()
    assert sorted(fault.partition(":")[0] for fault in caught.value.faults) == sorted(wrong)


@pytest.mark.parametrize(
    ("mode", "missing"), [("socket", "SLACK_APP_TOKEN"), ("http", "SLACK_SIGNING_SECRET")]
)
def test_half_of_slack_is_a_fault_that_names_the_other_half(
    mode: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-something-secret")
    monkeypatch.setenv("SLACK_MODE", mode)
    with pytest.raises(ConfigError, match=f"^{missing}: ") as caught:
        config.load()
    assert "something-secret" not in str(caught.value)


def test_what_is_secret_is_known_as_secret() -> None:
    telling = {name for name in VARIABLES if re.search("TOKEN|SECRET|KEY", name)} | {"DATABASE_URL"}
    assert telling == SECRETS


@given(secret=st.text(st.characters(categories=["L", "N"]), min_size=12, max_size=40))
def test_settings_never_print_a_secret(secret: str) -> None:
    marked = f"geheim{secret}"
    values = {name.lower(): SecretStr(marked) for name in SECRETS}
    values["database_url"] = SecretStr(f"postgresql://nutgraf:{marked}@db/nutgraf")
    settings = Settings.model_validate(values)
    for shown in (repr(settings), str(settings), f"{settings.model_dump()}", settings.model_dump_json()):
        assert marked not in shown


def test_a_fault_beside_a_secret_does_not_print_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "xoxb-something-secret")
    monkeypatch.setenv("HTTP_PORT", "many")
    with pytest.raises(ConfigError) as caught:
        config.load()
    assert "something-secret" not in f"{caught.value!r}{caught.value.__cause__!r}"
