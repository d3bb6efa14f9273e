"""A working sheet that came back: compared, decided cell by cell, applied as one batch."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update

from models import audit
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import begin_writing, db
from models.errors import Invalid, Refused
from models.intake.actions import applying, batches, previewing
from models.intake.queries import snapshots
from models.intake.queries.batches import rows_of
from models.intake.rows import SHEET, Fault, GivenRow
from models.intake.sheets import queries as sheet_queries
from models.intake.sheets import rules
from models.intake.sheets.queries import Stands
from models.intake.sheets.rules import ACCEPTED, OF_OFFICE, OPEN, REFUSED, Change, Returned
from models.intake.sheets.tables import SheetCell
from models.intake.tables import ImportBatch, ImportRow
from models.slow import slow

NOT_YOURS = (
    "This row’s office is not on the books any more, or the person is not yours to see. "
    "Take a new sheet."
)
TWICE = "Another row above is about the same office. Keep one of the two."


def take_back(
    rows: Sequence[Returned], *, file_name: str, file_hash: str, by: Actor
) -> ImportBatch:
    """Compare a sheet that came back with the books. Nothing but the comparison is written.

    Cells that can be taken as they are count as accepted; conflicts wait for a decision.
    """
    _may(by)
    slow("a sheet is compared")
    here = sheet_queries.stands(by, {row.term_id for row in rows if row.term_id is not None})
    comparison = _Comparison(here)
    for row in rows:
        comparison.take(row)
    found = comparison.found()
    begin_writing()
    batch = ImportBatch(
        kind=SHEET,
        file_name=file_name[:200],
        file_hash=file_hash,
        source=f"Working sheet {file_name}"[:120],
        outline={"headers": ["Name"], "chosen": []},
        by_id=by.id,
    )
    db.session.add(batch)
    db.session.flush()
    _keep(batch, found, read=comparison.read)
    audit.record(
        "sheet.returned", batch, by=by, after={"rows": batch.rows, "file": batch.file_hash}
    )
    return batch


def _may(by: Actor) -> None:
    for permit in (Permit.IMPORT, Permit.PEOPLE_WRITE, Permit.COUNCILLORS_WRITE):
        require(by, permit)


class _Comparison:
    """One sheet against the books."""

    def __init__(self, here: dict[int, Stands]) -> None:
        self.here = here
        self.places = snapshots.gazetteer(frozenset({"party", "branch"}))
        self.kept: list[tuple[Returned, list[Change], str]] = []
        self.said: dict[tuple[int, str], str] = {}
        self.seen: set[int] = set()
        self.read = 0

    def take(self, row: Returned) -> None:
        """Compare one row; one that says nothing new is not kept."""
        self.read += 1
        at = self.here.get(row.term_id or 0)
        fault = row.fault or ("" if at else NOT_YOURS)
        if at and not fault:
            fault = TWICE if at.term.id in self.seen else ""
            self.seen.add(at.term.id)
        found: list[Change] = []
        if at and not fault:
            found = list(self._changes(row, at))
        elif not row.fault and not any(rules.changed(name, row) for name in rules.EDITABLE):
            return
        if found or fault:
            self.kept.append((row, found, fault))

    def _changes(self, row: Returned, at: Stands) -> Iterable[Change]:
        for change in rules.changes(row, at.cells):
            if change.field not in OF_OFFICE:
                key = (at.person.id, change.field)
                before = self.said.get(key)
                if before is not None:
                    if not rules.same(change.field, before, change.mine):
                        why = f"A row above says ‘{before}’ for the same person."
                        yield _faulty(change, why)
                    continue
                self.said[key] = change.mine
            yield _faulty(change, self._fault(change, at))

    def _fault(self, change: Change, at: Stands) -> str:
        if change.fault or not change.mine:
            return change.fault
        if change.field in ("party", "branch"):
            if self.places.named(change.field, change.mine) is None:
                return f"There is no {change.field} called ‘{change.mine}’."
            if change.field == "branch" and at.person.membership_id is None:
                return "The person has no membership yet. Enter one on the record."
        return ""

    def found(self) -> list[tuple[dict[str, Any], list[Change]]]:
        """The rows that say something new, as they are kept, each with its changed cells."""
        return [(self._row(row, fault), changes) for row, changes, fault in self.kept]

    def _row(self, row: Returned, fault: str) -> dict[str, Any]:
        at = self.here.get(row.term_id or 0)
        faults = (Fault("name", fault),) if fault else ()
        values = {"name": row.name, "term_id": row.term_id, "sheet": dict(row.values)}
        return {
            "sheet": "",
            "number": row.number,
            "raw": {"Name": row.name},
            "given": GivenRow(row.number, {}, values, faults=faults).as_json(),
            "verdict": "refused" if fault else None,
            "because": fault or None,
            "subject_id": at.person.id if at else None,
        }


def _keep(
    batch: ImportBatch, found: Sequence[tuple[dict[str, Any], list[Change]]], *, read: int
) -> None:
    """Write the rows that say something new, and their changed cells."""
    rows = [{**row, "batch_id": batch.id} for row, _ in found]
    if rows:
        db.session.execute(insert(ImportRow), rows)
    ids = {row.number: row.id for row in rows_of(batch.id)}
    cells = [
        _cell(batch.id, ids[row["number"]], change) for row, changes in found for change in changes
    ]
    if cells:
        db.session.execute(insert(SheetCell), cells)
    batch.rows = len(rows)
    batch.unchanged = read - len(rows)
    batch.refused = sum(row["verdict"] == "refused" for row in rows)
    db.session.flush()


def _faulty(change: Change, fault: str) -> Change:
    return Change(**{**vars(change), "fault": fault})


def _cell(batch_id: int, row_id: int, change: Change) -> dict[str, Any]:
    plain = not change.conflict and not change.fault
    return {
        "batch_id": batch_id,
        "row_id": row_id,
        "field": change.field,
        "base": change.base or None,
        "here": change.here or None,
        "mine": change.mine or None,
        "conflict": change.conflict,
        "fault": change.fault or None,
        "decision": ACCEPTED if plain else REFUSED if change.fault else OPEN,
    }


def decide(batch: ImportBatch, cell_id: int, decision: str, *, by: Actor) -> SheetCell:
    """Accept or refuse one cell; one that cannot be taken stays refused."""
    _may(by)
    _undecided(batch)
    cell = sheet_queries.cell_of(batch, cell_id)
    if decision not in (ACCEPTED, REFUSED):
        raise Invalid("Accept the cell or refuse it.")
    if cell.fault and decision == ACCEPTED:
        raise Refused(f"This cell cannot be taken: {cell.fault}")
    cell.decision = decision
    db.session.flush()
    return cell


def decide_all(batch: ImportBatch, decision: str, *, by: Actor, conflicts: bool = True) -> None:
    """Accept or refuse every cell that can be taken; without `conflicts` only the others."""
    _may(by)
    _undecided(batch)
    if decision not in (ACCEPTED, REFUSED):
        raise Invalid("Accept the cells or refuse them.")
    wanted = [SheetCell.batch_id == batch.id, SheetCell.fault.is_(None)]
    if not conflicts:
        wanted.append(SheetCell.conflict.is_(False))
    db.session.execute(update(SheetCell).where(*wanted).values(decision=decision))
    db.session.expire_all()


def _undecided(batch: ImportBatch) -> None:
    if batch.kind != SHEET or batch.state not in batches.OPEN:
        raise Refused("This sheet was dealt with already. Upload it again.")


def apply_cells(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Write the accepted cells as one batch: at once if they are few, else by the worker.

    What was not accepted stays as the books have it. Raises Refused where nothing was accepted.
    Where the books changed under an accepted cell since the comparison nothing is written, and
    those cells wait for a decision again.
    """
    _may(by)
    _undecided(batch)
    accepted = sheet_queries.accepted_cells(batch)
    if not accepted:
        raise Refused("No cell is accepted, so there is nothing to write.")
    rows = rows_of(batch.id)
    if _changed_since(rows, accepted, by=by):
        return batch
    changes = [_given(row, accepted.get(row.id, ())) for row in rows]
    db.session.execute(update(ImportRow), changes)
    db.session.expire_all()
    if len(rows) > previewing.INLINE:
        return previewing.hand_over(batch, by=by, then="apply")
    batches.preview(batch, by=by)
    return applying.apply(batch, by=by)


def _changed_since(
    rows: Iterable[ImportRow], accepted: Mapping[int, Sequence[SheetCell]], *, by: Actor
) -> bool:
    """Open the accepted cells again that the books contradict by now; whether there were any."""
    offices = {row.id: row.given["values"].get("term_id") for row in rows if row.id in accepted}
    here = sheet_queries.stands(by, {one for one in offices.values() if one is not None})
    found = False
    for row_id, term_id in offices.items():
        at = here.get(term_id or 0)
        if at is None:
            continue  # the plan refuses the row
        for cell in accepted[row_id]:
            now, known = at.cells.get(cell.field, ""), (cell.here or "", cell.mine or "")
            if not any(rules.same(cell.field, now, one) for one in known):
                cell.here, cell.conflict, cell.decision = now or None, True, OPEN
                found = True
    db.session.flush()
    return found


def _given(row: ImportRow, cells: Iterable[SheetCell]) -> dict[str, Any]:
    """The row as an import understands it: only what was accepted, emptied cells as blank."""
    kept = row.given["values"]
    meant = kept.get("sheet", {})
    given: dict[str, Any] = {"name": kept.get("name"), "term_id": kept.get("term_id")}
    blank = []
    for cell in cells:
        if cell.mine:
            given[cell.field] = meant.get(cell.field, cell.mine)
        else:
            blank.append(cell.field)
    values = {**given, "sheet": meant}
    return {"id": row.id, "given": {**row.given, "values": values, "blank": sorted(blank)}}
