"""What was typed into an application, understood as far as it can be."""

import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from models.accounts.tables import User
from models.elections.limits import is_electorate
from models.errors import Invalid, NotFound
from models.folding import fold
from models.funding.queries.choices import candidate_for, candidates_named
from models.funding.rules import POSTS, Answers, Line
from models.funding.tables import Application
from models.people.tables import Person
from models.places.actions import ward_named
from models.places.queries.councils import council_by_text
from models.places.queries.wards import constituency_by_text, ward_of, wards_of
from models.places.tables import Council, Ward
from models.query_args import whole
from views.funding.forms import DraftForm

WITH_ID = re.compile(r"\(#(\d{1,12})\)\s*$")
NOT_ANSWERS = ("csrf_token", "once", "key", "version", "do")


@dataclass(frozen=True)
class Reading:
    """The answers of a sent form; `new_ward` is a ward's name to add in `council`."""

    answers: Answers
    council: Council | None
    new_ward: str | None

    def with_ward(self, user: User) -> Answers:
        """The answers, the new ward among them, added to the council by this user."""
        if self.new_ward is None or self.council is None:
            return self.answers
        ward = ward_named(self.council, self.new_ward, by=user)
        return replace(self.answers, ward_id=ward.id)

    @property
    def to_check(self) -> Answers:
        """The answers as they will be: a ward about to be added counts as given."""
        return replace(self.answers, ward_id=0) if self.new_ward else self.answers


def read(form: DraftForm, user: User) -> Reading:
    """Understand a sent form; what is not understood goes into `form.faults`, field by field."""
    form.faults = {}
    place = POSTS[form.post.data].place if form.post.data in POSTS else "ward"
    person = _understood(form, "person", lambda: person_meant(user, form))
    council = ward = constituency = new_ward = None
    if place == "constituency":
        constituency = _understood(form, "constituency", lambda: _constituency(form))
    else:
        council = _understood(form, "council", lambda: _council(form))
    if place == "ward" and council is not None:
        ward = _understood(form, "ward", lambda: _ward(form, council))
        if ward is None and form.new_ward.data and form.ward.data:
            new_ward = form.ward.data
    answers = Answers(
        person_id=_id(person),
        post=form.post.data if form.post.data in POSTS else "councillor",
        council_id=_id(council),
        ward_id=_id(ward),
        constituency_id=_id(constituency),
        poll_on=form.poll_on.data if isinstance(form.poll_on.data, date) else None,
        requested_p=form.amount.data if (form.amount.data or 0) > 0 else None,
        purpose=form.purpose.data or None,
        lines=_lines(form),
        electorate=form.electorate.data if is_electorate(form.electorate.data) else None,
        joint=int(form.joint.data) if form.joint.data in ("1", "2", "3") else None,
        late_reason=form.late_reason.data or None,
        area=form.area.data if form.area.data in ("borough", "county") else None,
    )
    return Reading(answers, council, new_ward)


def _id(thing: Any) -> int | None:
    return None if thing is None else thing.id


def _understood(form: DraftForm, name: str, find: Any) -> Any:
    try:
        return find()
    except Invalid as fault:
        form.faults[name] = fault.message
        return None


def person_meant(user: User, form: Any) -> Person | None:
    """The person picked or typed: "Name (#id)", or a name that only one person has.

    None where nothing was typed; Invalid, with the choices, where it is not clear.
    """
    text = form.person.data or ""
    if not text:
        return None
    picked = WITH_ID.search(text)
    if picked:
        return _person_with_id(user, whole(picked[1]) or 0)
    hidden = form.person_id.data or ""
    if (hidden_id := whole(hidden)) is not None:
        person = _person_with_id(user, hidden_id)
        # Without scripts the hidden id may be of a name that was typed over since.
        if fold(text) in (fold(person.name), fold(person.full_name)):
            return person
    return _person_named(user, text)


def _person_with_id(user: User, person_id: int) -> Person:
    try:
        return candidate_for(user, person_id)
    except NotFound as error:
        raise Invalid(error.message, field="person") from error


def _person_named(user: User, text: str) -> Person:
    found = candidates_named(user, text)
    exact = [one for one in found if fold(text) in (fold(one.name), fold(one.full_name))]
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise Invalid(
            "Nobody you can see is called that. Check the spelling, or add the person first.",
            field="person",
        )
    choices = ", ".join(with_id(person) for person in (exact or found))
    raise Invalid(f"Which person do you mean? Enter one of: {choices}.", field="person")


def with_id(person: Person | None) -> str:
    """A person as the lookup writes them: "Priya Kaur (#12)"."""
    return f"{person.name} (#{person.id})" if person else ""


def _council(form: DraftForm) -> Council | None:
    text = form.council.data or ""
    if not text:
        return None
    council = council_by_text(text)
    if council is None:
        raise Invalid("No council is called that. Choose one from the list while you type.")
    return council


def _ward(form: DraftForm, council: Council) -> Ward | None:
    text = form.ward.data or ""
    if not text:
        return None
    # A lookup may write the council behind the ward: "Abbey, Ambridge".
    ward = ward_of(council, text) or ward_of(council, text.partition(",")[0])
    if ward is not None or form.new_ward.data:
        return ward
    known = {fold(one.name): one.name for one in wards_of(council)}
    near = [known[key] for key in get_close_matches(fold(text), known, n=3, cutoff=0.6)]
    ask = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Invalid(
        f"{council.name} has no ward “{text[:60]}” in our list.{ask} "
        "If the name is right, tick “Add this ward” and continue."
    )


def _constituency(form: DraftForm) -> Any:
    text = form.constituency.data or ""
    if not text:
        return None
    found = constituency_by_text(text)
    if found is None:
        raise Invalid("No constituency is called that. Choose one from the list while you type.")
    return found


def _lines(form: DraftForm) -> tuple[Line, ...]:
    pairs = ((line.form.what.data, line.form.amount.data) for line in form.lines)
    return tuple(Line(what[:160], pence) for what, pence in pairs if what and (pence or 0) > 0)


def typed_answers() -> dict[str, object]:
    """Everything that was sent, as it was typed, to be shown again when the draft is opened."""
    lists = request.form.to_dict(flat=False)
    return {name: values for name, values in lists.items() if name not in NOT_ANSWERS}


def form_of(application: Application) -> DraftForm:
    """The form of a stored application; where something was not understood, as it was typed."""
    if application.typed:
        typed = MultiDict(
            (name, value) for name, values in application.typed.items() for value in values
        )
        form = DraftForm(formdata=typed)
    else:
        form = DraftForm(formdata=None, data=_stored(application))
    form.faults = {}
    return form


def _stored(application: Application) -> dict[str, Any]:
    names = {
        name: getattr(application, name).name
        for name in ("council", "ward", "constituency")
        if getattr(application, name) is not None
    }
    return {
        **names,
        "person": with_id(application.person),
        "person_id": application.person_id,
        "post": application.post,
        "poll_on": application.poll_on,
        "amount": application.requested_p,
        "purpose": application.purpose,
        "late_reason": application.sheet.late_reason if application.sheet else None,
        **_asked_for_the_law(application),
        "lines": [{"what": line.what, "amount": line.amount_p} for line in application.lines],
    }


def _asked_for_the_law(application: Application) -> dict[str, Any]:
    law = application.law
    if law is None:
        return {}
    joint = str(law.joint) if law.joint else None
    return {"electorate": law.electorate, "joint": joint, "area": law.area}
