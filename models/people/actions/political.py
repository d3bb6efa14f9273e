"""Whether a member pays into the political fund: dated, one open status at a time."""

from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.people import rules
from models.people.queries.facts import open_political_fund
from models.people.queries.people import regions_of_person
from models.people.tables import Person, PoliticalFundStatus


def set_political_fund(
    person: Person,
    *,
    status: str,
    starts_on: date | None,
    by: Actor,
    source: str | None = None,
) -> PoliticalFundStatus:
    """Record the status from a day on; it ends the one before. The same again changes nothing."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    before = open_political_fund(person)
    since = rules.checked_political(
        status, starts_on, open_since=before.starts_on if before else None
    )
    rules.not_in_future(since, field="starts_on", today=clock.today())
    if before is not None and before.status == status:
        return before
    if before is not None:
        before.ends_on = since
        db.session.flush()
    fact = PoliticalFundStatus(
        person_id=person.id,
        status=status,
        starts_on=since,
        source=source,
        verified_on=clock.today(),
        verified_by_id=by.id,
    )
    db.session.add(fact)
    db.session.flush()
    after = {"status": status, "starts_on": since, "source": source}
    audit.record("political_fund.set", fact, by=by, after=after)
    return fact
