"""One e-mail to the mail server, and what became of it. Nothing here writes to the database."""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache

from app.settings import BadSettings, Settings
from models import clock
from models.jobs.rules import Outcome, outcome_of_reply

TIMEOUT = 20
SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; `media_type` has two parts, like application/pdf."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What goes out, as plain values."""

    message_id: str
    to: str
    subject: str
    text: str
    attachment: Attachment | None = None


class _Answer(Exception):
    """The server said something other than yes."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def check(settings: Settings) -> None:
    """Raise BadSettings for mail settings that cannot work."""
    if settings.smtp_tls not in SECURITY:
        raise BadSettings("HUSTINGS_SMTP_TLS must be starttls, tls or none.")
    if not domain(settings):
        raise BadSettings("HUSTINGS_MAIL_FROM must be an e-mail address.")


def domain(settings: Settings) -> str:
    """The part of the sender's address after the @, for message ids."""
    return parseaddr(settings.mail_from)[1].partition("@")[2]


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as a message; raises ValueError for a line break in a header."""
    message = EmailMessage(policy=SMTP)
    for name, value in (
        ("From", settings.mail_from),
        ("To", letter.to),
        ("Subject", letter.subject),
        ("Message-ID", letter.message_id),
        ("Date", format_datetime(clock.now())),
        ("Auto-Submitted", "auto-generated"),
    ):
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise ValueError(f"{name} must be one line.")
        message[name] = value
    message.set_content(letter.text)
    attached = letter.attachment
    if attached is not None:
        if re.search(r"[\x00-\x1f\x7f]", attached.name):
            raise ValueError("The name of what is attached must be one line.")
        main, _, sub = attached.media_type.partition("/")
        message.add_attachment(attached.content, maintype=main, subtype=sub, filename=attached.name)
    return message


def send(letter: Letter, settings: Settings, *, before_data: Callable[[], bool]) -> Outcome:
    """Give the letter to the mail server.

    `before_data` is called when only the letter itself is missing, and must have committed
    “sending” when it returns True. From there on, silence means that nobody knows: uncertain.
    """
    try:
        content = compose(letter, settings).as_bytes()
    except (ValueError, UnicodeError):
        return Outcome("failed", "Its address or subject cannot stand in an e-mail.")
    try:
        server = _connect(settings)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("later", f"The mail server cannot be reached ({type(error).__name__}).")
    try:
        return _hand_over(server, letter, content, settings, before_data)
    finally:
        _leave(server)


def _connect(settings: Settings) -> smtplib.SMTP:
    where = (settings.smtp_host, settings.smtp_port)
    server: smtplib.SMTP
    if settings.smtp_tls == "tls":
        server = smtplib.SMTP_SSL(*where, timeout=TIMEOUT, context=_trusted())
    else:
        server = smtplib.SMTP(*where, timeout=TIMEOUT)
    try:
        if settings.smtp_tls == "starttls":
            server.starttls(context=_trusted())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we trust; read once, because reading the certificates takes longer than a letter."""
    return ssl.create_default_context()


def _hand_over(
    server: smtplib.SMTP,
    letter: Letter,
    content: bytes,
    settings: Settings,
    before_data: Callable[[], bool],
) -> Outcome:
    try:
        _expect(server.mail(parseaddr(settings.mail_from)[1]))
        _expect(server.rcpt(letter.to))
    except _Answer as answer:
        return outcome_of_reply(answer.code)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        return Outcome("later", f"The mail server broke off ({type(error).__name__}).")
    if not before_data():
        return Outcome("uncertain", "An earlier try was cut short: it may have arrived or not.")
    try:
        return outcome_of_reply(server.data(content)[0])
    except smtplib.SMTPDataError as refusal:
        return outcome_of_reply(refusal.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Outcome("uncertain", "The mail server went silent: it may have arrived or not.")


def _expect(reply: tuple[int, bytes]) -> None:
    if not 200 <= reply[0] < 300:
        raise _Answer(reply[0])


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
