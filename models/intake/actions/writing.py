"""Putting the planned rows of one piece on the books, and noting every write for undo.

Many rows at a time: what is alike is added together, so that 5,000 rows take seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert

from models import audit, clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.folding import fold
from models.intake.queries.stored import load, network_rows, points_of, tags_by_key
from models.intake.rows import COUNCILLORS, Named, Plan
from models.intake.tables import ImportBatch, ImportRow, ImportWrite
from models.people import keys
from models.people.tables import (
    ContactPoint,
    LawfulBasis,
    Person,
    PersonTag,
    Tag,
    UnionMembership,
)
from models.places.tables import Party, PartyAlias, Ward
from models.plain import plain

NAMES = ("title", "given_name", "family_name", "known_as", "suffix")
TERM = ("ward", "party", "elected_on", "expected_end")
POINTS = ("email", "mobile", "phone", "address")
PURPOSE = {COUNCILLORS: "Councillors' Network"}
OFFICE_HOLDER = ("legitimate interests", "made public")
MEMBER = ("legitimate interests", "not-for-profit: member")
CONTACT = ("legitimate interests", "not-for-profit: regular contact")


@dataclass
class Work:
    """One row being written: its plan, and the person and office as stored things."""

    row: ImportRow
    plan: Plan
    person: Person
    term: OfficeTerm | None = None
    values: dict[str, Any] = field(default_factory=dict)
    new_person: bool = False


class Writing:
    """One piece of a batch."""

    def __init__(self, batch: ImportBatch, *, by: Actor) -> None:
        self.batch = batch
        self.by = by
        self.now = clock.now()
        self.added: list[tuple[ImportRow, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.wards: dict[tuple[int, str], Ward] = {}
        self.parties: dict[str, Party] = {}
        self.tags: dict[str, Tag] = {}
        self.network: dict[int, NetworkMembership] = {}

    def write(self, rows: list[tuple[ImportRow, Plan]]) -> None:
        """Write these rows, whose plans were just made together; `same_as` is a row's id here."""
        if not rows:
            return
        for row, plan in rows:
            self._places(row, plan)
        db.session.flush()
        works = self._people(rows)
        self._offices(works)
        memberships = load(UnionMembership, self._membership_ids(works))
        points = self._points_of(works)
        self.network = network_rows(_moved(works))
        for work in works:
            self._roles(work)
            self._reach(work, points)
            self._membership(work, memberships)
            self._rest(work)
        self._keep(works)

    # Places, parties and tags that are new with a row

    def _places(self, row: ImportRow, plan: Plan) -> None:
        seat = plan.seat
        if seat.ward is not None and seat.ward.new and seat.council is not None:
            at = (seat.council.id or 0, seat.ward.key)
            if at not in self.wards:
                ward = Ward(council_id=at[0], name=seat.ward.name[:120], name_key=seat.ward.key)
                self.wards[at] = self._add(row, ward)
        if seat.party is not None and seat.party.new:
            self._party(row, seat.party)
        wanted = [update.value for update in plan.updates if update.field == "tags"]
        missing = {fold(name) for name in wanted} - self.tags.keys()
        self.tags |= tags_by_key(missing)
        for name in wanted:
            if fold(name) not in self.tags:
                self.tags[fold(name)] = self._add(row, Tag(name=name, key=fold(name)))

    def _party(self, row: ImportRow, party: Named) -> None:
        if party.key in self.parties:
            return
        new = self._add(row, Party(name=party.name))
        self.parties[party.key] = new
        db.session.flush()
        self._add(row, PartyAlias(key=party.key, party_id=new.id, taught=True))

    def _add(self, row: ImportRow, thing: Any) -> Any:
        db.session.add(thing)
        self.added.append((row, thing))
        return thing

    # People

    def _people(self, rows: list[tuple[ImportRow, Plan]]) -> list[Work]:
        known = load(Person, {plan.person_id for _, plan in rows if plan.person_id})
        begun: dict[int, Person] = {}
        works = []
        for row, plan in rows:
            if plan.person_id is not None:
                work = Work(row, plan, known[plan.person_id])
            elif plan.same_as is not None:
                work = Work(row, plan, begun[plan.same_as])
            else:
                work = Work(row, plan, self._person(row, plan), new_person=True)
                begun[row.id] = work.person
            works.append(work)
        self._note_added()
        for work in works:
            work.row.subject_id = work.person.id
            if not work.new_person:
                self._change_person(work)
        return works

    def _person(self, row: ImportRow, plan: Plan) -> Person:
        values = {update.field: update.value for update in plan.updates}
        names = {name: values.get(name) for name in NAMES}
        home = values.get("home_region")
        names["given_name"] = names["given_name"] or ""
        person = Person(
            **names,
            name_as_printed=row.given["values"].get("name"),
            given_key=fold(names["given_name"] or ""),
            family_key=fold(names["family_name"] or ""),
            home_region_id=home.id if home else None,
        )
        return self._add(row, person)  # type: ignore[no-any-return]

    def _change_person(self, work: Work) -> None:
        values = {
            update.field: update.value
            for update in work.plan.updates
            if update.field in NAMES and getattr(work.person, update.field) != update.value
        }
        for name, key in (("given_name", "given_key"), ("family_name", "family_key")):
            if values.get(name):
                values[key] = fold(values[name])
        self._change(work.row, work.person, values)

    def _change(self, row: ImportRow, thing: Any, values: Mapping[str, Any]) -> None:
        before, after = audit.changes(thing, values)
        if after:
            self._note(row, thing, before, after)

    def _note(
        self, row: ImportRow, thing: Any, before: dict[str, Any] | None, after: dict[str, Any]
    ) -> None:
        self.notes.append(
            {
                "batch_id": self.batch.id,
                "row_id": row.id,
                "table": thing.__tablename__,
                "subject_id": thing.id,
                "before": plain(before) if before is not None else None,
                "after": plain(after),
            }
        )

    def _note_added(self) -> None:
        """Note what was added so far as it is now: a later row may add to it."""
        db.session.flush()
        for row, thing in self.added:
            values = {
                column.key: getattr(thing, column.key)
                for column in thing.__mapper__.column_attrs
                if column.key not in ("id", "version", "created_at")
            }
            self._note(row, thing, None, values)
        self.added.clear()

    # Offices

    def _offices(self, works: list[Work]) -> None:
        known = load(
            OfficeTerm, {work.plan.term_id for work in works if work.plan.term_id is not None}
        )
        for work in works:
            seat = work.plan.seat
            if seat.council is None:
                continue
            values = self._term_values(work)
            if work.plan.term_id is not None:
                work.term = known[work.plan.term_id]
                self._change(work.row, work.term, values)
                continue
            term = OfficeTerm(
                person_id=work.person.id,
                post=work.row.given["values"].get("post") or "councillor",
                council_id=seat.council.id,
                source=self.batch.source,
                **values,
            )
            work.term = self._add(work.row, term)
        db.session.flush()

    def _term_values(self, work: Work) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for update in work.plan.updates:
            if update.field not in TERM:
                continue
            if update.field in ("ward", "party"):
                values[f"{update.field}_id"] = self._place_id(work.plan, update.value)
            else:
                values[update.field] = update.value
        return values

    def _place_id(self, plan: Plan, place: Named | None) -> int | None:
        if place is None or place.id is not None:
            return place.id if place else None
        if place is plan.seat.ward and plan.seat.council is not None:
            return self.wards[plan.seat.council.id or 0, place.key].id
        return self.parties[place.key].id

    def _roles(self, work: Work) -> None:
        for update in work.plan.updates:
            if update.field == "roles" and work.term is not None:
                kind, detail = update.value
                self._add(work.row, OfficeRole(term_id=work.term.id, kind=kind, detail=detail))

    # Ways to reach people

    def _points_of(self, works: list[Work]) -> dict[tuple[int, str], list[ContactPoint]]:
        wanted = {
            work.person.id
            for work in works
            if not work.new_person and any(update.field in POINTS for update in work.plan.updates)
        }
        return points_of(wanted)

    def _reach(self, work: Work, points: dict[tuple[int, str], list[ContactPoint]]) -> None:
        for update in work.plan.updates:
            if update.field not in POINTS:
                continue
            there = points.setdefault((work.person.id, update.field), [])
            replaces = bool(there) and update.old is not None
            if replaces:
                ended = {"ends_on": self.now.date(), "preferred": False}
                self._change(work.row, there[0], ended)
                del there[0]
            if update.value is None:
                continue
            text, key = update.value
            shown = keys.phone(text) if update.field in ("mobile", "phone") else text
            point = ContactPoint(
                person_id=work.person.id,
                kind=update.field,
                value=shown,
                value_key=key,
                preferred=replaces or not there,  # what replaces the first stands first
                source=self.batch.source,
            )
            there.append(self._add(work.row, point))

    # Union membership, network, tags, lawful basis

    @staticmethod
    def _membership_ids(works: list[Work]) -> set[int]:
        ids = {work.plan.membership_id for work in works}
        return {one for one in ids if one is not None}

    def _membership(self, work: Work, known: Mapping[int, UnionMembership]) -> None:
        values: dict[str, Any] = {}
        for update in work.plan.updates:
            if update.field == "number":
                values["number"] = update.value
            elif update.field == "branch":
                values["branch_id"] = update.value.id
            elif update.field == "membership_status":
                values["status"] = update.value
        if not values:
            return
        if work.plan.membership_id is not None:
            self._change(work.row, known[work.plan.membership_id], values)
        else:
            membership = UnionMembership(
                person_id=work.person.id, source=self.batch.source, **values
            )
            self._add(work.row, membership)

    def _rest(self, work: Work) -> None:
        for update in work.plan.updates:
            if update.field == "status":
                self._network(work, update.value)
            elif update.field == "tags":
                tag = self.tags[fold(update.value)]
                self._add(work.row, PersonTag(person_id=work.person.id, tag_id=tag.id))
        if work.new_person:
            basis, condition = self._basis(work)
            self._add(
                work.row,
                LawfulBasis(
                    person_id=work.person.id,
                    purpose=PURPOSE.get(self.batch.kind, "Election funding"),
                    basis=basis,
                    condition=condition,
                    source=self.batch.source,
                    starts_on=self.now.date(),
                ),
            )

    def _basis(self, work: Work) -> tuple[str, str]:
        if work.row.given["values"].get("number"):
            return MEMBER
        return OFFICE_HOLDER if work.term is not None else CONTACT

    def _network(self, work: Work, status: str) -> None:
        present = self.network.get(work.person.id)
        reason = None
        if present is not None:
            self._change(work.row, present, {"ended_at": self.now})
            db.session.flush()  # the database allows one open place at a time
            reason = self.batch.source
        place = NetworkMembership(
            person_id=work.person.id,
            status=status,
            reason=reason,
            started_at=self.now,
            changed_by_id=self.by.id,
        )
        self._add(work.row, place)

    # What was written

    def _keep(self, works: list[Work]) -> None:
        """Note every write for undo and in the audit, and mark the rows as written."""
        self._note_added()
        if self.notes:
            db.session.execute(insert(ImportWrite), self.notes)
        for work in works:
            work.row.applied_at = self.now
            audit.record(
                "person.imported",
                work.person,
                by=self.by,
                before={"row": work.row.number, **_side(work.plan, 0)},
                after={"import": self.batch.id, **_side(work.plan, 1)},
            )
        db.session.flush()


def _moved(works: list[Work]) -> set[int]:
    """The people whose place in the network changes."""
    return {
        work.person.id
        for work in works
        if not work.new_person and any(one.field == "status" for one in work.plan.updates)
    }


def _side(plan: Plan, side: int) -> dict[str, str | None]:
    return {name: pair[side] for name, pair in plan.shown().items() if pair[side] is not None}
