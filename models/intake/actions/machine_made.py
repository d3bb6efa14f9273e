"""Before records go: what the product itself noted about them goes too."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, update

from models.base import db
from models.councillors.seats.tables import CandidateMatch
from models.elections.tables import Candidacy
from models.intake.queries.machine_made import matches_by_rule, named_by_rule, open_pairs
from models.intake.queries.parts import parts
from models.merging.tables import DuplicatePair

Thing = tuple[str, int]


def noted(made: Mapping[str, Collection[int]]) -> set[Thing]:
    """The rows that name these (table → ids) and that no person had a hand in."""
    people = made.get("person", ())
    return {
        *(("duplicate_pair", one) for one in open_pairs(people)),
        *(("candidate_match", one) for one in matches_by_rule(made.get("office_term", ()))),
        *(("candidacy", one) for one in named_by_rule(people)),
    }


def forget(made: Mapping[str, Collection[int]]) -> None:
    """Take those rows away; a name on a ballot stays, and stands for nobody on the books."""
    people = made.get("person", ())
    _at(delete(DuplicatePair), DuplicatePair.id, open_pairs(people))
    _at(update(Candidacy).values(person_id=None), Candidacy.id, named_by_rule(people))
    matches = matches_by_rule(made.get("office_term", ()))
    _at(delete(CandidateMatch), CandidateMatch.id, matches)


def _at(statement: Any, column: Any, ids: Collection[int]) -> None:
    for part in parts(ids):
        some = statement.where(column.in_(part))
        db.session.execute(some.execution_options(synchronize_session=False))
