"""One ask to all: logging it, following the replies, closing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.disputes.actions import close_ask, note_reply, open_ask, put_ask
from models.disputes.queries.asks import ask_for, people_to_ask, replies_for, reply_for
from models.disputes.queries.sheet import Sheet, sheet_for
from models.disputes.tables import Ask
from models.places.queries.councils import council_for
from models.places.queries.wards import constituency_for
from views.asked import asked
from views.disputes.counter import bp
from views.disputes.forms import AskForm, ReplyForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.route("/council/<int:council_id>/ask", methods=["GET", "POST"])
@needs(Permit.CONTACTS_WRITE)
def ask_council(council_id: int) -> ResponseReturnValue:
    """One ask to people of a council's sheet."""
    sheet = sheet_for(reader(), council=council_for(reader(), council_id), employer=_employer())
    return _ask(sheet, url_for("disputes.council", council_id=council_id, employer=_employer()))


@bp.route("/area/<int:constituency_id>/ask", methods=["GET", "POST"])
@needs(Permit.CONTACTS_WRITE)
def ask_area(constituency_id: int) -> ResponseReturnValue:
    """One ask to people of a constituency's sheet."""
    sheet = sheet_for(
        reader(), constituency=constituency_for(reader(), constituency_id), employer=_employer()
    )
    return _ask(
        sheet, url_for("disputes.area", constituency_id=constituency_id, employer=_employer())
    )


def _employer() -> str | None:
    return asked().text("employer", most=120)


def _ask(sheet: Sheet, back: str) -> ResponseReturnValue:
    form = AskForm()
    form.offer(sheet)
    ask = submitted(form, lambda: _put(sheet, form))
    if ask is None:
        return render_form("disputes/ask.html", form, sheet=sheet, back=back)
    flash("The ask is logged: one contact with each of them.", "ok")
    return redirect(url_for("disputes.show", ask_id=ask.id))


def _put(sheet: Sheet, form: AskForm) -> Ask:
    return put_ask(
        people_to_ask(reader(), form.people.data or []),
        title=form.title.data or "",
        body=form.body.data or "",
        channel=form.channel.data or "email",
        by=reader(),
        council=sheet.council,
        constituency=sheet.constituency,
        employer=sheet.employer,
        wanted_by=form.wanted_by.data,
        form_key=form.form_key.data or None,
    )


@bp.get("/asks/<int:ask_id>")
@needs(Permit.CONTACTS_READ)
def show(ask_id: int) -> ResponseReturnValue:
    """One ask with everybody's reply."""
    line = ask_for(reader(), ask_id)
    return render_template(
        "disputes/show.html", line=line, ask=line.ask, people=replies_for(reader(), line.ask)
    )


@bp.route("/replies/<int:reply_id>", methods=["GET", "POST"])
@needs(Permit.CONTACTS_WRITE)
def reply(reply_id: int) -> ResponseReturnValue:
    """Note what somebody replied."""
    asked, ask = reply_for(reader(), reply_id)
    form = ReplyForm(reply=asked.reply, said=asked.said or "", on=asked.replied_on)
    done = submitted(
        form,
        lambda: note_reply(
            asked,
            ask,
            reply=form.reply.data or "",
            said=form.said.data,
            on=form.on.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form("disputes/reply.html", form, ask=ask, person=asked.person)
    return redirect(url_for("disputes.show", ask_id=ask.id))


@bp.post("/asks/<int:ask_id>/close")
@needs(Permit.CONTACTS_WRITE)
def close(ask_id: int) -> ResponseReturnValue:
    """Nobody is waited for any more."""
    close_ask(ask_for(reader(), ask_id).ask, by=reader())
    flash("The ask is closed.", "ok")
    return redirect(url_for("disputes.show", ask_id=ask_id))


@bp.post("/asks/<int:ask_id>/open")
@needs(Permit.CONTACTS_WRITE)
def open_again(ask_id: int) -> ResponseReturnValue:
    """Follow the replies again."""
    open_ask(ask_for(reader(), ask_id).ask, by=reader())
    flash("The ask is open again.", "ok")
    return redirect(url_for("disputes.show", ask_id=ask_id))
