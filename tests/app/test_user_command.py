"""`hustings user`: exit 2 and one sentence for bad input, a link or a password for good input."""

import io
import re
import sys

import pytest

from app.cli import main
from models.accounts.actions.passwords import read_link
from models.accounts.links import LinkDesk
from models.accounts.passwords import fits
from models.accounts.queries import user_by_email
from models.accounts.roles import Role
from models.base import db


@pytest.fixture
def run(fresh_database, monkeypatch, capsys):
    """Runs the command on a database of its own; returns exit code, output and errors."""
    settings = fresh_database.config["SETTINGS"]
    monkeypatch.setenv("HUSTINGS_DATA", settings.data)
    monkeypatch.setenv("HUSTINGS_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("HUSTINGS_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("HUSTINGS_BASE_URL", "https://hustings.example.org")

    def run(*words, typed=""):
        monkeypatch.setattr(sys, "argv", ["hustings", "user", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    run.app = fresh_database
    return run


def test_add_prints_a_link_that_works_once(run):
    code, out, _ = run(
        "add", "Nia@Example.org", "--name", "Nia Nant", "--role", "regional-officer",
        "--region", "wsw", "--region", "LO",
    )  # fmt: skip
    assert code == 0
    token = re.search(r"^https://hustings\.example\.org/set-password/(\S+)$", out, re.M).group(1)
    with run.app.app_context():
        user = user_by_email("nia@example.org")
        assert (user.role, user.password_hash) == (Role.REGIONAL_OFFICER, None)
        assert user.scope_words == "London, Wales & South West"
        desk = LinkDesk(run.app.config["SECRET_KEY"], "", mails=False)
        assert read_link(token, desk=desk).user_id == user.id


def test_add_takes_a_password_from_standard_input(run):
    code, out, _ = run(
        "add", "nia@example.org", "--name", "Nia", "--role", "finance", "--password-stdin",
        typed="quilt oven lantern \r\n",
    )  # fmt: skip
    assert code == 0
    assert "set-password" not in out
    with run.app.app_context():
        assert fits(user_by_email("nia@example.org").password_hash, "quilt oven lantern ")


BAD = [
    (("nia", "--name", "N", "--role", "finance"), "", "name@example.org"),
    (("bob@example.org", "--name", "N", "--role", "finance"), "", "already a user"),
    (("n@example.org", "--name", " ", "--role", "finance"), "", "Enter the person's name"),
    (("n@example.org", "--name", "N", "--role", "king"), "", "is not one of"),
    (("n@example.org", "--name", "N", "--role", "regional-officer"), "", "at least one region"),
    (("n@example.org", "--name", "N", "--role", "support", "--region", "XX"), "", "codes are"),
    (("n@example.org", "--name", "N", "--role", "finance", "--region", "SC"), "", "none"),
    (("n@example.org", "--name", "N", "--role", "finance", "--password-stdin"), "x\n", "12"),
    (("n@example.org", "--role", "finance"), "", "--name"),
]


def test_bad_input_is_exit_2_a_sentence_and_no_user(run):
    for words, typed, sentence in BAD:
        code, _, err = run("add", *words, typed=typed)
        assert (code, "Traceback" in err) == (2, False)
        assert sentence in err
    with run.app.app_context():
        assert user_by_email("n@example.org") is None


def test_list_disable_enable_and_link(run):
    code, out, _ = run("list")
    assert code == 0
    assert "bob@example.org\tBob Birch\tregional-officer\tNorth West & Irish\tinvited" in out
    assert len(out.splitlines()) == 9
    assert run("disable", "BOB@example.org")[0] == 0
    assert "disabled" in run("list")[1]
    assert run("disable", "bob@example.org")[0] == 2
    assert run("link", "bob@example.org")[0] == 2
    assert run("enable", "bob@example.org")[0] == 0
    code, out, _ = run("link", "bob@example.org")
    assert code == 0
    assert "https://hustings.example.org/set-password/" in out
    assert run("link", "nobody@example.org")[::2] == (
        2,
        "hustings: There is no user nobody@example.org.\n",
    )
    with run.app.app_context():
        assert db.session.is_active


def test_without_a_database_it_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("HUSTINGS_DATA", str(tmp_path))
    monkeypatch.delenv("HUSTINGS_DATABASE_URL", raising=False)
    monkeypatch.setattr(sys, "argv", ["hustings", "user", "list"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "hustings: The database is not set up. Run: hustings init\n"
