"""The members of the network whom nobody was in contact with for long."""

from datetime import date

from models.accounts import Actor
from models.base import db
from models.councillors.filters import CouncillorFilters
from models.councillors.queries import CouncillorLine, councillor_lines


def quiet_councillors(reader: Actor, *, since: date, most: int) -> list[CouncillorLine]:
    """The first of them that this reader may see, the longest wait first; they are not counted."""
    wanted = CouncillorFilters(status="joined", no_contact_since=since)
    query = councillor_lines(reader, wanted, sort="contact")
    return [CouncillorLine(*row) for row in db.session.execute(query.limit(most))]
