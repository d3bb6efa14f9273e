"""Settings: one frozen dataclass read from the environment. docs/settings.md lists each field."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from models.words import yes_or_no

CHECKOUT = Path(__file__).resolve().parent.parent
PREFIX = "HUSTINGS_"


class BadSettings(Exception):
    """A setting is missing or makes no sense; the message says which and what to do."""


def _setting(meaning: str, default: Any) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    data: str = _setting(
        "Folder for the database, the secret key and uploads. Default: ./instance in a "
        "checkout, else a folder of the user's own.",
        "",
    )
    database_url: str = _setting(
        "Database. Default: SQLite in the data folder. PostgreSQL: postgresql://user@host/name",
        "",
    )
    secret_key: str = _setting(
        "Signs cookies and links. Default: made once and kept in the data folder.", ""
    )
    bank_key: str = _setting(
        "Seals payees' bank details. Several, parted by commas: the first seals, each opens. "
        "Default: made once and kept in the data folder.",
        "",
    )
    base_url: str = _setting("Address that links in e-mails begin with.", "http://127.0.0.1:5000")
    secure_cookies: bool = _setting(
        "Send cookies over HTTPS only, with the __Host- prefix. Set it to 1 behind HTTPS.", False
    )
    trusted_proxies: int = _setting(
        "How many reverse proxies stand in front and set X-Forwarded-* headers.", 0
    )
    smtp_host: str = _setting("Mail server. Empty: no mail is sent; the CLI shows links.", "")
    smtp_port: int = _setting("Port of the mail server.", 587)
    smtp_user: str = _setting("User name at the mail server.", "")
    smtp_password: str = _setting("Password at the mail server.", "")
    smtp_tls: str = _setting("starttls, tls or none (a server on this machine).", "starttls")
    mail_from: str = _setting("Sender of e-mails.", "hustings@localhost")
    idle_minutes: int = _setting("Minutes without a click until a session ends.", 30)
    session_hours: int = _setting("Hours until a session ends in any case.", 12)
    upload_megabytes: int = _setting("Largest upload, in megabytes.", 20)
    membership_number_length: int = _setting(
        "Letters and digits that a membership number of the union has at least. Anything shorter "
        "in its place is not taken for one.",
        4,
    )
    log_format: str = _setting("json or text. Default: text at a terminal, else json.", "")
    log_level: str = _setting("debug, info, warning or error.", "info")
    demo_password: str = _setting(
        "Password of the demonstration users. Default: a random one, printed by `init --demo`.", ""
    )
    debug: bool = _setting("Development aids: the gallery page /_ui and template reloading.", False)

    @property
    def folder(self) -> Path:
        """The data folder; made on first use, readable by its owner only."""
        return Path(self.data) if self.data else _default_folder()

    @property
    def url(self) -> str:
        """The database URL in SQLAlchemy's spelling."""
        if not self.database_url:
            return f"sqlite:///{self.folder / 'hustings.db'}"
        for prefix in ("postgresql://", "postgres://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url


def _default_folder() -> Path:
    if (CHECKOUT / "setup.cfg").exists():
        return CHECKOUT / "instance"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Hustings"
    share = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(share) / "hustings"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from HUSTINGS_* variables; raises BadSettings naming the variable at fault."""
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for one in fields(Settings):
        name = PREFIX + one.name.upper()
        if name in given:
            values[one.name] = _typed(name, given[name], one.default)
    return Settings(**values)


def _typed(name: str, text: str, default: Any) -> Any:
    if isinstance(default, bool):
        answer = yes_or_no(text) if text else False
        if answer is None:
            raise BadSettings(f"{name} must be 1 or 0, not “{text}”.")
        return answer
    if isinstance(default, int):
        if not text.strip().isdigit():
            raise BadSettings(f"{name} must be a whole number, not “{text}”.")
        return int(text)
    return text
