"""The contests and names on the books, read once for many rows. For rules, never for pages."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from models.base import db
from models.elections.tables import Ballot, Candidacy, Election
from models.folding import fold
from models.intake.results.planning import FACTS, KnownName, Rolls
from models.intake.tables import ImportBatch, ImportRow
from models.places.spelling import ward_key
from models.places.tables import Party

AT_ONCE = 900


def rolls(codes: Iterable[str], days: Iterable[date]) -> Rolls:
    """The contests of these poll days, and the names on them."""
    found = Rolls()
    wanted = sorted(set(days))
    elections = db.session.execute(
        select(Election.id, Election.code).where(Election.poll_on.in_(wanted))
    )
    found.elections = {row.code: row.id for row in elections}
    ballots = db.session.execute(
        select(
            Ballot.id,
            Ballot.code,
            Ballot.area_key,
            Ballot.by_election,
            Ballot.cancelled,
            Election.council_id,
            Election.poll_on,
        )
        .join(Election, Election.id == Ballot.election_id)
        .where(Election.poll_on.in_(wanted))
        .order_by(Ballot.id.desc())
    )
    for row in ballots:
        found.ballots[row.code] = row.id
        area = ward_key(row.area_key)
        found.places[row.council_id, row.poll_on, area, row.by_election] = row.id
        found.cancelled[row.id] = row.cancelled
    found.names = _names(set(codes), wanted)
    return found


def _names(codes: set[str], days: list[date]) -> dict[int, list[KnownName]]:
    names: dict[int, list[KnownName]] = defaultdict(list)
    columns = (Candidacy.id, Candidacy.ballot_id, Candidacy.key, Candidacy.name_key)
    query = (
        select(
            *columns,
            *(getattr(Candidacy, name) for name in FACTS),
            func.coalesce(Candidacy.party_name, Party.name, "").label("party"),
        )
        .join(Ballot, Ballot.id == Candidacy.ballot_id)
        .join(Election, Election.id == Ballot.election_id)
        .outerjoin(Party, Party.id == Candidacy.party_id)
        .where(Election.poll_on.in_(days))
        .order_by(Candidacy.id)
    )
    if "" not in codes and 0 < len(codes) <= AT_ONCE:
        query = query.where(Election.code.in_(sorted(codes)))
    for row in db.session.execute(query):
        facts = {name: getattr(row, name) for name in FACTS}
        names[row.ballot_id].append(
            KnownName(row.id, row.key, row.name_key, fold(row.party), facts)
        )
    return names


def contests_by_code(
    elections: set[str], ballots: set[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of these elections and ballots, by code."""
    found: list[dict[str, int]] = []
    for model, codes in ((Election, elections), (Ballot, ballots)):
        ids: dict[str, int] = {}
        wanted = sorted(codes)
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            rows = db.session.execute(select(model.code, model.id).where(model.code.in_(part)))
            ids |= {row.code: row.id for row in rows}
        found.append(ids)
    return found[0], found[1]


def candidacies_of(ballot_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """The ids of the names on these ballots, by ballot and key."""
    ids: dict[tuple[int, str], int] = {}
    wanted = sorted(set(ballot_ids))
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        rows = db.session.execute(
            select(Candidacy.id, Candidacy.ballot_id, Candidacy.key).where(
                Candidacy.ballot_id.in_(part)
            )
        )
        ids |= {(row.ballot_id, row.key): row.id for row in rows}
    return ids


def poll_days(batch: ImportBatch) -> list[date]:
    """The poll days of the names that a batch is about."""
    return list(
        db.session.scalars(
            select(Election.poll_on)
            .distinct()
            .join(Ballot, Ballot.election_id == Election.id)
            .join(Candidacy, Candidacy.ballot_id == Ballot.id)
            .join(ImportRow, ImportRow.subject_id == Candidacy.id)
            .where(ImportRow.batch_id == batch.id)
            .order_by(Election.poll_on)
        )
    )
