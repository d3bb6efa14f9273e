"""Offices and the roles within them. Whoever got a person from `person_for` may read theirs."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.rules import ROLE_KINDS
from models.councillors.tables import OfficeRole, OfficeTerm
from models.errors import NotFound
from models.folding import fold
from models.people.queries.people import person_for
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person
from models.places.queries.conditions import begins
from models.places.tables import Council

_WHOLE = (
    joinedload(OfficeTerm.council),
    joinedload(OfficeTerm.ward),
    joinedload(OfficeTerm.constituency),
    joinedload(OfficeTerm.party),
)


def holding(on: date | None = None) -> ColumnElement[bool]:
    """True for a term that nobody has said to have ended by a day (default: today)."""
    return or_(OfficeTerm.actual_end.is_(None), OfficeTerm.actual_end > (on or clock.today()))


def terms_of(person: Person) -> list[OfficeTerm]:
    """The person's offices, those held now first, then the latest."""
    rows = db.session.scalars(
        select(OfficeTerm).options(*_WHOLE).where(OfficeTerm.person_id == person.id)
    )
    return _held_first(rows)


def _held_first(terms: Iterable[OfficeTerm]) -> list[OfficeTerm]:
    today = clock.today()
    return sorted(
        terms,
        key=lambda t: (
            t.actual_end is None or t.actual_end > today,
            t.elected_on or date.min,
            t.id,
        ),
        reverse=True,
    )


def terms_and_roles_of(
    person: Person,
) -> tuple[list[OfficeTerm], dict[int, list[OfficeRole]]]:
    """The person's offices as `terms_of` gives them, and their roles as `roles_of` does."""
    rows = db.session.execute(
        select(OfficeTerm, OfficeRole)
        .options(*_WHOLE)
        .outerjoin(OfficeRole, OfficeRole.term_id == OfficeTerm.id)
        .where(OfficeTerm.person_id == person.id)
        .order_by(OfficeRole.ends_on.is_(None).desc(), OfficeRole.starts_on, OfficeRole.id)
    ).unique()
    roles: dict[int, list[OfficeRole]] = {}
    terms: dict[int, OfficeTerm] = {}
    for term, role in rows:
        terms[term.id] = term
        roles.setdefault(term.id, []).extend([role] if role is not None else [])
    return _held_first(terms.values()), roles


def roles_of(terms: Iterable[OfficeTerm]) -> dict[int, list[OfficeRole]]:
    """The roles within these terms, by the term's id; those held now first."""
    ids = [term.id for term in terms]
    found: dict[int, list[OfficeRole]] = {term_id: [] for term_id in ids}
    if ids:
        for role in db.session.scalars(
            select(OfficeRole)
            .where(OfficeRole.term_id.in_(ids))
            .order_by(OfficeRole.ends_on.is_(None).desc(), OfficeRole.starts_on, OfficeRole.id)
        ):
            found[role.term_id].append(role)
    return found


def term_for(user: Actor, term_id: int) -> OfficeTerm:
    """A term of a person this user may see; else NotFound."""
    term = db.session.get(OfficeTerm, term_id)
    if term is None:
        raise NotFound("There is no such office.")
    person_for(user, term.person_id)
    return term


def role_for(user: Actor, role_id: int) -> OfficeRole:
    """A role within a term of a person this user may see; else NotFound."""
    role = db.session.get(OfficeRole, role_id)
    if role is None:
        raise NotFound("There is no such role.")
    term_for(user, role.term_id)
    return role


def councils_with_offices(user: Actor) -> list[Council]:
    """The councils on which somebody whom this user may see holds or held an office, by name."""
    seats = (
        select(OfficeTerm.council_id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .where(visible_people(user), listed())
    )
    return list(
        db.session.scalars(
            select(Council).where(Council.id.in_(seats)).order_by(Council.name_key, Council.id)
        )
    )


def roles_in_words(term_ids: Collection[int]) -> dict[int, str]:
    """For each office with roles that stand, these in a line: "Cabinet member: Housing"."""
    rows = db.session.execute(
        select(OfficeRole.term_id, OfficeRole.kind, OfficeRole.detail)
        .where(OfficeRole.term_id.in_(term_ids), OfficeRole.ends_on.is_(None))
        .order_by(OfficeRole.id)
    )
    words: dict[int, list[str]] = {}
    for term_id, kind, detail in rows:
        label = ROLE_KINDS.get(kind, kind)
        words.setdefault(term_id, []).append(f"{label}: {detail}" if detail else label)
    return {term_id: "; ".join(roles) for term_id, roles in words.items()}


def offices_in_words(person_ids: Collection[int]) -> dict[int, str]:
    """For each person who holds an office, the offices in a line: "Ribble, Preston (Labour)"."""
    if not person_ids:
        return {}
    terms = db.session.scalars(
        select(OfficeTerm)
        .options(*_WHOLE)
        .where(OfficeTerm.person_id.in_(sorted(person_ids)), holding())
        .order_by(OfficeTerm.person_id, OfficeTerm.elected_on, OfficeTerm.id)
    )
    words: dict[int, list[str]] = {}
    for term in terms:
        words.setdefault(term.person_id, []).append(term.place)
    return {person_id: "; ".join(places) for person_id, places in words.items()}


def open_term(person: Person, *, council_id: int | None, post: str) -> OfficeTerm | None:
    """The term in which the person holds this post on this council, not ended yet."""
    return db.session.scalars(
        select(OfficeTerm)
        .where(
            OfficeTerm.person_id == person.id,
            OfficeTerm.council_id == council_id,
            OfficeTerm.post == post,
            OfficeTerm.actual_end.is_(None),
        )
        .order_by(OfficeTerm.id)
        .limit(1)
    ).one_or_none()


def same_name_on(council: Council, given_name: str, family_name: str) -> list[Person]:
    """People of this family name and first given name who hold or held an office there, in any
    region. For rules, not for pages."""
    first = (fold(given_name).split() or [""])[0]
    on_council = select(OfficeTerm.person_id).where(OfficeTerm.council_id == council.id)
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.family_key == fold(family_name),
                or_(begins(Person.given_key, first), _known_as(first)),
                Person.id.in_(on_council),
                listed(),
            )
            .order_by(Person.id)
        )
    )


def _known_as(first: str) -> ColumnElement[bool]:
    return func.lower(Person.known_as) == first
