"""People as .vcf cards and days as .ics calendars, for telephones and calendars."""

from collections.abc import Iterable
from datetime import timedelta

import vobject
from icalendar import Calendar, Event

from models import clock
from models.contacts.follow_ups.list import FollowUpLine
from models.people.tables import ContactPoint, Person

KINDS = {"email": ("email", "INTERNET"), "mobile": ("tel", "CELL"), "phone": ("tel", "VOICE")}


def card(person: Person, points: Iterable[ContactPoint], offices: str) -> str:
    """One person as a vCard 3.0: name, ways to reach them, office. Nothing of the union."""
    made = vobject.vCard()
    made.add("fn").value = person.full_name
    made.add("n").value = vobject.vcard.Name(
        family=person.family_name,
        given=person.given_name,
        prefix=person.title or "",
        suffix=person.suffix or "",
    )
    for point in points:
        if point.kind in KINDS:
            name, kind = KINDS[point.kind]
            line = made.add(name)
            line.value, line.type_param = point.value, kind
        else:
            made.add("label").value = point.value
    if offices:
        made.add("title").value = offices
    text: str = made.serialize()
    return text


def follow_up_calendar(rows: Iterable[FollowUpLine]) -> bytes:
    """Open follow-ups as whole-day events on the days they are due."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hustings//follow-ups//EN")
    calendar.add("version", "2.0")
    for row in rows:
        event = Event()
        event.add("uid", f"follow-up-{row.id}@hustings")
        event.add("dtstamp", clock.now())
        event.add("summary", f"{row.what}: {row.name}")
        event.add("dtstart", row.due_on)
        event.add("dtend", row.due_on + timedelta(days=1))
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
