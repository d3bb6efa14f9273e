"""The demonstration union: made once, whole, and of one piece."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from app import demo
from app.demo import calendar, names
from app.demo.places import COUNCILS
from models import audit, clock
from models.accounts.permits import OPERATOR
from models.accounts.queries import user_by_email
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.budget.faults import ledger_faults
from models.budget.queries.tree import tree_for
from models.contacts.follow_ups.list import FOLLOW_UPS
from models.contacts.list import CONTACTS
from models.contacts.queries import people_in
from models.contacts.tables import Interaction
from models.councillors.list import COUNCILLORS
from models.councillors.queries.offices import roles_of
from models.councillors.tables import OfficeTerm
from models.delegates.list import DELEGATES
from models.disputes.queries.sheet import sheet_for
from models.elections.actions import load_figures
from models.errors import Invalid, Refused
from models.funding.queries.law import law_answers_of
from models.funding.queries.lists import Filters, applications_for
from models.funding.tables import Application
from models.funding.workflow import STATUSES
from models.people.queries.facts import memberships_of
from models.people.tables import Person
from models.places.actions import import_councils, load_councils, load_reference
from models.places.queries.councils import council_by_text
from models.places.queries.regions import councils_per_region
from models.places.tables import Council
from tests import lists

PASSWORD = "a long sentence for nobody else"
SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def union(database):
    """The demonstration in a database of which the cast is gone."""
    database.execute(db.text("delete from user_region"))
    database.execute(db.text('delete from "user"'))
    load_reference(by=OPERATOR)
    load_figures(by=OPERATOR)
    demo.build(PASSWORD)
    database.commit()
    return {user.email.split("@")[0]: user for user in database.query(User)}


@pytest.mark.slow
def test_the_union_is_whole_adds_up_and_is_made_once(union, database):
    the_people_fit_together(union["national"])
    the_log_fits_the_people(union["national"], database)
    the_delegates_are_at_parties_of_several_regions(union)
    the_money_adds_up(union)
    the_law_was_answered(union["national"])
    a_repeat_changes_nothing_but_the_password(database)
    assert {user.role for user in union.values()} == set(Role)


def the_law_was_answered(national):
    awarded, _ = applications_for(national, Filters(status="awarded"), size=100)
    assert all(one.law.legal_class and one.law.s72_category for one in awarded)
    answered = [one for each in awarded for one in law_answers_of(each)]
    assert any("lifts" in one.shown for one in answered)


def the_people_fit_together(national):
    today = clock.today()
    lines = lists.lines(COUNCILLORS, national, office="any")
    assert len(lines) > 240
    assert {region.code for region, count in councils_per_region(national) if count} == {
        "BM",
        "LO",
        "NEYH",
        "NWI",
        "SC",
        "SO",
        "WSW",
    }
    for line in lines:
        term = db.session.get_one(OfficeTerm, line.id)
        assert term.elected_on <= today
        assert term.elected_on < term.expected_end
        if line.status == "joined":
            assert memberships_of(term.person), f"{line.name} joined as no member"
        for role in roles_of([term])[term.id]:
            assert role.starts_on >= term.elected_on
    assert min(lists.tabs(COUNCILLORS, national).values()) > 3


def the_delegates_are_at_parties_of_several_regions(union):
    lines = lists.lines(DELEGATES, union["national"], state="any")
    assert len(lines) >= 24
    assert len({line.region for line in lines}) >= 6
    tabs = lists.tabs(DELEGATES, union["national"])
    assert tabs["Current"] > 15
    assert min(tabs.values()) > 0
    assert {line.status for line in lines} >= {"nominated", "certified", "credentialled"}
    for officer in ("northwest", "scotland", "london"):
        assert lists.tabs(DELEGATES, union[officer])["Current"] > 1
    preston = council_by_text("PRE")
    assert len(sheet_for(union["northwest"], council=preston).delegates) > 1
    assert len(lists.lines(COUNCILLORS, union["national"], delegate="now")) > 10


def the_log_fits_the_people(national, database):
    assert len(lists.lines(CONTACTS, national)) >= 400
    for state in ("overdue", "due"):
        assert lists.lines(FOLLOW_UPS, national, owner="all", state=state)
    # Nobody was spoken with before they were on the books.
    for contact in database.query(Interaction):
        for person in people_in(national, contact):
            assert contact.at >= person.created_at - timedelta(minutes=1)


def the_money_adds_up(union):
    national = union["national"]
    figures = tree_for(national).figures
    assert figures.cap_p == 250_000_00 == figures.handed_p
    assert figures.paid_p > 0 < figures.committed_p
    assert list(ledger_faults()) == []
    assert list(audit.broken_links()) == []
    states = {one.status for one in applications_for(national, size=100)[0]}
    assert states == set(STATUSES)
    for officer in ("northwest", "scotland", "london"):
        assert applications_for(union[officer])[1] >= 8


def a_repeat_changes_nothing_but_the_password(database):
    before = {
        table: database.query(table).count()
        for table in (Person, Interaction, Application, Council)
    }
    assert demo.build("another sentence for nobody") == "another sentence for nobody"
    assert {table: database.query(table).count() for table in before} == before


def test_it_is_not_made_in_a_database_that_somebody_uses(database):
    with pytest.raises(Refused):
        demo.build(PASSWORD)
    assert user_by_email("national@example.org") is None


def test_a_weak_password_is_refused_before_anything_is_made(database):
    database.execute(db.text("delete from user_region"))
    database.execute(db.text('delete from "user"'))
    load_reference(by=OPERATOR)
    with pytest.raises(Invalid):
        demo.build("hustings")


def test_nobody_can_be_reached_at_the_invented_addresses():
    from random import Random

    found = names.invented(Random(1), 300)
    assert len({(given, family) for _, given, family in found}) == 300
    for number, (_, given, family) in enumerate(found):
        assert re.fullmatch(r"[a-z.'-]+@example\.org", names.address(given, family))
        assert re.fullmatch(r"07700 900\d{3}", names.mobile(number))


@pytest.mark.skipif(not SHARED.exists(), reason="the real lists (../shared/data) are not here")
def test_no_invented_family_name_is_that_of_a_real_candidate_or_councillor():
    import csv

    real = set()
    for file, column in (
        ("candidates/dc_candidates_may2026.csv", "person_name"),
        ("councillors/councillors_lancashire_2026.csv", "name"),
    ):
        with (SHARED / file).open(encoding="utf-8") as lines:
            real |= {row[column].casefold() for row in csv.DictReader(lines)}
    for family in names.FAMILY:
        ending = f" {family.casefold()}"
        assert not any(name.endswith(ending) for name in real), family


@pytest.mark.skipif(not SHARED.exists(), reason="the real register (../shared/data) is not here")
def test_its_councils_are_as_the_register_states_them(database):
    load_reference(by=OPERATOR)
    register = SHARED / "councils" / "uk_local_authorities_future.csv"
    load_councils([one.facts for one in COUNCILS], by=OPERATOR)
    tally = import_councils(register.read_bytes(), by=OPERATOR)
    assert (tally.unchanged, tally.changed) == (len(COUNCILS), 0)


@pytest.mark.parametrize(
    ("today", "base", "years", "term"),
    [
        ("2026-11-22", 2023, 4, ("2023-05-04", "2027-05-06")),
        ("2026-11-22", 2026, 4, ("2026-05-07", "2030-05-02")),
        ("2027-05-06", 2023, 4, ("2027-05-06", "2031-05-01")),
        ("2027-05-05", 2022, 5, ("2022-05-05", "2027-05-06")),
        ("2026-01-01", 2026, 4, ("2022-05-05", "2026-05-07")),
    ],
)
def test_terms_run_from_poll_to_poll(today, base, years, term):
    from datetime import date

    first, last = calendar.term_around(date.fromisoformat(today), base, years)
    assert (str(first), str(last)) == term


@pytest.mark.slow
def test_it_can_be_made_on_the_first_day_of_a_financial_year(sqlite_app):
    with time_machine.travel("2028-04-01 03:00", tick=True), sqlite_app.app_context():
        db.session.rollback()
        db.session.execute(db.text("delete from user_region"))
        db.session.execute(db.text('delete from "user"'))
        load_reference(by=OPERATOR)
        demo.build(PASSWORD)
        assert list(ledger_faults()) == []
        db.session.rollback()
