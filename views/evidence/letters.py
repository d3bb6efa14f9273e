"""The award letter: its template, a version to look at, to take along, to send."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.roles import Permit
from models.errors import NotFound
from models.evidence.actions.letters import make_letter, send_letter, write_template
from models.evidence.fields import BLOCKS, FIELDS, template_problem
from models.evidence.queries.letters import (
    addresses_of,
    letter_for,
    letter_words,
    template_history,
    template_in_use,
)
from reports.letters.award import DOCX, PDF, as_docx, as_pdf
from reports.letters.parts import parts_of
from views.downloads import registered
from views.evidence.counter import awarded_application, bp, to_page
from views.evidence.forms import SendForm, TemplateForm
from views.evidence.samples import example_of
from views.guards import keeps_register, needs, reader
from views.pages import render_form, submitted

FILES = {"docx": (as_docx, DOCX), "pdf": (as_pdf, PDF)}


@bp.route("/letter-template", methods=["GET", "POST"])
@needs(Permit.LETTERS_EDIT)
def template() -> ResponseReturnValue:
    """The words of every award letter, with their merge fields; `do=preview` only shows them."""
    form = TemplateForm()
    in_use = template_in_use()
    if request.method == "GET":
        form.subject.data, form.body.data = in_use.subject, in_use.body
        form.seen.data = str(in_use.number)
    if request.form.get("do") == "preview":
        form.validate()
        return _template_page(form)
    if form.validate_on_submit() and form.says(in_use.subject, in_use.body):
        flash("Nothing is changed, so there is no new version.", "ok")
        return redirect(url_for("evidence.template"))
    done = submitted(
        form,
        lambda: write_template(
            subject=form.subject.data, body=form.body.data, seen=form.number, by=reader()
        ),
    )
    if done is None:
        return _template_page(form)
    flash(f"The award letter is version {done.number} now.", "ok")
    return redirect(url_for("evidence.template"))


def _template_page(form: TemplateForm) -> ResponseReturnValue:
    body = (form.body.data or "").replace("\r\n", "\n")
    shown = [] if template_problem(body) else parts_of(example_of(body))
    return render_form(
        "evidence/template.html",
        form,
        parts=shown,
        fields={**FIELDS, **BLOCKS},
        history=template_history(),
        in_use=template_in_use(),
    )


@bp.get("/<int:application_id>/letter")
@needs(Permit.FUNDING_DECIDE)
def letter(application_id: int) -> ResponseReturnValue:
    """What a letter about this award would say now."""
    application = awarded_application(application_id)
    _, subject, body = letter_words(application)
    return render_template(
        "evidence/letter.html", application=application, subject=subject, parts=parts_of(body)
    )


@bp.post("/<int:application_id>/letter")
@needs(Permit.FUNDING_DECIDE)
def write_letter(application_id: int) -> ResponseReturnValue:
    """Make the letter: from now on its words are what they are."""
    application = awarded_application(application_id)
    made = make_letter(application, by=reader())
    flash(f"{application.reference}: version {made.number} of the letter is made.", "ok")
    return to_page(application)


@bp.get("/letters/<int:letter_id>/<string:ending>")
@needs(Permit.FUNDING_READ)
@keeps_register
def letter_file(letter_id: int, ending: str) -> ResponseReturnValue:
    """The letter as a file; written into the export register."""
    found = letter_for(reader(), letter_id)
    if ending not in FILES:
        raise NotFound("A letter can be had as docx or as pdf.")
    make, media_type = FILES[ending]
    return registered(
        make(found),
        name=f"{found.file_name}.{ending}",
        media_type=media_type,
        report="award-letter",
        permit=Permit.FUNDING_READ,
        of={"of": found.application.reference},
        purpose="Letter about an award",
    )


@bp.route("/letters/<int:letter_id>/send", methods=["GET", "POST"])
@needs(Permit.FUNDING_DECIDE)
def mail_letter(letter_id: int) -> ResponseReturnValue:
    """To whom the letter is mailed."""
    found = letter_for(reader(), letter_id)
    application = found.application
    form = SendForm()
    form.to.choices = [
        SelectChoice(address, f"{whose}: {address}") for address, whose in addresses_of(application)
    ]
    done = submitted(form, lambda: send_letter(found, to=form.to.data or "", by=reader()))
    if done is None:
        return render_form("evidence/send.html", form, application=application, letter=found)
    flash(f"{application.reference}: the letter is in the outbox.", "ok")
    return to_page(application)
