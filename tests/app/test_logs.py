"""The log: one line for each request, and nothing personal in it."""

import json
import logging

import pytest

from app.logs import set_up_logging
from app.settings import BadSettings, Settings

CANARY = "CANARY-priya-kaur"


@pytest.fixture
def lines(capsys, database):
    set_up_logging(Settings(log_format="json", log_level="info"))

    def read() -> list[dict]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return read


def test_a_request_is_one_line_with_the_pattern_of_its_address(lines, sign_in, cast):
    browser = sign_in(cast.alice)
    lines()
    answer = browser.get(f"/outbox?state={CANARY}", headers={"User-Agent": CANARY})
    (line,) = [each for each in lines() if each["logger"] == "hustings.requests"]
    assert answer.status_code == 200
    assert line["endpoint"] == "/outbox"
    assert (line["method"], line["status"], line["user_id"]) == ("GET", 200, cast.alice.id)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["ms"] > 0
    assert line["timestamp"].endswith("Z")


def test_no_name_address_or_query_is_logged(client, capsys, lines):
    client.get(f"/{CANARY}?q={CANARY}")
    client.post("/sign-in", data={"email": f"{CANARY}@example.org", "password": CANARY})
    logging.getLogger("hustings.x").warning("said", extra={"email": CANARY, "job": "j"})
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("hustings.x").exception("crash")
    logging.getLogger("somebody.else").warning("cannot read %s", CANARY)
    logging.getLogger("somebody.else").warning(f"cannot read {CANARY}")
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert CANARY not in written


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_a_line_cannot_be_forged(capsys, log_format):
    set_up_logging(Settings(log_format=log_format))
    logging.getLogger("hustings.x").warning("a\r\nb\x1b[31m", extra={"verdict": "x\nlevel=error"})
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("wrong", [{"log_format": "xml"}, {"log_level": "loud"}])
def test_log_settings_that_there_are_not_are_refused(wrong):
    with pytest.raises(BadSettings):
        set_up_logging(Settings(**wrong))
