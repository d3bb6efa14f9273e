"""Merging and un-merging in any order, over every table that names a person.

The tables come from the schema itself, so that a new one is in this test without a word here.
After each step every row there ever was is still there with its content, and names the person it
was written for or whoever that person was merged into. When all merges are taken back, all is as
it was.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from models.accounts.permits import OPERATOR
from models.base import db, is_sqlite
from models.councillors.tables import OfficeRole, OfficeTerm
from models.errors import Refused
from models.merging import rules
from models.merging.actions import merging
from models.merging.actions.undoing import unmerge
from models.merging.queries.children import rows_naming
from models.merging.tables import PersonMerge
from models.people.actions.records import NewPerson, add_person
from models.people.queries.facts import contact_points_of
from models.people.queries.people import find_people
from models.people.tables import ContactPoint, Person
from models.schema import metadata
from tests.children import add_row, places, plant_samples, rows_of
from tests.factories import make_council

pytestmark = pytest.mark.slow
PLACES = places()
FACTS = tuple(name for name in rules.CHOICES if name != "home_region_id")
NAMES = ["Ann Ashe", "Anne Ashe", "Siân O'Dell", "Bo Birch"]
_numbers = count(1)


def stored(row):
    db.session.add(row)
    db.session.flush()
    return row


def facts_of(person_id):
    person = db.session.get_one(Person, person_id)
    return {name: getattr(person, name) for name in (*rules.CHOICES, "given_key", "family_key")}


def owners():
    """Whom every row of every child table names: (table, column, rest of its key) → people."""
    found = defaultdict(list)
    for name, column in PLACES:
        keys = [key.name for key in metadata.tables[name].primary_key if key.name != column]
        for row in rows_of(name):
            found[name, column, *(row[key] for key in keys)].append(row[column] or 0)
    return {at: sorted(people) for at, people in found.items()}


class AnyMerge(RuleBasedStateMachine):
    who = Bundle("who")
    merges = Bundle("merges")

    @initialize()
    def set_up(self):
        self.facts, self.into, self.standing = {}, {}, []
        self.councils = [make_council(), make_council()]
        self.savepoint = db.session.begin_nested()
        self.templates = plant_samples()
        self.written, self.said = owners(), Counter(self.contents())

    @rule(target=who, name=st.sampled_from(NAMES), title=st.sampled_from([None, "Dr"]))
    def somebody(self, name, title):
        given_name, _, family_name = name.rpartition(" ")
        new = NewPerson(given_name, family_name, title, name_as_printed=f"No {next(_numbers)}")
        person = add_person(new, by=OPERATOR)
        self.facts[person.id] = facts_of(person.id)
        return person.id

    @rule(person=who, place=st.sampled_from(PLACES))
    def write_a_row(self, person, place):
        if person in self.into:
            return
        with self.writing():
            add_row(self.templates, place, person)

    @rule(
        person=who,
        council=st.sampled_from([0, 1]),
        elected_on=st.sampled_from([None, date(2021, 5, 6), date(2022, 5, 5)]),
        expected_end=st.sampled_from([None, date(2027, 5, 6), date(2028, 5, 4)]),
        chairs=st.booleans(),
    )
    def write_an_office(self, person, council, elected_on, expected_end, chairs):
        held = {row["council_id"] for row in rows_of("office_term") if row["person_id"] == person}
        council = self.councils[council]
        if person in self.into or council.id in held:
            return
        with self.writing():
            dates = {"elected_on": elected_on, "expected_end": expected_end}
            term = stored(OfficeTerm(person_id=person, council_id=council.id, **dates))
            if chairs:
                stored(OfficeRole(term_id=term.id, kind="chair", detail="Planning"))

    @rule(person=who, name=st.sampled_from(["a", "b"]), preferred=st.booleans())
    def write_an_address(self, person, name, preferred):
        if person in self.into:
            return
        has = contact_points_of(db.session.get_one(Person, person))
        value = f"{name}@example.org"
        if any(point.value == value or (preferred and point.preferred) for point in has):
            return
        with self.writing():
            facts = {"kind": "email", "value": value, "value_key": value}
            stored(ContactPoint(person_id=person, preferred=preferred, **facts))

    @contextmanager
    def writing(self):
        """Whatever is written inside is there for good."""
        names, rows = owners(), Counter(self.contents())
        yield
        for at, people_there in owners().items():
            new = Counter(people_there) - Counter(names.get(at, ()))
            self.written[at] = sorted([*self.written.get(at, ()), *new.elements()])
        self.said += Counter(self.contents()) - rows

    @rule(target=merges, one=who, other=who, sides=st.lists(st.sampled_from(["kept", "gone"])))
    def merge(self, one, other, sides):
        if one == other or {one, other} & self.into.keys():
            return None
        kept, gone = (db.session.get_one(Person, key) for key in (one, other))
        chosen = dict(zip(FACTS, sides, strict=False))
        done = merging.merge(kept, gone, by=OPERATOR, choices=chosen)
        self.into[other] = one
        self.standing.append((one, other))
        return done.id

    @rule(merge=merges)
    def take_back(self, merge):
        done = merge and db.session.get(PersonMerge, merge)
        if not done or done.undone_at is not None:
            return
        if done.kept_id in self.into:
            with pytest.raises(Refused, match="merged into another record since"):
                unmerge(done, by=OPERATOR)
            return
        unmerge(done, by=OPERATOR)
        assert done.left == []
        del self.into[done.gone_id]
        self.standing.remove((done.kept_id, done.gone_id))

    def contents(self):
        """Every row of every child table without the column that names the person."""
        found = []
        for table, column in PLACES:
            for row in rows_of(table):
                found.append((table, column, rules.checksum(row, column)))
        return sorted(found)

    def root(self, person):
        while person in self.into:
            person = self.into[person]
        return person

    @invariant()
    def no_row_is_lost(self):
        for at, people_there in owners().items() if hasattr(self, "written") else ():
            assert len(people_there) == len(self.written[at]), at

    @invariant()
    def nobody_holds_a_seat_twice(self):
        """One open office for one seat, one preferred address of a kind, of what was not merged."""
        offices, preferred = Counter(), Counter()
        for row in rows_of("office_term") if hasattr(self, "councils") else ():
            if row["council_id"] in {one.id for one in self.councils} and not row["actual_end"]:
                offices[row["person_id"], row["council_id"]] += 1
        for row in rows_of("contact_point"):
            if row["preferred"] and row["kind"] == "email" and "@" in row["value"]:
                preferred[row["person_id"]] += 1
        assert all(
            number == 1 for (person, _), number in offices.items() if person not in self.into
        )
        assert all(number == 1 for person, number in preferred.items() if person in self.facts)

    @invariant()
    def the_search_is_in_step(self):
        for person_id in getattr(self, "facts", ()):
            person = db.session.get_one(Person, person_id)
            found = {one.id for one in find_people(OPERATOR, person.name, limit=200)}
            assert (person_id in found) == (person_id not in self.into), person.name

    @invariant()
    def what_went_holds_only_what_the_other_has_too(self):
        """A row stays with the record that went only where the one kept has one like it."""
        for gone in getattr(self, "into", ()):
            for name, column_name in PLACES:
                table = metadata.tables[name]
                column = table.c[column_name]
                if rows_naming(table, column, gone):
                    holders = {self.root(gone)} | {
                        one for one in self.into if self.root(one) == self.root(gone)
                    }
                    holders.discard(gone)
                    assert any(rows_naming(table, column, one) for one in holders), name

    def teardown(self):
        if not hasattr(self, "savepoint"):
            return
        try:
            while self.standing:
                free = [pair for pair in self.standing if pair[0] not in self.into]
                kept_id, gone_id = free[0]
                done = next(
                    one
                    for one in db.session.query(PersonMerge).filter_by(
                        kept_id=kept_id, gone_id=gone_id, undone_at=None
                    )
                )
                unmerge(done, by=OPERATOR)
                self.standing.remove((kept_id, gone_id))
                del self.into[gone_id]
            assert {one: facts_of(one) for one in self.facts} == self.facts
            assert owners() == self.written
            assert Counter(self.contents()) == self.said
        finally:
            self.savepoint.rollback()
            db.session.expire_all()


def test_merges_in_any_order_lose_nothing_and_can_be_taken_back(database, cast):
    of_sqlite = is_sqlite(database.connection().engine)
    run(
        AnyMerge,
        settings=settings(
            max_examples=12 if of_sqlite else 4,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
