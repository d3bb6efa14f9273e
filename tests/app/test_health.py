"""The two addresses that a supervisor asks."""

from datetime import timedelta
from types import SimpleNamespace

import sqlalchemy as sa

from models import clock, outbox
from models.base import db


def test_a_process_that_answers_is_live(client):
    assert client.get("/healthz/live").get_json() == {"status": "live"}


def test_a_database_at_the_head_is_ready(client):
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ready"})


def test_an_old_schema_is_not_ready(client, database):
    database.execute(sa.text("update alembic_version set version_num = '0001'"))
    database.commit()
    answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.get_json()["because"] == "the database is not up to date"


def test_a_full_disk_is_not_ready(client, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=1))
    assert client.get("/healthz/ready").get_json()["because"] == "the disk is full"


def test_late_work_is_said_without_figures(client, database, monkeypatch):
    monkeypatch.setattr("app.health.kinds_ready", lambda _app: ("mail",))
    row = outbox.post("mail", {}, key="k")
    row.not_before = clock.now() - timedelta(hours=1)
    db.session.commit()
    answer = client.get("/healthz/ready")
    assert answer.status_code == 200
    assert answer.get_json()["degraded"] == "work in the outbox is late"
