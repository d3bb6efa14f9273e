"""What the accepted cells of a working sheet would do, row by row. Pure but for what it is given.

The rows say themselves whom they are about, so that nobody has to be recognised.
"""

from collections.abc import Mapping, Sequence

from models.intake import comparing
from models.intake.matching import KnownPerson, KnownTerm
from models.intake.rows import CHANGE, CLEAR, REFUSED, UNCHANGED, Fault, GivenRow, Named, Plan, Seat
from models.intake.spellings import Gazetteer

GONE = "The office is not there any more, or the person is not yours to see."
NOTHING = "No cell of this row was accepted."


def plan_sheet(
    rows: Sequence[GivenRow],
    known: Mapping[int, tuple[KnownTerm, KnownPerson]],
    places: Gazetteer,
) -> list[Plan]:
    """One plan for each row, in order; `known` are offices and their holders by office."""
    return [_plan(row, known.get(row.values.get("term_id") or 0), places) for row in rows]


def _plan(row: GivenRow, at: tuple[KnownTerm, KnownPerson] | None, places: Gazetteer) -> Plan:
    if row.faults:
        return Plan(REFUSED, because=row.faults[0].sentence, field=row.faults[0].field)
    if at is None:
        return Plan(REFUSED, because=GONE, field="name")
    term, person = at
    seat = Seat(
        council=Named(term.council_id, "", ""),
        party=_named(row, "party", places),
        branch=_named(row, "branch", places),
    )
    case = comparing.Case(row, seat, person, term, lambda _field: CLEAR)
    outcome = comparing.compare(case)
    if isinstance(outcome, Fault):
        return Plan(REFUSED, because=outcome.sentence, field=outcome.field, person_id=person.id)
    return Plan(
        CHANGE if outcome.updates else UNCHANGED,
        because="" if outcome.updates else NOTHING,
        matched_by="the row of the sheet",
        person_id=person.id,
        term_id=term.id,
        membership_id=person.membership_id,
        updates=outcome.updates,
        seat=seat,
    )


def _named(row: GivenRow, what: str, places: Gazetteer) -> Named | None:
    text = row.values.get(what)
    return places.named(what, text) if text else None
