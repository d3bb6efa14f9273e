"""What a submitter is told by mail, written in the transaction of the decision.

Mail passes through other people's systems: it names the reference and the amount, never the
candidate, whose politics are theirs.
"""

from collections.abc import Sequence
from typing import Any

from models import outbox
from models.funding.tables import Application, ApplicationStep
from models.money import in_pounds

Letter = tuple[str, dict[str, Any]]
SIGN_IN = "Sign in to Hustings to read it in full."


def awarded(application: Application, step: ApplicationStep) -> None:
    """Tell the submitter how much was awarded."""
    awarded_together([application], [step])


def awarded_together(applications: Sequence[Application], steps: Sequence[ApplicationStep]) -> None:
    """Tell each submitter how much was awarded, all in one go."""
    letters = [_award(one, step) for one, step in zip(applications, steps, strict=True)]
    outbox.post_many("mail", [letter for letter in letters if letter is not None])


def _award(application: Application, step: ApplicationStep) -> Letter | None:
    awarded_p, requested_p = application.awarded_p or 0, application.requested_p or 0
    words = f"{application.reference} was awarded {in_pounds(awarded_p)}"
    words += "." if awarded_p == requested_p else f" of the {in_pounds(requested_p)} you asked for."
    return _letter(application, step, "awarded", f"{words} Finance will pay it next.")


def declined(application: Application, step: ApplicationStep) -> None:
    """Tell the submitter that nothing was awarded."""
    _post(application, step, "not awarded", f"{application.reference} was not awarded.")


def not_endorsed(application: Application, step: ApplicationStep) -> None:
    """Tell the submitter that their region does not endorse it."""
    _post(application, step, "not endorsed", f"{application.reference} was not endorsed.")


def reduced(application: Application, step: ApplicationStep) -> None:
    """Tell the submitter that the award is smaller now."""
    words = f"The award for {application.reference} is {in_pounds(application.awarded_p or 0)} now."
    _post(application, step, "award reduced", words)


def lapsed(application: Application, step: ApplicationStep) -> None:
    """Tell the submitter that nothing more comes of it."""
    _post(application, step, "lapsed", f"{application.reference} has lapsed.")


def sent_back(application: Application, step: ApplicationStep) -> None:
    """Tell the submitter that the office, or their own region, asks for changes."""
    words = f"Changes are asked for in {application.reference}."
    _post(application, step, "changes needed", words)


def _post(application: Application, step: ApplicationStep, about: str, words: str) -> None:
    letter = _letter(application, step, about, words)
    if letter is not None:
        outbox.post_many("mail", [letter])


def _letter(
    application: Application, step: ApplicationStep, about: str, words: str
) -> Letter | None:
    """The letter's key and content, or None where its reader is gone."""
    submitter = application.submitted_by
    if submitter is None or not submitter.is_active:
        return None
    payload = {
        "to": submitter.email,
        "subject": f"{application.reference}: {about}",
        "text": f"{words}\n\n{SIGN_IN}\n",
    }
    return f"funding:{application.id}:step:{step.id}", payload
