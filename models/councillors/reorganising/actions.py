"""Planning a reorganisation, applying it as one batch, vesting day, and the way back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.councillors.reorganising import queries
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.reorganising.typed import Typed, plan_of
from models.councillors.reorganising.writes import (
    Ref,
    Write,
    preview,
)
from models.days import said_day
from models.errors import Invalid, Refused
from models.plain import plain, plain_value, stored_value


def plan_reorganisation(
    *,
    title: str,
    vesting_on: date,
    typed: Typed,
    by: Actor,
    again: Reorganisation | None = None,
) -> Reorganisation:
    """Keep a plan, new or instead of the one before; nothing but the plan itself is written."""
    _may(by)
    if not title.strip() or len(title.strip()) > 120:
        raise Invalid("Give it a name of at most 120 characters.", field="title")
    plan = plan_of(vesting_on, typed)
    if again is not None and again.state != "draft":
        raise Refused("This plan is applied. Take it back before you change it.")
    kept = again or Reorganisation(by_id=by.id, written=[])
    kept.title, kept.vesting_on = title.strip(), vesting_on
    kept.plan = {**plan.as_json(), "typed": vars(typed)}
    if again is None:
        db.session.add(kept)
    db.session.flush()
    audit.record("reorganisation.planned", kept, by=by, after={"title": kept.title})
    return kept


def apply(reorganisation: Reorganisation, *, by: Actor) -> Reorganisation:
    """Write what the preview shows, as one batch. No office ends before vesting day."""
    _in_state(reorganisation, "draft", by=by)
    reorganisation.written = _write(preview(reorganisation, by=by))
    reorganisation.state, reorganisation.applied_at = "applied", clock.now()
    db.session.flush()
    after = {"writes": len(reorganisation.written)}
    audit.record("reorganisation.applied", reorganisation, by=by, after=after)
    return reorganisation


def vest(reorganisation: Reorganisation, *, by: Actor) -> Reorganisation:
    """On vesting day or after: end the offices that are left on the old councils. Terms on the
    new ones, elected to the shadow authority, run on."""
    _in_state(reorganisation, "applied", by=by)
    if reorganisation.vesting_on > clock.today():
        raise Refused(
            f"Vesting day is {said_day(reorganisation.vesting_on)}; no office ends before."
        )
    written = _write(preview(reorganisation, by=by))
    reorganisation.written = [*reorganisation.written, *written]
    reorganisation.state = "vested"
    db.session.flush()
    audit.record("reorganisation.vested", reorganisation, by=by, after={"writes": len(written)})
    return reorganisation


def _write(writes: Iterable[Write]) -> list[dict[str, Any]]:
    made: dict[str, int] = {}
    kept = []
    for one in writes:
        values = {
            name: made[value.key] if isinstance(value, Ref) else value
            for name, value in one.values.items()
        }
        if one.thing is None:
            thing: Any = one.model(**values)
            db.session.add(thing)
            before = None
        else:
            thing = one.thing
            before = plain({name: getattr(thing, name) for name in values})
            for name, value in values.items():
                setattr(thing, name, value)
        db.session.flush()
        if one.key:
            made[one.key] = thing.id
        kept.append(
            {
                "table": one.model.__tablename__,
                "id": thing.id,
                "before": before,
                "after": plain(values),
                "about": f"{one.what}: {one.about}",
            }
        )
    return kept


def undo(reorganisation: Reorganisation, *, by: Actor) -> Reorganisation:
    """Take the whole batch back, the last write first; all or nothing.

    Refused, with the name of each, where something was changed since or stands on something new.
    """
    _may(by)
    hold_row(reorganisation)
    if reorganisation.state not in ("applied", "vested"):
        raise Refused("There is nothing to take back.")
    writes = list(reversed(reorganisation.written))
    _nothing_since(writes)
    for one in writes:
        thing = db.session.get_one(queries.model_of(one["table"]), one["id"])
        if one["before"] is None:
            db.session.delete(thing)
        else:
            _restore(thing, one["before"])
        db.session.flush()
    reorganisation.state, reorganisation.undone_at = "undone", clock.now()
    reorganisation.written = []
    db.session.flush()
    audit.record("reorganisation.undone", reorganisation, by=by, after={"writes": len(writes)})
    return reorganisation


def _nothing_since(writes: list[dict[str, Any]]) -> None:
    ours = {(one["table"], one["id"]) for one in writes}
    # A term is written twice, by applying and by vesting: the last values count.
    last: dict[tuple[str, int], dict[str, Any]] = {}
    for one in writes:
        seen = last.setdefault((one["table"], one["id"]), {})
        for name, value in one["after"].items():
            seen.setdefault(name, value)
    for one in writes:
        at = (one["table"], one["id"])
        thing = db.session.get(queries.model_of(one["table"]), one["id"])
        if thing is None or _edited(thing, last[at]):
            raise Refused(f"{one['about']}: changed since. Put that right first.")
        if one["before"] is None:
            others = [user for user in queries.users_of(*at) if user not in ours]
            if others:
                table = others[0][0].replace("_", " ")
                raise Refused(f"{one['about']}: used since by {table}. Remove that first.")


def _edited(thing: Any, after: Mapping[str, Any]) -> bool:
    return any(plain_value(getattr(thing, name)) != value for name, value in after.items())


def _restore(thing: Any, before: Mapping[str, Any]) -> None:
    columns = thing.__mapper__.columns
    for name, value in before.items():
        setattr(thing, name, stored_value(columns[name].type.python_type, value))


def _in_state(reorganisation: Reorganisation, state: str, *, by: Actor) -> None:
    _may(by)
    db.session.refresh(reorganisation, with_for_update=True)
    if reorganisation.state != state:
        raise Refused("Somebody has taken this step, or taken it back, meanwhile.")


def _may(by: Actor) -> None:
    for permit in (Permit.PLACES_WRITE, Permit.COUNCILLORS_WRITE):
        require(by, permit)
