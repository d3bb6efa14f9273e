"""Whether an application may be granted, computed from what is held. Pure; amounts are pence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.days import said_day
from models.money import in_pounds

MET, NOT_MET, UNKNOWN = "met", "not-met", "unknown"
GOOD_STANDING = ("member", "retired")
# The event of the audit under which an award keeps what the rules said.
KEPT = "funding.eligibility_kept"


@dataclass(frozen=True)
class Rule:
    """One condition; a hard one is never overruled."""

    key: str
    label: str
    hard: bool


RULES = {
    rule.key: rule
    for rule in (
        Rule("member", "Member in good standing", hard=False),
        Rule("political-fund", "Pays into the political fund", hard=False),
        Rule("contest", "Stands in a known contest", hard=True),
        Rule("only-one", "One live application for the contest", hard=True),
        Rule("earlier-report", "Earlier awards reported", hard=False),
        Rule("maximum", "Within the highest grant", hard=True),
        Rule("region", "Region open", hard=True),
    )
}


@dataclass(frozen=True)
class Membership:
    """A membership of the union as it is held."""

    status: str
    number: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Political:
    """A status in the political fund as it is held."""

    status: str
    starts_on: date
    ends_on: date | None = None
    source: str | None = None


@dataclass(frozen=True)
class Held:
    """What is held about one application. `earlier` are awards paid and not closed since their
    poll; `rival` is another live application for the same person and contest."""

    today: date
    candidate: str | None = None
    place: str | None = None
    poll_on: date | None = None
    memberships: tuple[Membership, ...] = ()
    political: tuple[Political, ...] = ()
    rival: str | None = None
    earlier: tuple[str, ...] = ()
    asked_p: int | None = None
    max_grant_p: int = 0
    region: str = ""
    region_ends_on: date | None = None


@dataclass(frozen=True)
class Overruled:
    """Who overruled what a rule had said, when, and why."""

    rule: str
    shown: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Result:
    """What a rule says of an application: why, and on what evidence."""

    rule: Rule
    outcome: str
    reason: str
    evidence: str = ""
    overruled: Overruled | None = None

    @property
    def blocks(self) -> bool:
        """True where it stands in the way of an award."""
        return self.outcome == NOT_MET and self.overruled is None

    @property
    def may_be_overruled(self) -> bool:
        """True where a person may overrule it."""
        return self.blocks and not self.rule.hard


Results = tuple[Result, ...]


def judge(held: Held, overruled: Iterable[Overruled] = ()) -> tuple[Result, ...]:
    """What every rule says, in the order of RULES; an overruling counts for its own words only."""
    results = (
        _member(held),
        _political(held),
        _contest(held),
        _only_one(held),
        _earlier(held),
        _maximum(held),
        _region(held),
    )
    said = {(one.rule, one.shown): one for one in overruled}
    return tuple(
        replace(result, overruled=said.get((result.rule.key, result.reason)))
        if not result.rule.hard
        else result
        for result in results
    )


def unmet(results: Sequence[Result]) -> tuple[str, ...]:
    """Why it may not be granted, in sentences; empty where nothing stands in the way."""
    return tuple(result.reason for result in results if result.blocks)


def as_kept(results: Sequence[Result]) -> list[dict[str, object]]:
    """Every result with its words, as an award keeps it whatever the rules are called later."""
    return [
        {
            "rule": one.rule.key,
            "label": one.rule.label,
            "hard": one.rule.hard,
            "outcome": one.outcome,
            "reason": one.reason,
            "evidence": one.evidence,
            "overruled": None if one.overruled is None else vars(one.overruled),
        }
        for one in results
    ]


def _result(key: str, outcome: str, reason: str, evidence: str = "") -> Result:
    return Result(RULES[key], outcome, reason, evidence)


def _member(held: Held) -> Result:
    if not held.memberships:
        return _result("member", UNKNOWN, "No membership of the union is recorded.")
    for one in held.memberships:
        if one.status in GOOD_STANDING and (one.ends_on is None or one.ends_on >= held.today):
            number = f"Membership {one.number}" if one.number else "Membership without a number"
            if one.starts_on is None:
                reason = "A member now; since when is not recorded."
            else:
                reason = f"A member for {_how_long(one.starts_on, held.today)}."
            return _result("member", MET, reason, number)
    last = held.memberships[0]
    ended = f" on {_day(last.ends_on)}" if last.ends_on else ""
    return _result("member", NOT_MET, f"The membership is no longer in good standing{ended}.")


def _how_long(since: date, today: date) -> str:
    months = (today.year - since.year) * 12 + today.month - since.month
    months -= today.day < since.day
    if months < 1:
        return "less than a month"
    if months < 12:
        return "1 month" if months == 1 else f"{months} months"
    years = months // 12
    return "1 year" if years == 1 else f"{years} years"


def _political(held: Held) -> Result:
    now = next(
        (one for one in held.political if one.ends_on is None or one.ends_on > held.today), None
    )
    if now is None:
        return _result("political-fund", UNKNOWN, "The political fund's status is not recorded.")
    evidence = f"Since {_day(now.starts_on)}" + (f", {now.source}" if now.source else "")
    if now.status == "contributes":
        return _result("political-fund", MET, "Pays into the political fund.", evidence)
    words = "Opted out of" if now.status == "opted-out" else "Never opted in to"
    return _result("political-fund", NOT_MET, f"{words} the political fund.", evidence)


def _contest(held: Held) -> Result:
    if held.candidate and held.place and held.poll_on:
        evidence = f"{held.place}, poll on {_day(held.poll_on)}"
        return _result("contest", MET, f"{held.candidate} stands.", evidence)
    return _result("contest", NOT_MET, "Candidate, place and day of the poll are not all given.")


def _only_one(held: Held) -> Result:
    if held.rival is None:
        return _result("only-one", MET, "No other application lives for this contest.")
    return _result(
        "only-one", NOT_MET, f"{held.rival} is live for the same candidate and contest too."
    )


def _earlier(held: Held) -> Result:
    if not held.earlier:
        return _result("earlier-report", MET, "No report of an earlier award is outstanding.")
    return _result(
        "earlier-report",
        NOT_MET,
        f"The report of {' and '.join(held.earlier)} is not in yet.",
        "Paid, the poll is over, not closed",
    )


def _maximum(held: Held) -> Result:
    highest = f"The highest grant is {in_pounds(held.max_grant_p)}."
    if held.asked_p is None:
        return _result("maximum", UNKNOWN, "No amount is asked for yet.", highest)
    asked = f"{in_pounds(held.asked_p)} is asked for."
    outcome = MET if held.asked_p <= held.max_grant_p else NOT_MET
    return _result("maximum", outcome, asked if outcome == MET else f"{asked} {highest}", highest)


def _region(held: Held) -> Result:
    if held.region_ends_on is None or held.region_ends_on >= held.today:
        return _result("region", MET, f"{held.region} is open.")
    return _result("region", NOT_MET, f"{held.region} ended on {_day(held.region_ends_on)}.")


def _day(day: date | None) -> str:
    return "" if day is None else said_day(day)
