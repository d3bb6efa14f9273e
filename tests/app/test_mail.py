"""One letter to the mail server: what each of its answers means, and what cannot be smuggled in."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from app import mail
from app.settings import BadSettings, Settings

LETTER = mail.Letter("<1@example.org>", "ann@example.org", "Grüße £5", "Good day\n.\n.hidden\n")


class Server:
    """A mail server that answers as it is told."""

    def __init__(self) -> None:
        self.rcpt = "250 OK"
        self.data = "250 Taken"
        self.drop = False
        self.letters: list[bytes] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, _session, envelope) -> str:  # noqa: N802
        self.letters.append(envelope.content)
        if self.drop:
            server.transport.abort()
        return self.data


@pytest.fixture
def server() -> Iterator[Server]:
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        handler.port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def settings(port: int, **more) -> Settings:
    return Settings(
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_tls="none",
        mail_from="office@example.org",
        **more,
    )


def send(server: Server, letter: mail.Letter = LETTER, claim=lambda: True):
    return mail.send(letter, settings(server.port), before_data=claim)


def test_a_letter_arrives_whole(server):
    assert send(server).verdict == "done"
    content = server.letters[0].decode()
    assert "Message-ID: <1@example.org>" in content
    assert "=?utf-8?" in content
    assert content.rstrip().endswith("Good day\r\n.\r\n.hidden")


@pytest.mark.parametrize(
    ("step", "answer", "verdict"),
    [
        ("rcpt", "451 Later", "later"),
        ("rcpt", "550 Nobody here", "failed"),
        ("data", "452 Full", "later"),
        ("data", "554 No", "failed"),
    ],
)
def test_the_servers_answer_decides(server, step, answer, verdict):
    setattr(server, step, answer)
    outcome = send(server)
    assert outcome.verdict == verdict
    assert "ann@example.org" not in outcome.because
    assert "Nobody" not in outcome.because


def test_silence_after_the_letter_is_uncertain(server):
    server.drop = True
    assert send(server).verdict == "uncertain"


def test_nothing_is_sent_when_another_try_has_the_letter(server):
    assert send(server, claim=lambda: False).verdict == "uncertain"
    assert server.letters == []


def test_a_server_that_is_away_is_asked_again_later():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    outcome = mail.send(LETTER, settings(port), before_data=lambda: True)
    assert outcome.verdict == "later"


def test_a_server_without_encryption_is_not_used_when_it_is_asked_for(server):
    safe = Settings(smtp_host="127.0.0.1", smtp_port=server.port, mail_from="office@example.org")
    outcome = mail.send(LETTER, safe, before_data=lambda: True)
    assert outcome.verdict == "later"
    assert server.letters == []


@pytest.mark.parametrize("bad", ["x@y.org\r\nBcc: all@example.org", "x@y.org\nX: 1", "a\0b"])
def test_no_header_can_be_smuggled_in(server, bad):
    for letter in (
        mail.Letter("<1@x>", bad, "Subject", "Text"),
        mail.Letter("<1@x>", "ann@example.org", bad, "Text"),
    ):
        assert send(server, letter).verdict == "failed"
    assert server.letters == []


@pytest.mark.parametrize("wrong", [{"smtp_tls": "ssl"}, {"mail_from": "the office"}])
def test_mail_settings_that_cannot_work_are_refused(wrong):
    with pytest.raises(BadSettings):
        mail.check(Settings(**wrong))
