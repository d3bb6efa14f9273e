"""The spending report: started, filled in by the region or by link, sent in, judged, settled."""

from datetime import date

from models import audit, clock, outbox
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget.queries.nodes import paid_and_back
from models.days import said_day
from models.errors import Invalid, Refused
from models.evidence.actions.receipts import hold_open
from models.evidence.links import LIFETIME
from models.evidence.queries.letters import STANDING, days_of
from models.evidence.queries.reports import candidate_addresses, report_of
from models.evidence.spending import unspent_p
from models.evidence.tables import SpendingReport
from models.funding.actions.steps import begin, finish, hold
from models.funding.tables import Application
from models.links import LinkDesk, new_nonce, nonce_hash
from models.money import in_pounds
from models.payments.refunds.actions import ask_refund
from models.payments.refunds.queries import asked_back_p, written_off_p

LINK_WORDS = """\
Please tell us what was spent of the grant {reference}, and send us the receipts.

This link opens your spending report until {until}. It is yours alone: do not pass it on.

{address}
"""
BACK_WORDS = """\
The spending report of {reference} is accepted. {unspent} of the grant were not spent.

Please ask the candidate to pay them back into the political fund, and tell finance when they come.
"""


def start_report(application: Application, *, by: User) -> SpendingReport:
    """The award's spending report; there is one, however often it is started.

    Refused where no award stands.
    """
    require(by, Permit.EVIDENCE_WRITE, regions=[application.region_id])
    hold(application)
    found = report_of(application)
    if found is not None:
        return found
    if application.award_id is None or application.status not in STANDING:
        raise Refused("There is no award here that stands, so there is nothing to report on.")
    report = SpendingReport(
        application_id=application.id,
        application=application,
        due_on=days_of(application).report,
    )
    db.session.add(report)
    db.session.flush()
    after = {"reference": application.reference, "due_on": report.due_on}
    audit.record("evidence.report_started", report, by=by, after=after)
    return report


def make_link(report: SpendingReport, *, desk: LinkDesk, by: User, to: str | None = None) -> str:
    """A link that opens the report without an account; an earlier one ends. Mailed to `to`.

    `to` is one of the candidate's own addresses; Invalid for any other.
    """
    hold_open(report, by=by)
    application = report.application
    if to and to not in candidate_addresses(application):
        raise Invalid("Choose one of the candidate's own addresses.", field="to")
    nonce = new_nonce()
    report.link_hash, report.link_ends_at = nonce_hash(nonce), clock.now() + LIFETIME
    db.session.flush()
    address = desk.address(nonce)
    if to:
        text = LINK_WORDS.format(
            reference=application.reference,
            until=said_day(clock.london_day(report.link_ends_at)),
            address=address,
        )
        subject = f"{application.reference}: your spending report"
        outbox.post_mail(to=to, subject=subject, text=text, key=f"report-link:{report.link_hash}")
    audit.record("evidence.link_made", report, by=by, after={"ends": report.link_ends_at})
    return address


def submit_report(
    report: SpendingReport,
    *,
    declared_by: str,
    by: Actor,
    return_on: date | None = None,
    note: str | None = None,
) -> SpendingReport:
    """Send a report in: `declared_by` says that the receipts are true and complete.

    Its link ends. `return_on` is the day on which the agent handed in the return of expenses.
    """
    hold_open(report, by=by)
    if not declared_by.strip() or len(declared_by) > 160:
        raise Invalid("Enter the name of who declares this.", field="declared_by")
    if return_on is not None and return_on > clock.today():
        raise Invalid("This day is in the future.", field="return_on")
    if len(note or "") > 4_000:
        raise Invalid("Say it in at most 4,000 characters.", field="note")
    if not report.receipts and not (note or "").strip():
        raise Invalid("Add the receipts, or say why there are none.", field="note")
    report.declared_by, report.declared_at = declared_by.strip(), clock.now()
    report.return_on, report.note = return_on, (note or "").strip() or None
    report.submitted_by_id = by.id
    _move(report, "submitted", by=by, after={"spent_p": report.spent_p})
    return report


def send_back(report: SpendingReport, *, reason: str, by: User) -> SpendingReport:
    """Ask for changes to a report that was sent in; it is open again."""
    _hold_judged(report, by=by)
    if not reason.strip() or len(reason) > 4_000:
        raise Invalid("Say what is to be changed, in at most 4,000 characters.", field="reason")
    report.reason = reason.strip()
    _judge(report, by=by)
    _move(report, "sent-back", by=by, after={"reason": report.reason})
    return report


def accept_report(report: SpendingReport, *, by: User, reason: str | None = None) -> SpendingReport:
    """Accept a report; what was not spent is asked back, and without that the award is closed.

    A receipt without its paper needs a reason. Refused before the award is paid.
    """
    _hold_judged(report, by=by)
    application = report.application
    missing = sum(receipt.attachment_id is None for receipt in report.receipts)
    if missing and not (reason or "").strip():
        words = "1 receipt has" if missing == 1 else f"{missing} receipts have"
        raise Invalid(f"{words} no file. Say why you accept that.", field="reason")
    if len(reason or "") > 4_000:
        raise Invalid("Say it in at most 4,000 characters.", field="reason")
    if application.status != "paid":
        raise Refused("The award is not paid yet, so its report cannot be accepted.")
    report.reason = (reason or "").strip() or None
    report.unspent_p = _left_p(report)
    _judge(report, by=by)
    _move(report, "accepted", by=by, after={"unspent_p": report.unspent_p})
    if report.unspent_p:
        _ask_back(report, by=by)
    else:
        _close(report, by=by)
    return report


def settle_report(report: SpendingReport, *, by: User) -> SpendingReport:
    """Close the award of an accepted report once its unspent money came back, or was written off.

    Refused while something is still to come.
    """
    require(by, Permit.EVIDENCE_ACCEPT, regions=[report.application.region_id])
    hold(report.application)
    db.session.refresh(report)
    if report.status != "accepted" or report.application.status != "paid":
        raise Refused("There is nothing left to settle here.")
    left_p = _left_p(report)
    if left_p:
        raise Refused(f"{in_pounds(left_p)} have not come back yet.")
    _close(report, by=by)
    return report


def note_return(report: SpendingReport, *, return_on: date | None, by: User) -> SpendingReport:
    """Note the day on which the agent handed in the return of election expenses."""
    require(by, Permit.EVIDENCE_WRITE, regions=[report.application.region_id])
    hold(report.application)
    if return_on is None or return_on > clock.today():
        raise Invalid("Enter the day of the return: today or earlier.", field="return_on")
    before, after = audit.changes(report, {"return_on": return_on})
    db.session.flush()
    if after:
        audit.record("evidence.return_noted", report, by=by, before=before, after=after)
    return report


def _hold_judged(report: SpendingReport, *, by: User) -> None:
    application = report.application
    require(by, Permit.EVIDENCE_ACCEPT, regions=[application.region_id])
    hold(application)
    db.session.refresh(report)
    if report.status != "submitted":
        raise Refused("This report was not sent in, or somebody has judged it already.")
    if report.submitted_by_id is not None and report.submitted_by_id == by.id:
        raise Refused("You sent this report in, so somebody else must judge it.")


def _judge(report: SpendingReport, *, by: User) -> None:
    report.judged_by_id, report.judged_at = by.id, clock.now()


def _move(report: SpendingReport, status: str, *, by: Actor, after: dict[str, object]) -> None:
    before, report.status = report.status, status
    if status in ("submitted", "accepted"):
        report.link_hash = report.link_ends_at = None
    db.session.flush()
    after = {"status": status, **after}
    audit.record(f"evidence.report_{status}", report, by=by, before={"status": before}, after=after)


def _left_p(report: SpendingReport) -> int:
    award = report.application.award
    if award is None:
        return 0
    db.session.refresh(award)
    paid_p, returned_p = paid_and_back([award])[award.id]
    gone_p = returned_p + written_off_p(report.application)
    return unspent_p(paid_p=paid_p, returned_p=gone_p, spent_p=report.spent_p)


def _ask_back(report: SpendingReport, *, by: User) -> None:
    """Ask the unspent money back, less what is asked back already, and tell the region."""
    report.asked_back_on = clock.today()
    application = report.application
    amount_p = (report.unspent_p or 0) - asked_back_p(application)
    if amount_p > 0:
        ask_refund(
            application,
            amount_p=amount_p,
            reason="Not spent, by the accepted spending report.",
            by=by,
            key=f"unspent:{report.id}",
        )
    submitter = application.submitted_by
    if submitter is None or not submitter.is_active:
        return
    words = BACK_WORDS.format(
        reference=application.reference, unspent=in_pounds(report.unspent_p or 0)
    )
    outbox.post_mail(
        to=submitter.email,
        subject=f"{application.reference}: money to come back",
        text=words,
        key=f"unspent:{report.id}:{clock.now():%Y%m%d%H%M%S%f}",
    )


def _close(report: SpendingReport, *, by: User) -> None:
    """The application's last step."""
    application = report.application
    key = f"report:{report.id}:close"
    step = begin(application, "close", by=by, key=key, version=None)
    if step is not None:
        finish(application, step, by=by, key=key)
