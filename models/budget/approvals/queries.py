"""What was asked for and what became of it."""

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.base import ExecutableOption

from models.accounts.permits import Actor
from models.base import db
from models.budget.approvals.tables import BudgetRequest
from models.budget.tables import BudgetNode, Fund
from models.errors import NotFound


def requests_for(reader: Actor, fund: Fund) -> list[BudgetRequest]:
    """What was asked for in this fund and this reader may see: what waits first, newest first."""
    return list(
        db.session.scalars(
            select(BudgetRequest)
            .where(BudgetRequest.fund_id == fund.id, _seen_by(reader))
            .options(*_with_names())
            .order_by(BudgetRequest.status != "waiting", BudgetRequest.id.desc())
        )
    )


def request_for(reader: Actor, request_id: int) -> BudgetRequest:
    """One request; NotFound where this reader may not see it."""
    found = db.session.scalars(
        select(BudgetRequest)
        .where(BudgetRequest.id == request_id, _seen_by(reader))
        .options(*_with_names())
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such request.")
    return found


def waiting_count(reader: Actor, fund: Fund) -> int:
    """How many requests of this fund wait and this reader may see."""
    return db.session.scalars(
        select(func.count())
        .select_from(BudgetRequest)
        .where(
            BudgetRequest.fund_id == fund.id, BudgetRequest.status == "waiting", _seen_by(reader)
        )
    ).one()


def waiting(kind: str, fund: Fund | None = None) -> list[BudgetRequest]:
    """The requests of a kind that wait, of one fund where it is given; the oldest first."""
    wanted = select(BudgetRequest).where(
        BudgetRequest.kind == kind, BudgetRequest.status == "waiting"
    )
    if fund is not None:
        wanted = wanted.where(BudgetRequest.fund_id == fund.id)
    return list(db.session.scalars(wanted.order_by(BudgetRequest.id)))


def request_with_key(key: str) -> BudgetRequest | None:
    """The request that was made under this key."""
    return db.session.scalars(select(BudgetRequest).where(BudgetRequest.idem == key)).one_or_none()


def lock_request(request_id: int) -> BudgetRequest:
    """The request read afresh and held until the transaction ends; raises NotFound."""
    found = db.session.scalars(
        select(BudgetRequest)
        .where(BudgetRequest.id == request_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such request.")
    return found


def _seen_by(reader: Actor) -> ColumnElement[bool]:
    """A reader who is held to regions sees what takes from them or gives to them."""
    if reader.region_ids is None:
        return true()
    own = aliased(BudgetNode)
    ids = select(own.id).where(and_(own.level == "region", own.region_id.in_(reader.region_ids)))
    return or_(BudgetRequest.source_id.in_(ids), BudgetRequest.target_id.in_(ids))


def _with_names() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(BudgetRequest.fund),
        joinedload(BudgetRequest.asked_by),
        joinedload(BudgetRequest.decided_by),
        joinedload(BudgetRequest.source),
        joinedload(BudgetRequest.target),
    )
