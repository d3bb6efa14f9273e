"""The blueprint of the funding room."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.tables import User
from models.funding.law import JOINT
from models.funding.queries.one import answers_of, problems_of, tasks_of
from models.funding.rules import POSTS
from models.funding.tables import Application
from models.funding.workflow import EDITABLE, STATUSES, words_for
from models.rounds.answering import shown
from models.rounds.tables import AnswerSheet
from views.guards import reader
from views.rounds.words import words_of

bp = Blueprint("funding", __name__, url_prefix="/funding")


def to_page(application: Application) -> ResponseReturnValue:
    """Off to the application's own page."""
    return redirect(url_for("funding.show", application_id=application.id))


def closed(application: Application) -> ResponseReturnValue:
    """Off to its page, with a word why there is no form: it has moved on since."""
    state = words_for(application.status, reader())
    flash(f"{application.reference} cannot be changed now: its state is “{state}”.", "stay")
    return to_page(application)


def facts_of(application: Application) -> dict[str, object]:
    """What every page of one application shows: its answers, its post, what is missing."""
    editable = application.status in EDITABLE
    return {
        "application": application,
        "answers": answers_of(application),
        "post": POSTS[application.post],
        "joint_words": JOINT,
        "status": status_words(application),
        "problems": problems_of(application) if editable else (),
        "tasks": tasks_of(application) if editable else (),
        "answer_rows": answer_rows,
    }


def answer_rows(sheet: AnswerSheet) -> list[tuple[Any, list[tuple[Any, str | None, Any]]]]:
    """Each section of a sheet with what is asked in it: question, answer in words, file."""
    files = {one.question: one.attachment for one in sheet.files}
    found = []
    for section in sheet.form.sections:
        rows = [
            (
                question,
                sheet.typed.get(question.key)
                or words_of(question, sheet.answers.get(question.key)),
                files.get(question.key),
            )
            for question in shown(sheet.form, section, sheet.given)
        ]
        if rows:
            found.append((section, rows))
    return found


def states_for(asker: User) -> dict[str, tuple[str, str]]:
    """Every state in the reader's words, with its tone: for lists."""
    return {key: (words_for(key, asker), state.tone) for key, state in STATUSES.items()}


def status_words(application: Application) -> tuple[str, str]:
    """The state as the reader should read it, and its tone."""
    tone = STATUSES[application.status].tone
    return words_for(application.status, reader()), tone
