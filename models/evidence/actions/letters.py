"""The award letter: its template, the versions made of it, and the e-mail that takes one away."""

from sqlalchemy.exc import IntegrityError

from models import audit, outbox
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import Conflict, Invalid, Refused
from models.evidence.fields import template_problem
from models.evidence.queries.letters import (
    STANDING,
    addresses_of,
    letter_words,
    newest_letter,
    next_letter_number,
    template_in_use,
)
from models.evidence.tables import AwardLetter, LetterTemplate
from models.funding.actions.steps import hold
from models.funding.tables import Application

MAIL_WORDS = """\
Please find the letter about {reference} attached, as a PDF.

It says what was awarded, what the money is in law, and what is due when. Keep it with the papers
of the election, and show it to the election agent.
"""


def write_template(*, subject: str, body: str, seen: int, by: User) -> LetterTemplate:
    """A new version of the award letter; letters that were made keep their words.

    `seen` is the number of the version that was open; a newer one is a Conflict. Invalid where a
    field stands in it that is not on the list.
    """
    require(by, Permit.LETTERS_EDIT)
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    if not subject or "\n" in subject or len(subject) > 160:
        raise Invalid("The subject is one line of at most 160 characters.", field="subject")
    for field, text in (("subject", subject), ("body", body)):
        problem = template_problem(text)
        if problem:
            raise Invalid(problem, field=field)
    in_use = template_in_use()
    if (in_use.subject, in_use.body.strip()) == (subject, body):
        raise Invalid("Nothing is changed.", field="body")
    changed = Conflict("Somebody has changed the letter meanwhile. Look at it as it is now.")
    if in_use.number != seen:
        raise changed
    row = LetterTemplate(number=seen + 1, subject=subject, body=body, written_by_id=by.id)
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as error:
        raise changed from error
    audit.record("evidence.template", row, by=by, after={"number": row.number})
    return row


def make_letter(application: Application, *, by: User) -> AwardLetter:
    """The next version of the award's letter, with today's words; the same words make no new one.

    Refused where nothing is awarded, or where it was taken back.
    """
    require(by, Permit.FUNDING_DECIDE, regions=[application.region_id])
    hold(application)
    if application.award_id is None or application.status not in STANDING:
        raise Refused("There is no award here that stands, so there is nothing to write.")
    template, subject, body = letter_words(application)
    newest = newest_letter(application)
    if newest is not None and (newest.subject, newest.body) == (subject[:200], body):
        return newest
    letter = AwardLetter(
        application_id=application.id,
        application=application,
        number=next_letter_number(application),
        template_number=template.number,
        subject=subject[:200],
        body=body,
        amount_p=application.awarded_p or 0,
        made_by_id=by.id,
    )
    db.session.add(letter)
    db.session.flush()
    after = {"reference": application.reference, "number": letter.number}
    audit.record("evidence.letter_made", letter, by=by, after=after)
    return letter


def send_letter(letter: AwardLetter, *, to: str, by: User) -> AwardLetter:
    """Have the letter mailed, as a PDF, to one of the addresses held for this award.

    Refused for a letter that was given to the outbox before: the Outbox page knows what became of
    it; and for one that a newer version has replaced.
    """
    application = letter.application
    require(by, Permit.FUNDING_DECIDE, regions=[application.region_id])
    hold(application)
    db.session.refresh(letter)
    if letter.outbox_id is not None:
        raise Refused("This letter was given to the outbox already; its state stands beside it.")
    newest = newest_letter(application)
    if newest is not None and newest.id != letter.id:
        raise Refused("There is a newer version of this letter. Send that one.")
    if to not in dict(addresses_of(application)):
        raise Invalid("Choose to whom the letter goes.", field="to")
    # The mail names no candidate: it passes through other people's systems.
    row = outbox.post_mail(
        to=to,
        subject=f"{application.reference}: your letter",
        text=MAIL_WORDS.format(reference=application.reference),
        key=f"award-letter:{letter.id}",
        attach=("award-letter", letter.id),
    )
    letter.outbox_id, letter.sent_to, letter.asked_by_id = row.id, to, by.id
    db.session.flush()
    audit.record("evidence.letter_sent", letter, by=by, after={"number": letter.number})
    return letter
