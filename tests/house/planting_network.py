"""Plants the Network's own rows: names on ballots, groups, delegates, control, asks, replies."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from models import clock
from models.councillors.control.tables import ControlPeriod
from models.councillors.groups.tables import UnionGroup, UnionGroupMeeting, UnionGroupMember
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import OfficeTerm
from models.delegates.tables import DelegateTerm
from models.disputes.tables import Ask, AskPerson
from models.elections.tables import Ballot, Candidacy, Election
from models.places.tables import Constituency

POLL = date(2026, 5, 7)


def plant_network(garden: Any, rows: SimpleNamespace) -> None:
    """One region's rows; `rows.seat` is a term that is up at the poll, with a doubtful name."""
    label, council = rows.label, rows.council
    rows.seat = garden.put(
        OfficeTerm, label, person_id=rows.person.id, council_id=council.id, post="mayor",
        elected_on=date(2022, 5, 5), expected_end=date(2026, 5, 11),
    )  # fmt: skip
    rows.area = garden.put(
        Constituency, label, gss=f"E1400000{len(label)}", name=f"Area {label}",
        name_key=f"area {label.lower()}",
    )  # fmt: skip
    election = garden.put(
        Election, label, code=f"mayor.{label}.{POLL}", name="Mayor", kind="mayor", poll_on=POLL,
        council_id=council.id,
    )  # fmt: skip
    ballot = garden.put(
        Ballot, label, code=f"mayor.{label}", election_id=election.id, area="Mayor",
        area_key="mayor", seats=1,
    )  # fmt: skip
    candidacy = garden.put(
        Candidacy, label, ballot_id=ballot.id, key="1", name="Sam West", name_key="sam west"
    )
    rows.match = garden.put(
        CandidateMatch, label, candidacy_id=candidacy.id, term_id=rows.seat.id, how="doubtful",
        why="The party differs.",
    )  # fmt: skip
    at = {"person_id": rows.person.id, "constituency_id": rows.area.id}
    rows.delegate = garden.put(
        DelegateTerm, label, **at, branch_id=rows.branch.id, status="certified", why=None,
        ends_on=clock.today(),
    )  # fmt: skip
    garden.put(DelegateTerm, label, **at, status="rejected", ended_on=POLL, ended_from="nominated")
    rows.plan = garden.put(Reorganisation, label, title="A plan", vesting_on=POLL, plan={})
    garden.put(ControlPeriod, label, council_id=council.id, kind="none", source="The council")
    rows.group = garden.put(UnionGroup, label, council_id=council.id)
    rows.member = garden.put(
        UnionGroupMember, label, group_id=rows.group.id, person_id=rows.person.id,
        role="convenor", whip="held",
    )  # fmt: skip
    rows.meeting = garden.put(UnionGroupMeeting, label, group_id=rows.group.id, on=POLL)
    rows.ask = garden.put(
        Ask, label, council_id=council.id, region_id=rows.region.id, asked_by_id=rows.author.id,
        asked_at=clock.now(),
    )  # fmt: skip
    rows.reply = garden.put(
        AskPerson, label, ask_id=rows.ask.id, person_id=rows.person.id,
        interaction_id=rows.interaction.id, reply="yes",
    )  # fmt: skip
