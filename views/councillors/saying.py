"""The filters of the list as one sentence in plain English."""

from models.councillors.filters import NO_CONTROL, NO_STATUS
from models.councillors.workflow import STATUSES
from models.days import said_day
from views.councillors.forms import FilterForm

OFFICES = {
    "overdue": "Office holders whose term seems to be over",
    "former": "People who held an office",
    "any": "Everybody who holds or held an office",
}


def sentence(form: FilterForm) -> str:
    """What the list shows, from the filters that are on: "Office holders on councils run by the
    Labour Party, not contacted for 90 days."."""
    who = OFFICES.get(form.office.data or "", "Office holders")
    return f"{' '.join([who, ', '.join(_parts(form))]).strip()}."


def _parts(form: FilterForm) -> list[str]:
    control = _chosen(form, "control")
    council, region = _chosen(form, "council"), _chosen(form, "region")
    places = [
        f"on {council}" if council else "",
        f"in the region {region}" if region else "",
        "on councils under no overall control" if form.control.data == NO_CONTROL else "",
        f"on councils run by {control}" if control and form.control.data != NO_CONTROL else "",
    ]
    delegate = form.delegate.data
    party, status = _chosen(form, "party"), form.status.data
    people = [
        "who were ticked" if form.people.data else "",
        f"of {party}" if party else "",
        "not asked to join the network yet" if status == NO_STATUS else "",
        f"with the network status “{STATUSES[status]}”" if status in STATUSES else "",
        f"with the role “{_chosen(form, 'role')}”" if _chosen(form, "role") else "",
        "who are delegates to a constituency party" if delegate == "now" else "",
        "who are delegates to no constituency party" if delegate == "none" else "",
        f"tagged “{form.tag.data}”" if form.tag.data else "",
        f"with an open follow-up of {_chosen(form, 'owner')}" if _chosen(form, "owner") else "",
        f"matching “{form.text.data}”" if form.text.data else "",
    ]
    ends, quiet = form.ending_before.data, form.no_contact_since.data
    found = form.verified_before.data
    days = [
        f"whose term ends before {said_day(ends)}" if ends else "",
        f"not contacted since {said_day(quiet)}" if quiet else "",
        f"not contacted for {form.quiet_days.data} days" if _chosen(form, "quiet_days") else "",
        f"whose office was not verified since {said_day(found)}" if found else "",
    ]
    return [part for part in (*places, *people, *days) if part]


def _chosen(form: FilterForm, name: str) -> str | None:
    """The words of what was chosen; None where nothing, or nothing that is offered, was."""
    field = form[name]
    words = {str(choice.value): choice.label for choice in field.choices}
    return words.get(str(field.data)) if field.data else None
