"""An application's sheet of answers. The funding room says who may write in it, and when."""

from collections.abc import Mapping
from typing import Any

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.attachments import actions as attachments
from models.base import db
from models.errors import Conflict, Refused
from models.rounds import queries, rules
from models.rounds.answering import seen_of
from models.rounds.forms import Section
from models.rounds.tables import AnswerFile, AnswerSheet, Round

CHANGED = (
    "Somebody changed these answers since you opened them. What you typed is still here: "
    "save again if yours should replace theirs."
)
# Kept with the accounts of the election: the law's longest period and a year more.
YEARS_KEPT = 7


def open_sheet(
    *, application_id: int, region_id: int, round_: Round, late_reason: str | None, by: Actor
) -> AnswerSheet:
    """Put a new application into a round, on the form in use, which is frozen by it.

    Raises Refused, in words, where the round takes none at this moment.
    """
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    queries.hold_round(round_)
    problem = rules.time_problem(round_, clock.now(), late_reason)
    if problem:
        raise Refused(problem, field="late_reason" if round_.late_allowed else "round")
    version = queries.form_in_use(round_)
    version.frozen_at = version.frozen_at or clock.now()
    sheet = AnswerSheet(
        application_id=application_id,
        round=round_,
        form_version=version,
        late_reason=(late_reason or "").strip() or None,
        answers={},
        typed={},
        edited_with={},
    )
    db.session.add(sheet)
    db.session.flush()
    audit.record("round.joined", round_, by=by, after={"application": application_id})
    return sheet


def say_why_late(sheet: AnswerSheet, *, reason: str | None, region_id: int, by: Actor) -> bool:
    """Keep why the application comes after the closing; True if that says something new."""
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    reason = (reason or "").strip() or None
    if reason == sheet.late_reason:
        return False
    sheet.late_reason = reason
    db.session.flush()
    return True


def write_answers(
    sheet: AnswerSheet,
    *,
    sections: tuple[Section, ...],
    answers: Mapping[str, Any],
    typed: Mapping[str, Any],
    region_id: int,
    by: Actor,
    key: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Keep the answers of some sections, and what was typed and is not understood.

    Answers with what changed, by question. `seen` is each section's mark as the form showed it: a
    newer one is a Conflict, unless the same open form (`key`) made it.
    """
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    for section in sections:
        _check_seen(sheet, section, key=key, seen=seen)
    asked = [q.key for section in sections for q in section.questions if q.kind != "file"]
    new = {**sheet.answers, **{name: answers.get(name) for name in asked}}
    new = {name: value for name, value in new.items() if value not in (None, "", [])}
    unread = {**sheet.typed, **{name: typed.get(name) for name in asked}}
    unread = {name: value for name, value in unread.items() if value is not None}
    changed = {name: new.get(name) for name in asked if new.get(name) != sheet.answers.get(name)}
    if changed or unread != sheet.typed:
        sheet.answers, sheet.typed = new, unread
        sheet.edited_with = {**sheet.edited_with, **{s.key: key or "" for s in sections}}
        db.session.flush()
    return changed


def put_file(
    sheet: AnswerSheet, *, question: str, name: str, content: bytes, region_id: int, by: Actor
) -> AnswerFile:
    """Answer a question by a file, in place of an earlier one; Invalid where it is not taken."""
    poll_on = sheet.round.poll_on or clock.today()
    attachment = attachments.store(
        name=name,
        content=content,
        region_id=region_id,
        keep_until=poll_on.replace(year=poll_on.year + YEARS_KEPT, day=min(poll_on.day, 28)),
        by=by,
    )
    kept = next((one for one in sheet.files if one.question == question), None)
    if kept is None:
        kept = AnswerFile(question=question, attachment=attachment)
        sheet.files.append(kept)
    else:
        attachments.remove(kept.attachment, by=by)
        kept.attachment = attachment
    db.session.flush()
    return kept


def take_file_away(sheet: AnswerSheet, *, question: str, region_id: int, by: Actor) -> None:
    """Take the file of a question away for good; nothing happens where there is none."""
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    for kept in [one for one in sheet.files if one.question == question]:
        attachments.remove(kept.attachment, by=by)
        sheet.files.remove(kept)
        db.session.delete(kept)
    db.session.flush()


def _check_seen(
    sheet: AnswerSheet, section: Section, *, key: str | None, seen: Mapping[str, str] | None
) -> None:
    now = seen_of(section, sheet.answers, sheet.typed)
    mine = key is not None and sheet.edited_with.get(section.key) == key
    if seen is not None and seen.get(section.key, now) != now and not mine:
        raise Conflict(CHANGED)
