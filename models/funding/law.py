"""What the law says to one application: its limits, its warnings, and what blocks an award. Pure.

A limit is the agent's duty, so passing it warns, and a person answers. Only three things block:
no category under section 72, money out of the general fund (see workflow.py), and the union's own
campaigning above the permitted sum without the agent's written authority.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from models.days import said_day
from models.elections.dates import KeyDate, money_dates, notice_date
from models.elections.donations import lifts
from models.elections.limits import Limit, Question, limit_of
from models.elections.rules import Figure, FigureBook, is_stale
from models.errors import DomainError
from models.funding.coding import CATEGORIES, Coding
from models.funding.rules import POSTS, Problem
from models.money import in_pounds

JOINT = {1: "No: stands alone", 2: "Yes, with one other", 3: "Yes, with two or more others"}

# Which limit counts for which post, and which permitted sum; other posts have figures of their own.
CONTESTS = {"councillor": ("local", "s75-ward"), "mp": ("parliament", "s75-constituency")}

OVER_LIMIT, OVER_THRESHOLD, AFTER_POLL = "over-limit", "over-threshold", "after-poll"
TOO_EARLY = "too-early"
WARNINGS = (OVER_LIMIT, OVER_THRESHOLD, AFTER_POLL, TOO_EARLY)
# Asked when money leaves, not when it is awarded.
LATE_PAYMENT = "late-payment"


@dataclass(frozen=True)
class Matter:
    """One application as the law sees it; sums are pence.

    `others_p` is what else is known for the same person and contest, `own_p` what the union spends
    itself there, `given_p` what the recipient had in the calendar year of `today`.
    """

    post: str
    today: date
    candidate: str | None = None
    nation: str = "England"
    poll_on: date | None = None
    has_place: bool = False
    amount_p: int = 0
    coding: Coding = field(default_factory=Coding)
    others_p: int = 0
    own_p: int = 0
    given_p: int = 0

    @property
    def day(self) -> date:
        """The day whose law counts: that of the poll, or today while there is none."""
        return self.poll_on or self.today

    @property
    def counted_p(self) -> int:
        """What of the amount counts to the candidate's limit."""
        known = self.coding.in_law
        authorised = self.coding.authority is not None and self.coding.legal_class == "s75"
        return self.amount_p if known is None or known.counts or authorised else 0


@dataclass(frozen=True)
class Line:
    """One thing the law says, with the figure it stands on."""

    label: str
    words: str
    figure: Figure | None = None
    stale: bool = False


@dataclass(frozen=True)
class Warning:  # noqa: A001 - in this room a warning is the law's
    """Something a person answers before the award; the answer is kept.

    Where it is not `needed`, an award without an answer goes on: it is true of most awards, and
    the page proposes the usual answer.
    """

    key: str
    words: str
    needed: bool = True


@dataclass(frozen=True)
class Card:
    """Everything the law says. `refusals` block an award; each names the field that mends it."""

    lines: tuple[Line, ...] = ()
    questions: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()
    refusals: tuple[Problem, ...] = ()


def card_of(matter: Matter, book: FigureBook) -> Card:
    """What the law says to this matter by the figures in the book."""
    parts = (
        _limit(matter, book),
        _own_campaign(matter, book),
        _donations(matter, book),
        _days(matter, book),
        Card(questions=_usual_category(matter), refusals=_coding(matter)),
    )
    return Card(
        lines=tuple(_dated(line, matter.today) for part in parts for line in part.lines),
        questions=tuple(dict.fromkeys(one for part in parts for one in part.questions)),
        warnings=tuple(one for part in parts for one in part.warnings),
        refusals=(*parts[-1].refusals, *(one for part in parts[:-1] for one in part.refusals)),
    )


def _dated(line: Line, today: date) -> Line:
    figure = line.figure
    return line if figure is None else replace(line, stale=is_stale(figure.checked_on, today))


def _ask(matter: Matter, kind: str, book: FigureBook, *, joint: int = 1) -> Limit | DomainError:
    coding = matter.coding
    question = Question(
        kind=kind,
        on=matter.day,
        electors=coding.electorate,
        joint=joint,
        area=coding.area if kind.startswith("parliament") else None,
        nation=matter.nation,
    )
    try:
        return limit_of(question, book)
    except DomainError as refusal:
        return refusal


def _limit(matter: Matter, book: FigureBook) -> Card:
    """The candidate's limit and what is left of it."""
    if matter.post not in CONTESTS:
        words = f"Not known for the post {POSTS[matter.post].label}: ask the agent."
        return Card(lines=(Line("Candidate's limit", words),))
    kind, _ = CONTESTS[matter.post]
    joint = matter.coding.joint or 1 if kind == "local" else 1
    found = _ask(matter, kind, book, joint=joint)
    if isinstance(found, DomainError):
        return _no_limit(found)
    left_p = found.pence - matter.others_p - matter.counted_p
    lines = [
        Line("Candidate's limit", _limit_words(found), found.figure),
        Line("Left of the limit", _left_words(matter, left_p)),
        *_joint_line(found),
        *(_other_limits(matter, book) if kind == "parliament" else []),
    ]
    over = Warning(
        OVER_LIMIT,
        f"With this award the known support comes to "
        f"{in_pounds(matter.others_p + matter.counted_p)}, which is {in_pounds(-left_p)} over the "
        f"candidate's limit of {in_pounds(found.pence)}. Keeping to it is the agent's duty.",
    )
    return Card(
        lines=tuple(lines),
        questions=_joint_question(matter, book) if kind == "local" else (),
        warnings=(over,) if left_p < 0 and matter.counted_p else (),
    )


def _no_limit(refusal: DomainError) -> Card:
    asked = {
        "electors": "How many electors are there? Without that the limit cannot be worked out.",
        "area": "Is it a borough or a county constituency? The limit depends on it.",
    }
    if refusal.field in asked:
        return Card(questions=(asked[refusal.field],))
    return Card(lines=(Line("Candidate's limit", refusal.message),))


def _limit_words(found: Limit) -> str:
    joint = found.question.joint
    who = {1: "", 2: ", for each of two joint candidates"}.get(
        joint, ", for each of three or more joint candidates"
    )
    return f"{in_pounds(found.pence)} for {found.question.electors or 0:,} electors{who}"


def _left_words(matter: Matter, left_p: int) -> str:
    sign = "−" if left_p < 0 else ""
    parts = [f"{in_pounds(matter.counted_p)} here"]
    if matter.others_p:
        parts.append(f"{in_pounds(matter.others_p)} of other known support")
    return f"{sign}{in_pounds(abs(left_p))}, after {' and '.join(parts)}"


def _joint_line(found: Limit) -> list[Line]:
    reduction = found.reduction
    return [] if reduction is None else [Line("Joint candidates", reduction.rule, reduction)]


def _other_limits(matter: Matter, book: FigureBook) -> list[Line]:
    found = [
        (label, _ask(matter, kind, book))
        for label, kind in (
            ("Long campaign, at most", "parliament-long"),
            ("At a by-election instead", "by-election"),
        )
    ]
    return [
        Line(label, in_pounds(one.pence), one.figure)
        for label, one in found
        if isinstance(one, Limit)
    ]


def _joint_question(matter: Matter, book: FigureBook) -> tuple[str, ...]:
    if matter.coding.joint is not None:
        return ()
    two = _ask(matter, "local", book, joint=2)
    lower = ""
    if isinstance(two, Limit):
        lower = f" With one joint candidate it would be {in_pounds(two.pence)}."
    return (
        "Does the candidate stand jointly with others: a shared agent, office or leaflet? The "
        f"limit shown is that of a candidate alone.{lower}",
    )


def _own_campaign(matter: Matter, book: FigureBook) -> Card:
    """What the union may spend itself, and whether this would pass it without authority."""
    is_own = matter.coding.legal_class == "s75"
    if matter.post not in CONTESTS:
        words = "The permitted sum is not known for this post: record the agent's authority."
        blocked = is_own and matter.coding.authority is None
        return Card(refusals=(Problem("authority", words),) if blocked else ())
    found = _ask(matter, CONTESTS[matter.post][1], book)
    if isinstance(found, DomainError):
        return _no_permitted_sum(matter) if is_own else Card()
    label = "The union's own campaigning"
    spent = f"; {in_pounds(matter.own_p)} of it is awarded already" if matter.own_p else ""
    line = Line(label, f"{in_pounds(found.pence)} without authority{spent}", found.figure)
    total_p = matter.own_p + matter.amount_p
    if not is_own or matter.coding.authority is not None or total_p <= found.pence:
        return Card(lines=(line,))
    words = (
        f"The union's own campaigning here would come to {in_pounds(total_p)}, which is "
        f"{in_pounds(total_p - found.pence)} above the permitted {in_pounds(found.pence)}. "
        "Record the agent's written authority, or award less."
    )
    return Card(lines=(line,), refusals=(Problem("authority", words),))


def _no_permitted_sum(matter: Matter) -> Card:
    if matter.coding.authority is not None:
        return Card()
    words = (
        "The permitted sum cannot be worked out. Enter the number of electors, or record the "
        "agent's written authority."
    )
    return Card(refusals=(Problem("electorate", words),))


def _donations(matter: Matter, book: FigureBook) -> Card:
    """The thresholds that the award would lift its recipient over."""
    known = matter.coding.in_law
    if known is None or known.recipient is None:
        figure = book.known("candidate.donation.over", matter.today)
        if known is not None or figure is None:
            return Card()
        words = f"More than {in_pounds(figure.amount_p or 0)} is a donation to the candidate."
        return Card(lines=(Line("Donations", words, figure),))
    recipient = matter.coding.recipient if known.recipient == "unit" else matter.candidate
    recipient = recipient or "the recipient"
    passed = lifts(
        known.recipient,
        before_p=matter.given_p,
        amount_p=matter.amount_p,
        day=matter.today,
        book=book,
    )
    lines = [Line("Given this year", f"{in_pounds(matter.given_p)} to {recipient} before this")]
    lines += [Line("Passes", one.figure.label, one.figure) for one in passed]
    listing = book.known("union.listing", matter.today)
    lines.append(
        Line(
            "Permissible donor",
            _listing(listing),
            listing,
        )
    )
    words = " ".join(one.words(recipient) for one in passed)
    return Card(lines=tuple(lines), warnings=(Warning(OVER_THRESHOLD, words),) if passed else ())


def _listing(figure: Figure | None) -> str:
    if figure is None:
        return (
            "The union is one only while it stands on the Certification Officer's list "
            "(PPERA s.54(2)(d)). Its entry is not recorded: the national office does it under Law."
        )
    return f"{figure.words}, seen on {said_day(figure.checked_on)} (PPERA s.54(2)(d))"


def _days(matter: Matter, book: FigureBook) -> Card:
    """Before the notice, after the poll, and when bills and the return are due."""
    if matter.poll_on is None or matter.post != "councillor":
        return Card(warnings=_after_poll(matter, None))
    notice = notice_date(matter.poll_on, matter.nation, book)
    lines = []
    early: tuple[Warning, ...] = ()
    if notice is not None and matter.today < notice.on:
        words = f"Nobody is officially a candidate before the notice, {_on(notice)}."
        early = (Warning(TOO_EARLY, words, needed=False),)
    due = money_dates(matter.poll_on, matter.nation, book)
    lines += [Line(each.label, _on(each)) for each in due]
    register = book.known("dpi.days", matter.poll_on, nation=matter.nation)
    if register is not None:
        words = f"To be registered within {register.value} of taking office."
        lines.append(Line("If elected", words, register))
    paid_by = next((each.on for each in due if each.key == "paid"), None)
    bills_by = next((each.on for each in due if each.key == "bills"), None)
    return Card(lines=tuple(lines), warnings=(*early, *_after_poll(matter, paid_by, bills_by)))


def _after_poll(
    matter: Matter, paid_by: date | None, bills_by: date | None = None
) -> tuple[Warning, ...]:
    if matter.poll_on is None or matter.today <= matter.poll_on:
        return ()
    words = f"The poll was on {said_day(matter.poll_on)}: this award comes after it."
    if bills_by is not None and matter.today > bills_by:
        words += f" Bills had to be with the agent by {said_day(bills_by)}."
    if paid_by is not None and matter.today > paid_by:
        words += f" Bills had to be paid by {said_day(paid_by)}; later payment needs the court."
    return (Warning(AFTER_POLL, words),)


def late_payment(
    post: str, poll_on: date | None, nation: str, paid_on: date, book: FigureBook
) -> Warning | None:
    """What the law says to a payment after the day by which bills are paid; None before it."""
    if poll_on is None or post != "councillor":
        return None
    due = money_dates(poll_on, nation, book)
    paid_by = next((each.on for each in due if each.key == "paid"), None)
    if paid_by is None or paid_on <= paid_by:
        return None
    words = (
        f"The poll was on {said_day(poll_on)} and bills had to be paid by {said_day(paid_by)}; "
        "later payment needs the court."
    )
    return Warning(LATE_PAYMENT, words)


def _on(key_date: KeyDate) -> str:
    return f"{said_day(key_date.on)}{' (provisional)' if key_date.provisional else ''}"


def _usual_category(matter: Matter) -> tuple[str, ...]:
    known = matter.coding.in_law
    if known is None or matter.coding.s72_category is not None:
        return ()
    words = CATEGORIES[known.proposes]
    return (f"Which category under section 72? Usual for this is ({known.proposes}): {words}.",)


def _coding(matter: Matter) -> tuple[Problem, ...]:
    """What is missing in class and category."""
    coding = matter.coding
    found = []
    if coding.in_law is None:
        found.append(Problem("legal_class", "Choose what the award is in law."))
    if coding.s72_category not in CATEGORIES:
        words = "Choose the category under section 72. Nothing is awarded without it."
        found.append(Problem("s72_category", words))
    elif coding.s72_category == "c" and not (
        matter.candidate and matter.poll_on and matter.has_place
    ):
        words = "Under category (c) the candidate and the election must be known."
        found.append(Problem("s72_category", words))
    if coding.legal_class == "party-unit" and not coding.recipient:
        found.append(Problem("recipient", "Say which party unit the money goes to."))
    if (coding.authority is None) != (coding.authority_on is None):
        field = "authority" if coding.authority is None else "authority_on"
        words = "Say who gave the written authority and where it is kept, and on which day."
        found.append(Problem(field, words))
    if coding.authority_on is not None and coding.authority_on > matter.today:
        words = "The authority cannot be of a day in the future."
        found.append(Problem("authority_on", words))
    return tuple(found)
