"""Deciding on many applications at once: in one transaction, all of them or none."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, bindparam, insert, update

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget.actions.money import commit_many
from models.budget.rules import Commitment
from models.errors import Conflict, Invalid, Refused
from models.folding import fold
from models.funding import letters, neighbours, workflow
from models.funding.actions.steps import REPEATED
from models.funding.assessing.actions import declare_interest
from models.funding.assessing.queries.interests import declared_by
from models.funding.batch import Chosen, Line, Terms
from models.funding.eligibility.actions import keep_results
from models.funding.queries.batch import (
    chosen_applications,
    newest_steps,
    plan_batch,
    steps_with_keys,
)
from models.funding.tables import Application, ApplicationLaw, ApplicationStep, LawAnswer


def award_many(
    chosen: Sequence[Chosen], *, terms: Terms, by: User, key: str | None = None
) -> list[Application]:
    """Award every one of these, each with its amount, under the same terms.

    Invalid, naming each that cannot be awarded and why, where it is not possible for all; nothing
    is awarded then. The same `key` again changes nothing.
    """
    require(by, Permit.FUNDING_DECIDE)
    if not chosen:
        raise Invalid("Tick at least one application.")
    earlier = steps_with_keys([_key(key, one.application_id) for one in chosen])
    if earlier:
        if {step.application_id for step in earlier} != {one.application_id for one in chosen}:
            raise Conflict(REPEATED)
        return chosen_applications(by, [step.application_id for step in earlier])
    if terms.no_interest:
        _declare(chosen, by=by)
    plan = plan_batch(by, chosen, terms, lock=True)
    if plan.refused:
        words = " ".join(f"{line.reference}: {line.refusal}" for line in plan.refused)
        raise Refused(f"Nothing was awarded. {words}")
    awards = commit_many(
        [
            Commitment(
                line.leaf_id or 0,
                line.reference,
                line.amount_p,
                f"award:{line.application.id}:commit",
            )
            for line in plan.lines
        ],
        by=by,
    )
    laws = [_code(line, terms, by=by) for line in plan.lines]
    db.session.flush()
    steps = _take(plan.lines, terms, by=by, key=key)
    _settle(plan.lines, [award.id for award in awards], by=by)
    _answer(plan.lines, steps, terms, by=by)
    for line, law in zip(plan.lines, laws, strict=True):
        _note(line, law, by=by)
    letters.awarded_together([line.application for line in plan.lines], steps)
    neighbours.tell_of_awards(
        [(line.application, step) for line, step in zip(plan.lines, steps, strict=True)], by=by
    )
    return [line.application for line in plan.lines]


def _key(key: str | None, application_id: int) -> str | None:
    return None if key is None else f"{key}:{application_id}"


def _declare(chosen: Sequence[Chosen], *, by: User) -> None:
    applications = chosen_applications(by, [one.application_id for one in chosen])
    declared = declared_by(by, applications)
    for one in applications:
        if one.round is not None and one.round.scores_needed and one.id not in declared:
            declare_interest(one, answer="none", by=by)


def _code(line: Line, terms: Terms, *, by: User) -> ApplicationLaw:
    """What it is in law, on the application itself."""
    one = line.application
    law: ApplicationLaw | None = one.law
    if law is None:
        law = ApplicationLaw(application_id=one.id)
        one.law = law
    law.legal_class, law.s72_category = terms.coding.legal_class, terms.coding.s72_category
    law.recipient = terms.coding.recipient
    law.recipient_key = fold(law.recipient) if law.recipient else None
    law.classed_by_id, law.classed_at = by.id, clock.now()
    return law


def _take(
    lines: Sequence[Line], terms: Terms, *, by: User, key: str | None
) -> list[ApplicationStep]:
    step = workflow.step_named("award")
    rows = [
        {
            "application_id": line.application.id,
            "step": step.name,
            "from_status": line.status,
            "to_status": step.to,
            "by_id": by.id,
            "reason": terms.reason if line.is_in_part else None,
            "amount_p": line.amount_p,
            "idem": _key(key, line.application.id),
        }
        for line in lines
    ]
    db.session.execute(insert(cast(Table, ApplicationStep.__table__)), rows)
    taken = newest_steps([line.application.id for line in lines], step.name)
    return [taken[line.application.id] for line in lines]


def _settle(lines: Sequence[Line], award_ids: Sequence[int], *, by: User) -> None:
    """All applications become awarded in one statement; Conflict where one was changed."""
    columns = cast(Table, Application.__table__).c
    rows = [
        {
            "its_id": line.application.id,
            "its_version": line.application.version,
            "version": line.application.version + 1,
            "node_id": line.leaf_id,
            "award_id": award_id,
            "awarded_p": line.amount_p,
        }
        for line, award_id in zip(lines, award_ids, strict=True)
    ]
    change = (
        update(cast(Table, Application.__table__))
        .where(columns.id == bindparam("its_id"), columns.version == bindparam("its_version"))
        .values(
            status=workflow.step_named("award").to,
            edited_with=None,
            decided_by_id=by.id,
            decided_at=clock.now(),
            **{name: bindparam(name) for name in ("version", "node_id", "award_id", "awarded_p")},
        )
    )
    done = db.session.connection().execute(change, rows)
    if done.rowcount != len(rows):
        raise Conflict("Somebody changed one of these meanwhile. Nothing was awarded.")
    chosen_applications(by, [line.application.id for line in lines])


def _answer(
    lines: Sequence[Line], steps: Sequence[ApplicationStep], terms: Terms, *, by: User
) -> None:
    rows = [
        LawAnswer(
            application_id=line.application.id,
            step_id=step.id,
            warning=warning.key,
            shown=warning.words,
            answer=terms.answers[warning.key].strip(),
            by_id=by.id,
        )
        for line, step in zip(lines, steps, strict=True)
        for warning in line.warnings
    ]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        audit.record("funding.law_answered", row, by=by, after={"warning": row.warning})


def _note(line: Line, law: ApplicationLaw, *, by: User) -> None:
    one = line.application
    coded = {name: getattr(law, name) for name in ("legal_class", "s72_category", "recipient")}
    audit.record("funding.classed", one, by=by, after=coded)
    after = {"status": one.status, "amount_p": line.amount_p, "together": True}
    audit.record("funding.award", one, by=by, before={"status": line.status}, after=after)
    keep_results(one, line.judged, by=by)
