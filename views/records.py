"""Where the page of a record is, for rooms that point at one another's records."""

from flask import url_for


def person_href(person_id: int) -> str:
    """A person's record page."""
    return url_for("people.show", person_id=person_id)


def council_href(council_id: int) -> str:
    """A council's page."""
    return url_for("places.council", council_id=council_id)


def application_href(application_id: int) -> str:
    """An application's page."""
    return url_for("funding.show", application_id=application_id)
