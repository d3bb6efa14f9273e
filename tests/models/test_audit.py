"""The audit: append-only, chained, written with the change or not at all."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
import sqlalchemy as sa

from models import audit
from models.accounts.tables import User
from models.audit import AuditEntry, AuditHead, broken_links
from models.base import db, is_sqlite


def note(user, count=1, **after):
    for number in range(count):
        audit.record("user.changed", user, by=user, after={"number": number, **after})


def entries():
    return db.session.query(AuditEntry).order_by(AuditEntry.seq).all()


def without_triggers():
    """What somebody with the database's password could do first."""
    if is_sqlite(db.session.connection()):
        db.session.execute(sa.text("drop trigger audit_no_update"))
        db.session.execute(sa.text("drop trigger audit_no_delete"))
    else:
        db.session.execute(sa.text("alter table audit disable trigger user"))


def refused(statement):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(sa.text(statement))


def test_every_change_is_one_entry_with_who_what_before_and_after(cast):
    audit.record("user.changed", cast.bob, by=cast.alice, before={"name": "x"}, after={"name": "y"})
    db.session.commit()
    (entry,) = entries()
    assert (entry.seq, entry.actor_id, entry.event) == (1, cast.alice.id, "user.changed")
    assert (entry.subject_kind, entry.subject_id) == ("user", cast.bob.id)
    assert (entry.before, entry.after) == ({"name": "x"}, {"name": "y"})
    assert entry.prev == audit.GENESIS
    assert list(broken_links()) == []


def test_the_chain_goes_on_over_commits(cast):
    for _ in range(3):
        note(cast.bob, 2)
        db.session.commit()
    chain = entries()
    assert [entry.seq for entry in chain] == [1, 2, 3, 4, 5, 6]
    assert all(two.prev == one.hash for one, two in pairwise(chain))
    assert list(broken_links()) == []


def test_a_change_that_is_rolled_back_leaves_no_entry(cast):
    note(cast.bob)
    db.session.rollback()
    db.session.commit()
    assert entries() == []


def test_what_a_savepoint_took_back_leaves_no_entry_and_what_came_before_stays(cast):
    note(cast.alice, kept=True)
    savepoint = db.session.begin_nested()
    note(cast.bob)
    savepoint.rollback()
    with db.session.begin_nested():
        note(cast.alice, kept=True)
    assert db.session.query(AuditEntry).count() == 0, "nothing is written before the commit"
    db.session.commit()
    assert [entry.after["kept"] for entry in entries()] == [True, True]


def test_a_failed_flush_in_a_savepoint_takes_its_notes_with_it(cast):
    note(cast.alice, kept=True)
    with db.session.begin_nested() as savepoint:
        note(cast.bob)
        db.session.add(User(email="bob@example.org", name="Second Bob", role="finance"))
        with pytest.raises(sa.exc.IntegrityError):
            db.session.flush()
        savepoint.rollback()
    db.session.commit()
    assert [entry.actor_id for entry in entries()] == [cast.alice.id]


def test_the_database_refuses_to_change_or_delete_an_entry(cast):
    note(cast.bob, 2)
    db.session.commit()
    refused("update audit set actor_id = null where seq = 1")
    refused("update audit set before = null, after = null where seq = 1")
    refused("update audit set event = 'x', before = null, after = null, salt = null")
    refused("delete from audit where seq = 2")
    if is_sqlite(db.session.connection()):
        refused("insert or replace into audit select * from audit where seq = 1")
    else:
        refused("truncate audit")
    assert list(broken_links()) == []


def test_erasure_is_the_one_change_allowed_and_keeps_the_chain(cast):
    note(cast.bob, 3, name="Somebody")
    db.session.commit()
    db.session.execute(
        sa.text("update audit set before = null, after = null, salt = null where seq = 2")
    )
    db.session.expire_all()
    assert entries()[1].after is None
    assert list(broken_links()) == []
    refused("""update audit set after = '{"number": 1}' where seq = 2""")


@pytest.mark.parametrize(
    "tamper",
    [
        "update audit set actor_id = null where seq = 7",
        "update audit set event = 'user.enabled' where seq = 7",
        """update audit set after = '{"number": 999}' where seq = 7""",
        "update audit set digest = hash where seq = 7",
        "delete from audit where seq = 7",
        "update audit set at = (select at from audit where seq = 1), prev = hash where seq = 7",
    ],
)
def test_tampering_names_the_first_bad_sequence(cast, tamper):
    for _ in range(10):
        note(cast.bob)
        db.session.commit()
    assert list(broken_links()) == []
    without_triggers()
    db.session.execute(sa.text(tamper))
    assert " 7" in next(broken_links())


def test_a_cut_off_end_is_noticed(cast):
    note(cast.bob, 5)
    db.session.commit()
    without_triggers()
    db.session.execute(sa.text("delete from audit where seq > 3"))
    assert "head says 5 entries; the chain ends at 3" in " ".join(broken_links())


def test_many_writers_at_once_keep_the_chain_whole(fresh_database):
    app, writers, each = fresh_database, 6, 8

    def write(_number: int) -> None:
        for _ in range(each):
            with app.app_context():
                note(db.session.query(User).filter_by(email="bob@example.org").one(), 2)
                db.session.commit()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    with app.app_context():
        assert db.session.get_one(AuditHead, 1).seq == writers * each * 2
        assert list(broken_links()) == []


def test_values_become_plain_json(cast):
    from models import clock

    moment = clock.now()
    audit.record(
        "user.changed", cast.bob, by=None, after={1: moment, "day": moment.date(), "of": {2}}
    )
    db.session.commit()
    (entry,) = entries()
    assert entry.after == {"1": moment.isoformat(), "day": moment.date().isoformat(), "of": [2]}
    assert entry.actor_id is None
    assert list(broken_links()) == []


def test_changes_tells_only_what_differs(cast):
    before, after = audit.changes(cast.bob, {"name": "Bob Beech", "role": cast.bob.role})
    assert (before, after) == ({"name": "Bob Birch"}, {"name": "Bob Beech"})
    assert audit.changes(cast.bob, {"name": "Bob Beech"}) == ({}, {})
