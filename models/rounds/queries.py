"""Reading rounds, their forms, sheets and links. Rounds are the same for every region."""

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from models import clock
from models.accounts.permits import Actor, may, require
from models.accounts.roles import Permit
from models.base import db
from models.budget.tables import Fund
from models.errors import NotFound, Refused
from models.rounds.rules import Phase, Terms, phase_of
from models.rounds.tables import AnswerSheet, FormVersion, Invitation, Round

TAKES = ("open", "late")


def rounds_for(reader: Actor) -> list[Round]:
    """Every round this person may know of, the one that closes last first.

    A round that is being prepared is known to who may prepare it.
    """
    require(reader, Permit.FUNDING_READ)
    query = select(Round).options(joinedload(Round.fund)).where(known_to(reader))
    return list(db.session.scalars(query.order_by(Round.closes_at.desc(), Round.id.desc())))


def known_to(reader: Actor) -> ColumnElement[bool]:
    """The condition that keeps a query of rounds to those that this person may know of."""
    return true() if may(reader, Permit.ROUNDS_WRITE) else Round.published_at.is_not(None)


def round_for(reader: Actor, round_id: int) -> Round:
    """One round with its forms; NotFound where this person may not know of it."""
    require(reader, Permit.FUNDING_READ)
    found = db.session.get(
        Round, round_id, options=[joinedload(Round.fund), selectinload(Round.forms)]
    )
    hidden = found is not None and found.published_at is None
    if found is None or (hidden and not may(reader, Permit.ROUNDS_WRITE)):
        raise NotFound("There is no such round.")
    return found


def has_rounds(fund: Fund) -> bool:
    """True if the fund ever put up a round: its applications go into one then."""
    query = select(Round.id).where(Round.fund_id == fund.id, Round.published_at.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def rounds_to_apply() -> list[Round]:
    """The rounds that take applications now, even late ones; the next to close first.

    They are of the fund that runs, or of one that is planned: never of one whose days are over.
    """
    query = (
        select(Round)
        .join(Fund, Fund.id == Round.fund_id)
        .options(joinedload(Round.fund))
        .where(
            Round.published_at.is_not(None),
            Fund.ends_on >= clock.today(),
            Fund.closed_on.is_(None),
        )
    )
    found = db.session.scalars(query.order_by(Round.closes_at, Round.id))
    return [one for one in found if phase_now(one).key in TAKES]


def phase_now(round_: Round) -> Phase:
    """Where a round stands at this moment."""
    return phase_of(round_, clock.now())


def counts_of_rounds() -> dict[int, int]:
    """How many applications were started in each round, in all regions."""
    query = select(AnswerSheet.round_id, func.count().label("number")).group_by(
        AnswerSheet.round_id
    )
    return {row.round_id: row.number for row in db.session.execute(query)}


def terms_of(round_: Round) -> Terms:
    """The terms of a round as they stand."""
    return Terms(**{name: getattr(round_, name) for name in Terms.__dataclass_fields__})


def hold_round(round_: Round) -> None:
    """Lock a round, so that a form is not changed while an application is started on it."""
    db.session.flush()
    db.session.refresh(round_, with_for_update={"key_share": True, "of": Round})


def newest_form(round_: Round) -> FormVersion:
    """The newest version of the form, in use or not: the one that is edited."""
    return round_.forms[-1]


def form_in_use(round_: Round) -> FormVersion:
    """The version that new applications answer; Refused where there is none yet."""
    used = [version for version in round_.forms if version.in_use_at is not None]
    if not used:
        raise Refused("This round has no form in use yet.")
    return used[-1]


def open_invitations(application_id: int) -> list[Invitation]:
    """The links of an application that could still be used, oldest first."""
    query = select(Invitation).where(
        Invitation.application_id == application_id,
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at >= clock.now(),
    )
    return list(db.session.scalars(query.order_by(Invitation.id)))


def newest_invitation(application_id: int) -> Invitation | None:
    """The link that was made last for an application, whatever became of it."""
    query = select(Invitation).where(Invitation.application_id == application_id)
    return db.session.scalars(query.order_by(Invitation.id.desc()).limit(1)).one_or_none()


def invitation_by_hash(nonce_hash: str, *, hold: bool = False) -> Invitation | None:
    """The link with this secret, whatever became of it; `hold` locks it until the commit."""
    query = select(Invitation).where(Invitation.nonce_hash == nonce_hash)
    if hold:
        query = query.with_for_update(key_share=True)
    return db.session.scalars(query).one_or_none()
