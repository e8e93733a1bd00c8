"""The environment, read once into one frozen Settings; all faults are told at once."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Network = IPv4Network | IPv6Network


DRIVERS = {
    "postgres://": "postgresql+asyncpg://",
    "postgresql://": "postgresql+asyncpg://",
    "sqlite://": "sqlite+aiosqlite://",
}
ENGINES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")


class ConfigError(Exception):
    """Settings cannot be used.

    Attributes:
        faults: one line each, naming the variable and what is wrong with it.
    """

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def _networks(value: object) -> object:
    """Read "10.0.0.0/8, fd00::/8" as networks."""
    if not isinstance(value, str):
        return value
    return tuple(ip_network(part.strip(), strict=False) for part in value.split(",") if part.strip())


class Settings(BaseSettings):
    """Every setting that comes from the environment or from a file `.env` in the working folder."""

    model_config = SettingsConfigDict(
        frozen=True, env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    nutgraf_home: Path = Field(default=Path("~/.local/share/nutgraf"))
    database_url: SecretStr | None = None

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_mode: Literal["socket", "http"] = "socket"
    slack_api_url: str | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None

    discord_token: SecretStr | None = None
    discord_api_url: str | None = None
    discord_proxy: str | None = None

    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65_535)
    public_url: str | None = None

    fetch_allow_networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = ()
    fetch_contact: str | None = None
    secret_key: SecretStr | None = None

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("slack_api_url", "discord_api_url", "discord_proxy", "public_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and (
            urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname
        ):
            raise ValueError("must be a web address such as https://host/path")
        return value

    @field_validator("nutgraf_home")
    @classmethod
    def _expand(cls, value: Path) -> Path:
        try:
            return value.expanduser().absolute()
        except RuntimeError:
            raise ValueError("names the home of a user who does not exist") from None

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _with_driver(value.get_secret_value()).startswith(ENGINES):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @property
    def store_url(self) -> str:
        """The address of the database: DATABASE_URL, or a file under NUTGRAF_HOME."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.nutgraf_home / 'nutgraf.db'}"
        return _with_driver(self.database_url.get_secret_value())


def _with_driver(url: str) -> str:
    """Return a database's address with our driver; hosts hand out addresses without one."""
    for plain, driven in DRIVERS.items():
        if url.startswith(plain):
            return driven + url.removeprefix(plain)
    return url


def load() -> Settings:
    """Read the settings.

    Raises:
        ConfigError: with a line for every variable at fault.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        faults = [_fault(dict(item)) for item in error.errors(include_url=False)]
        raise ConfigError(faults) from None
    except UnicodeDecodeError:
        raise ConfigError([".env: is not text in UTF-8; save it anew as UTF-8"]) from None
    if fault := _half_a_slack(settings):
        raise ConfigError([fault])
    return settings


def _half_a_slack(settings: Settings) -> str | None:
    """Say what is missing beside a bot's token of Slack."""
    if settings.slack_bot_token is None:
        return None
    if settings.slack_mode == "socket" and settings.slack_app_token is None:
        return "SLACK_APP_TOKEN: needed beside SLACK_BOT_TOKEN when SLACK_MODE is socket"
    if settings.slack_mode == "http" and settings.slack_signing_secret is None:
        return "SLACK_SIGNING_SECRET: needed beside SLACK_BOT_TOKEN when SLACK_MODE is http"
    return None


def _fault(item: dict[str, object]) -> str:
    """Say what is wrong with a variable, never what is in it."""
    place = item.get("loc")
    name = str(place[0]).upper() if isinstance(place, tuple) and place else ""
    words = str(item.get("msg", "")).removeprefix("Value error, ")
    return f"{name}: {words}" if name else words


def token_variables() -> tuple[str, ...]:
    """Return the variables of which one platform's are needed to run."""
    return ("SLACK_BOT_TOKEN and SLACK_APP_TOKEN", "DISCORD_TOKEN")
