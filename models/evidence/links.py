"""The link by which a candidate fills in their spending report without an account. Pure.

A link is signed, opens one report, and ends on its day, with the report, or with a newer link.
"""

from dataclasses import dataclass
from datetime import timedelta

from models.accounts.roles import Permit
from models.links import LinkDesk

LIFETIME = timedelta(days=60)


def report_desk(secret: str, base_url: str, *, mails: bool) -> LinkDesk:
    """What hands out the links of reports: the secret key, and our address as set."""
    return LinkDesk("report", "/afterwards/report-link/", secret, base_url, mails=mails)


@dataclass(frozen=True)
class ByLink:
    """A candidate who came by a link: may write in the one report that it opens, as nobody's user.

    The view loads that report and no other.
    """

    name: str
    region_id: int
    id: int | None = None

    @property
    def permits(self) -> frozenset[Permit]:
        """Filling in a report, and nothing else."""
        return frozenset({Permit.EVIDENCE_WRITE})

    @property
    def region_ids(self) -> frozenset[int]:
        """The region of the application."""
        return frozenset({self.region_id})
