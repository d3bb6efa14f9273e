"""The demonstration's offices over time: control, groups, invented names on ballots, one ask."""

from random import Random

from app.demo import calendar
from app.demo.people import LABOUR, Councillor
from models import clock
from models.accounts.tables import User
from models.councillors.control.actions import record_control
from models.councillors.groups.actions import begin_group, join_group, note_meeting
from models.councillors.queries.offices import open_term
from models.disputes.actions import note_reply, put_ask
from models.disputes.queries.asks import replies_for
from models.intake.actions import applying, batches
from models.intake.actions.batches import Columns, Upload, map_columns
from models.places.queries.parties import party_by_text
from reports.intake.reading import look, rows_of_file

GROUPS = 4
HEAD = "council,ward,candidate,party,poll date,candidate id"
SAYS = ("Will raise it with the leader this week.", None, "Wants to see the figures first.")


def keep_all(rng: Random, found: list[Councillor], users: dict[str, User]) -> None:
    """Control of the first councils, groups on some, names for the next poll, one ask."""
    by_council: dict[int, list[Councillor]] = {}
    for one in found:
        by_council.setdefault(one.placed.council.id, []).append(one)
    ours = list(by_council.values())
    _control(ours[:8], users["officer"])
    for sitting in ours[:GROUPS]:
        _group(rng, sitting, users["officer"])
    _ballots(rng, found, users["officer"])
    _ask(ours[0], users["officer"])


def _control(ours: list[list[Councillor]], by: User) -> None:
    labour = party_by_text(LABOUR)
    for at, sitting in enumerate(ours):
        council = sitting[0].placed.council
        poll = calendar.poll_day(clock.today().year - 1 - at % 2)
        kind = ("majority", "minority", "none", "majority")[at % 4]
        record_control(
            council,
            kind=kind,
            party=labour if kind != "none" else None,
            starts_on=poll,
            source="The council's website (invented for the demonstration)",
            by=by,
        )


def _group(rng: Random, sitting: list[Councillor], by: User) -> None:
    council = sitting[0].placed.council
    group = begin_group(council, starts_on=calendar.poll_day(clock.today().year - 2), by=by)
    roles = ("convenor", "secretary", "member", "member")
    for role, one in zip(roles, sitting, strict=False):
        if open_term(one.person, council_id=council.id, post="councillor"):
            whip = "suspended" if role == "member" and rng.random() < 0.2 else "held"
            join_group(group, one.person, role=role, whip=whip, by=by)
    note_meeting(
        group,
        on=calendar.between(rng, calendar.poll_day(clock.today().year - 1), clock.today()),
        attended=3,
        about="Local pay and the budget",
        by=by,
    )


def _ballots(rng: Random, found: list[Councillor], by: User) -> None:
    """Names for the next poll: most holders stand again, one in another ward, each with a rival."""
    poll = calendar.next_poll(clock.today())
    lines = [HEAD]
    standing = [one for one in found if one.expected_end == poll][:12]
    for at, one in enumerate(standing):
        ward = one.ward.name if at != 3 else f"{one.ward.name} North"
        name = one.person.name if at % 3 else f"{one.person.given_name} A {one.person.family_name}"
        row = (one.placed.council.name, ward, name, "Labour Party", poll.isoformat(), 90_000 + at)
        lines.append(",".join(f'"{cell}"' for cell in row))
        rival = f"Invented Rival {rng.randint(100, 999)}"
        other = (one.placed.council.name, ward, rival, "Green Party", poll.isoformat(), 91_000 + at)
        lines.append(",".join(f'"{cell}"' for cell in other))
    if not standing:
        return
    data, name = "\n".join(lines).encode(), "invented-candidates.csv"
    seen = look(name, data, "results")
    batch = batches.upload(Upload("results", name, seen.file_hash, data, seen.outline), by=by)
    chosen = Columns(tuple(seen.outline["chosen"]), None, seen.mapping)
    map_columns(batch, chosen, by=by)
    batches.stage(batch, rows_of_file(name, data, "results", batch.mapping), by=by)
    applying.apply(batches.preview(batch, by=by), by=by)


def _ask(sitting: list[Councillor], by: User) -> None:
    council = sitting[0].placed.council
    ask = put_ask(
        [one.person for one in sitting[:4]],
        title="Keep cleaning in house",
        body="Speak against the outsourcing of cleaning at full council, and tell us the date.",
        channel="email",
        council=council,
        employer="City council",
        by=by,
    )
    asked = replies_for(by, ask)
    for line, reply, said in zip(asked, ("yes", "yes", "partly"), SAYS, strict=False):
        note_reply(line.asked, ask, reply=reply, said=said, by=by)
