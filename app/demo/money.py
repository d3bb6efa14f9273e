"""The demonstration's fund of £250,000 and its applications, in every state, by real actions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.demo import calendar
from app.demo.paying import Desk
from app.demo.people import Councillor
from models import clock
from models.accounts.tables import User
from models.budget.actions.tree import set_up_fund
from models.budget.approvals.actions.asking import ask_virement
from models.budget.planning import rules as planning
from models.budget.planning.actions import set_plan
from models.budget.queries.tree import leaf_for, leaves_for_region
from models.budget.rules import NATIONAL
from models.budget.tables import BudgetNode, Fund
from models.funding.actions.decide import ask_for_changes, award, decline, mark_paid
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.actions.undo import withdraw
from models.funding.coding import Coding
from models.funding.rules import Answers, Line
from models.funding.tables import Application
from models.payments.actions.plan import plan
from models.payments.rules import Tranche
from models.places.queries.regions import regions

CAP_P = 250_000_00
MAX_GRANT_P = 5_000_00
LOCAL, PARLIAMENT = "LOCAL", "PARL"
HEADS = {"Local elections": LOCAL, "Parliaments and mayors": PARLIAMENT}
SHARES_P = {LOCAL: 25_000_00, PARLIAMENT: 7_000_00}
NATIONAL_P = {LOCAL: 15_000_00, PARLIAMENT: 11_000_00}
# For each region in turn: what becomes of its five applications.
FATES = (
    ("paid", "awarded", "submitted", "draft", "declined"),
    ("paid", "part", "submitted", "submitted", "returned"),
    ("paid", "awarded", "submitted", "draft", "withdrawn"),
    ("paid", "paid", "part", "submitted", "submitted"),
    ("awarded", "awarded", "submitted", "draft", "returned"),
    ("paid", "part", "submitted", "submitted", "declined"),
    ("paid", "awarded", "submitted", "draft", "returned"),
)
# How much of the plan falls to each month of the fund, the first one first.
PLAN = (1, 1, 1, 1, 2, 3, 4, 5, 6, 6, 5, 5)
DECIDED = ("paid", "awarded", "part", "declined", "withdrawn")
STILL_OPEN = timedelta(days=35)
COSTS = (
    ("Leaflets, two drops", (900, 2200)),
    ("Printing of calling cards", (300, 900)),
    ("Hire of a campaign room", (500, 1300)),
    ("Digital advertising with imprint", (600, 1500)),
    ("Posters and garden stakes", (400, 1200)),
    ("Travel of volunteers", (150, 600)),
)
PURPOSES = (
    "To hold a seat that is expected to be close.",
    "To win the ward from another party for the first time in years.",
    "A new candidate from our programme in a ward with many members.",
    "To reach members at two large workplaces in the ward.",
)
CHANGES = "Please split the printing from the posters, and say which ward boundaries you used."
DECLINED = "The seat is not among this year's priorities."
LAW_ANSWERS = {
    "over-limit": "The agent keeps within the limit and returns what is left over.",
    "over-threshold": "The agent and the recipient have our letter; it is on the quarterly list.",
    "after-poll": "Agreed with the agent before the poll; the bill came late.",
}
IN_PART = "The room can be shared with the neighbouring ward."


@dataclass(frozen=True)
class Cast:
    """Who acts: the applicant of each region, who decides, who pays."""

    users: dict[str, User]

    def applicant(self, region_id: int) -> User:
        """The region's own officer, or the political officer on its behalf."""
        for user in self.users.values():
            if user.region_ids is not None and region_id in user.region_ids:
                return user
        return self.users["officer"]

    @property
    def decider(self) -> User:
        """The national political officer."""
        return self.users["national"]

    @property
    def payer(self) -> User:
        """Finance."""
        return self.users["finance"]


def set_up(by: User) -> Fund:
    """A fund that has run for seven months, split into heads and regions."""
    starts_on, ends_on = period(clock.today())
    codes = [region.code for region in regions()]
    return set_up_fund(
        name=f"Election fund {starts_on.year}–{ends_on.year % 100:02d}",
        code=f"EF{starts_on.year}",
        cap_p=CAP_P,
        starts_on=starts_on,
        ends_on=ends_on,
        max_grant_p=MAX_GRANT_P,
        heads=HEADS,
        allocations={
            head: {**dict.fromkeys(codes, SHARES_P[head]), NATIONAL: NATIONAL_P[head]}
            for head in (LOCAL, PARLIAMENT)
        },
        by=by,
    )


def period(today: date) -> tuple[date, date]:
    """Twelve whole months around today, seven of them gone: in November the financial year."""
    first = today.year * 12 + today.month - 8
    starts_on, after = (date(number // 12, number % 12 + 1, 1) for number in (first, first + 12))
    return starts_on, after - timedelta(days=1)


def apply_all(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """Five applications of each region, along the days since the fund began."""
    fund = set_up(users["national"])
    first = max(fund.starts_on, clock.today() - timedelta(days=150))
    cast = Cast(users)
    for region, fates in zip(regions(), FATES, strict=False):
        own = [one for one in found if one.placed.region.id == region.id]
        for one, fate in zip(candidates(own), fates, strict=False):
            began = first if fate in DECIDED else max(first, clock.today() - STILL_OPEN)
            Case(rng, one, cast, fund, began).run(fate)
    control(fund, cast)


def control(fund: Fund, cast: Cast) -> None:
    """The plan of the year, and a virement that waits for a second person."""
    months = planning.months(fund.starts_on, fund.ends_on)
    weight = sum(PLAN)
    planned = {
        month: CAP_P * part // weight for month, part in zip(months, PLAN, strict=False) if part
    }
    set_plan(node=fund.node, plan=planned, by=cast.decider)
    source, target = (
        node
        for head in (PARLIAMENT, LOCAL)
        for node in [leaf_for(fund, head, NATIONAL)]
        if node is not None
    )
    ask_virement(
        source=source,
        target=target,
        amount_p=2_500_00,
        reason="No parliamentary by-election is in sight; the local polls need the money.",
        by=cast.users["officer"],
        key="demo:virement",
    )


def candidates(own: list[Councillor], most: int = 5) -> list[Councillor]:
    """Some of a region who defend their seats at the next polls, the soonest first."""
    members = [one for one in own if one.status == "joined"]
    others = [one for one in own if one.status != "joined"]
    members.sort(key=lambda one: (one.expected_end, one.person.id))
    return (members + others)[:most]


class Case:
    """One application from its draft to where it stands."""

    def __init__(self, rng: Random, one: Councillor, cast: Cast, fund: Fund, first: date) -> None:
        self.rng = rng
        self.one = one
        self.cast = cast
        self.fund = fund
        self.by = cast.applicant(one.placed.region.id)
        self.moments = self._moments(first)

    def _moments(self, first: date) -> list[datetime]:
        """Four moments in order: draft, submit, decide, pay."""
        span = (clock.today() - first).days
        parts = sorted(self.rng.random() for _ in range(4))
        days = [first + timedelta(days=int(span * part)) for part in parts]
        return sorted(calendar.office_hours(self.rng, day) for day in days)

    def run(self, fate: str) -> Application:
        """Take it to its fate."""
        with clock.set_to(self.moments[0]):
            application = self._draft()
        if fate == "draft":
            return application
        with clock.set_to(self.moments[1]):
            submit(application, by=self.by)
        with clock.set_to(self.moments[2]):
            self._decide(application, fate)
        if fate == "paid":
            self._plan(application)
            with clock.set_to(self.moments[3]):
                mark_paid(
                    application,
                    paid_on=clock.today(),
                    reference=f"BACS {240_000 + application.id}",
                    by=self.cast.payer,
                )
        return application

    def _plan(self, application: Application) -> None:
        """Say who is paid, into an account that two people of finance entered."""
        desk = Desk(self.rng, self.cast.users)
        with clock.set_to(self.moments[2]):
            payee = desk.payee(application, confirmed=True)
            whole = Tranche(application.awarded_p or 0, payee.id)
            plan(application, [whole], by=desk.planner(application))

    def _draft(self) -> Application:
        one = self.one
        application = start_draft(region_id=one.placed.region.id, by=self.by, fund=self.fund)
        lines = tuple(
            Line(what, self.rng.randrange(low, high, 10) * 100)
            for what, (low, high) in self.rng.sample(COSTS, 3)
        )
        answers = Answers(
            person_id=one.person.id,
            council_id=one.placed.council.id,
            ward_id=one.ward.id,
            poll_on=one.expected_end,
            requested_p=sum(line.amount_p for line in lines),
            purpose=self.rng.choice(PURPOSES),
            lines=lines,
            electorate=self.rng.randrange(5_400, 11_800),
            joint=self.rng.choice((None, 1, 2)),
        )
        return save_draft(application, answers=answers, by=self.by)

    def _decide(self, application: Application, fate: str) -> None:
        by = self.cast.decider
        if fate == "returned":
            ask_for_changes(application, reason=CHANGES, by=by)
        elif fate == "declined":
            decline(application, reason=DECLINED, by=by)
        elif fate == "withdrawn":
            withdraw(application, by=self.by, reason="The candidate stood down.")
        elif fate in ("awarded", "part", "paid"):
            asked_p = application.requested_p or 0
            amount_p = asked_p * 3 // 4 if fate == "part" else asked_p
            reason = IN_PART if fate == "part" else None
            node = self._node()
            award(
                application,
                amount_p=amount_p,
                node=node,
                by=by,
                coding=self._coding(application),
                answers=LAW_ANSWERS,
                reason=reason,
            )

    def _coding(self, application: Application) -> Coding:
        """By turns a gift to the ward's campaign and one to the candidate."""
        if application.id % 2:
            return Coding(legal_class="candidate", s72_category="c")
        recipient = f"{self.one.ward.name} ward campaign"
        return Coding(legal_class="party-unit", s72_category="a", recipient=recipient)

    def _node(self) -> BudgetNode:
        region = self.one.placed.region
        leaves = leaves_for_region(self.fund, region.id)
        return next(leaf for leaf in leaves if f"/{LOCAL}/" in leaf.code)
