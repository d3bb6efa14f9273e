"""Who writes in a spending report: a colleague who is signed in, or the candidate by a link."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, session, url_for

from models.accounts.permits import Actor
from models.errors import NotFound
from models.evidence.links import ByLink, report_desk
from models.evidence.queries.reports import report_by_link, report_for
from models.evidence.tables import SpendingReport
from models.funding.tables import Application
from models.links import LinkDesk
from views.guards import reader

LINK = "report_link"
NO_LINK = "Open the link from your e-mail first: this page alone does not know whose report it is."


@dataclass(frozen=True)
class Pen:
    """One report and who writes in it; the addresses of its pages differ by that."""

    report: SpendingReport
    by: Actor
    by_link: bool

    @property
    def application(self) -> Application:
        """The award that the report is about."""
        return self.report.application

    @property
    def layout(self) -> str:
        """The frame of its pages: without the menu for who has no account."""
        return "layout_plain.html" if self.by_link else "layout.html"

    def href(self, page: str, receipt_id: int | None = None) -> str:
        """The address of one of the report's pages."""
        values: dict[str, Any] = {}
        if not self.by_link:
            values["application_id"] = self.application.id
        if receipt_id is not None:
            values["receipt_id"] = receipt_id
        return url_for(f"evidence.{'my_' if self.by_link else ''}{page}", **values)


def pen_of_reader(application_id: int) -> Pen:
    """The reader's own pen; NotFound for a report of another region."""
    return Pen(report_for(reader(), application_id), reader(), by_link=False)


def pen_by_link() -> Pen:
    """The candidate's pen, by the link that was opened; NotFound where it opens nothing."""
    token = session.get(LINK)
    if not token:
        raise NotFound(NO_LINK)
    report = report_by_link(token, desk=desk())
    application = report.application
    by = ByLink(name=application.candidate_name, region_id=application.region_id)
    return Pen(report, by, by_link=True)


def desk() -> LinkDesk:
    """What signs the links: our key, and our address from the settings."""
    settings = current_app.config["SETTINGS"]
    secret = current_app.config["SECRET_KEY"]
    return report_desk(secret, settings.base_url, mails=bool(settings.smtp_host))
