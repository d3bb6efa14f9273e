"""What a working sheet is compared with, and the cells that came back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from models.accounts.permits import Actor
from models.base import db
from models.councillors.workflow import STATUSES
from models.errors import NotFound
from models.intake.matching import KnownPerson, KnownTerm
from models.intake.queries.snapshots import known_by_term
from models.intake.sheets.rules import EDITABLE
from models.intake.sheets.tables import SheetCell
from models.intake.tables import ImportBatch, ImportRow
from models.places.tables import UnionBranch


@dataclass(frozen=True)
class Stands:
    """An office and its holder as the books have them now, and the text of each cell."""

    term: KnownTerm
    person: KnownPerson
    cells: dict[str, str]


def stands(reader: Actor, term_ids: Collection[int]) -> dict[int, Stands]:
    """These offices as they stand, of people on the books whom the reader may see."""
    branches = {row.id: row.name for row in db.session.scalars(select(UnionBranch))}
    found = {}
    for term, person in known_by_term(term_ids, reader):
        if person.visible and not person.archived:
            found[term.id] = Stands(term, person, _cells(term, person, branches))
    return found


def _cells(term: KnownTerm, person: KnownPerson, branches: dict[int, str]) -> dict[str, str]:
    reach = {point.kind: point.value for point in reversed(person.points)}
    names = {name: person.names.get(name) or "" for name in EDITABLE if name in person.names}
    return {
        **names,
        "party": term.party or "",
        "expected_end": term.expected_end.isoformat() if term.expected_end else "",
        "status": STATUSES[person.network] if person.network else "",
        "branch": branches.get(person.branch_id or 0, ""),
        **{kind: reach.get(kind, "") for kind in ("email", "mobile", "phone")},
    }


@dataclass(frozen=True)
class CellLine:
    """A changed cell with the row it stands in."""

    cell: SheetCell
    row: ImportRow


@dataclass
class Counts:
    """How many cells there are of each kind; conflicts and faults count apart."""

    accepted: int = 0
    refused: int = 0
    open: int = 0
    conflicts: int = 0
    faults: int = 0

    @property
    def total(self) -> int:
        """All cells."""
        return self.accepted + self.refused + self.open


def cells_for(
    batch: ImportBatch, *, only: str = "", page: int = 1, size: int = 50
) -> tuple[list[CellLine], int]:
    """One page of a sheet's changed cells, as in the sheet, and how many there are; `only`
    conflicts, or only faults."""
    wanted = [SheetCell.batch_id == batch.id]
    if only == "conflicts":
        wanted.append(SheetCell.conflict.is_(True))
    elif only == "faults":
        wanted.append(SheetCell.fault.is_not(None))
    total = db.session.scalar(select(func.count(SheetCell.id)).where(*wanted)) or 0
    rows = db.session.execute(
        select(SheetCell, ImportRow)
        .join(ImportRow, ImportRow.id == SheetCell.row_id)
        .where(*wanted)
        .order_by(SheetCell.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return [CellLine(cell, row) for cell, row in rows], total


def counts_of(batch: ImportBatch) -> Counts:
    """How many cells of a sheet were accepted, refused, or wait."""
    found = Counts()
    rows = db.session.execute(
        select(SheetCell.decision, SheetCell.conflict, SheetCell.fault.is_not(None), func.count())
        .where(SheetCell.batch_id == batch.id)
        .group_by(SheetCell.decision, SheetCell.conflict, SheetCell.fault.is_not(None))
    )
    for decision, conflict, fault, count in rows:
        setattr(found, decision, getattr(found, decision) + count)
        found.conflicts += count if conflict else 0
        found.faults += count if fault else 0
    return found


def accepted_cells(batch: ImportBatch) -> dict[int, list[SheetCell]]:
    """The accepted cells by row."""
    found: dict[int, list[SheetCell]] = {}
    for cell in db.session.scalars(
        select(SheetCell)
        .where(SheetCell.batch_id == batch.id, SheetCell.decision == "accepted")
        .order_by(SheetCell.id)
    ):
        found.setdefault(cell.row_id, []).append(cell)
    return found


def cell_of(batch: ImportBatch, cell_id: int) -> SheetCell:
    """One cell of a sheet; raises NotFound for another one's."""
    cell = db.session.get(SheetCell, cell_id)
    if cell is None or cell.batch_id != batch.id:
        raise NotFound("There is no such cell in this sheet.")
    return cell
