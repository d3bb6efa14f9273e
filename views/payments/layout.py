"""The layout of the file for the bank: a setting that finance edits."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.payments.actions.batches import set_layout
from models.payments.queries.batches import current_layout, layout_row
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.payments.counter import bp, parts
from views.payments.forms import LayoutForm


@bp.route("/bank-layout", methods=["GET", "POST"])
@needs(Permit.PAYMENTS_MAKE)
def bank_layout() -> ResponseReturnValue:
    """Which columns the bank wants, and how they are written."""
    form = LayoutForm()
    if not form.is_submitted():
        form.show(current_layout())
    form.number_columns()
    if submitted(form, lambda: set_layout(form.layout, by=reader())) is None:
        return render_form("payments/layout.html", form, parts=parts(), last=layout_row())
    flash("The layout counts from the next batch on.", "ok")
    return redirect(url_for("payments.bank_layout"))
