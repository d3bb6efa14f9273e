"""What the pages of the Councillors' Network need in the large union: much of everything at once.

One council has eighty seats and a group, one ask has sixty replies, one poll two hundred names,
one person a long record; and the lists are long.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from models import clock
from models.councillors.control.tables import ControlPeriod
from models.councillors.groups.tables import UnionGroup, UnionGroupMeeting, UnionGroupMember
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import OfficeRole, OfficeTerm
from models.delegates.tables import DelegateTerm
from models.disputes.tables import Ask, AskPerson
from models.elections.tables import Ballot, Candidacy, Election
from models.folding import fold
from models.places.tables import Constituency
from tests.bench.rows import ids_of, keep, write

FIRST_SEAT = 10_001  # people who hold no other office in the large union
SEATS, GROUPED, REPLIES = 80, 40, 60
COUNCIL, AREAS = 1, 30
BOROUGH = "Borough 001"  # the council's name
POLL = date(2027, 5, 6)
DAY = date(2026, 11, 2)


def fill(cast: SimpleNamespace, own: SimpleNamespace) -> None:
    """Write it, and put into `own` what each address of the walk is to ask for."""
    people = list(range(FIRST_SEAT, FIRST_SEAT + SEATS))
    terms = _seats(people)
    own.council, own.ward = SimpleNamespace(id=COUNCIL), SimpleNamespace(id=COUNCIL * 12)
    own.term = own.seat = SimpleNamespace(id=terms[0])
    own.poll = POLL.isoformat()
    own.planted, own.person = own.person.id, SimpleNamespace(id=people[0])
    _groups(own, people)
    _asks(cast, own, people)
    _delegates(own, people)
    _ballots(own, terms)


def _seats(people: list[int]) -> list[int]:
    write(
        OfficeTerm,
        (
            {
                "person_id": person,
                "post": "councillor",
                "council_id": COUNCIL,
                "ward_id": COUNCIL * 12 + n % 12,
                "party_id": n % 4 + 1,
                "elected_on": date(2023, 5, 4),
                "expected_end": POLL + timedelta(days=4),
            }
            for n, person in enumerate(people)
        ),
    )
    terms = ids_of(OfficeTerm, OfficeTerm.person_id.in_(people))
    write(
        OfficeRole,
        ({"term_id": term, "kind": "cabinet", "detail": "Housing"} for term in terms[::4]),
    )
    write(
        ControlPeriod,
        (
            {
                "council_id": council,
                "kind": "majority",
                "party_id": 1,
                "starts_on": date(2024, 5, 3),
                "source": "The council",
            }
            for council in range(1, 200)
        ),
    )
    return terms


def _groups(own: SimpleNamespace, people: list[int]) -> None:
    write(UnionGroup, ({"council_id": council} for council in range(COUNCIL, 121)))
    groups = ids_of(UnionGroup, UnionGroup.council_id < 121)
    own.group = SimpleNamespace(id=groups[0])
    members = [(groups[0], person) for person in people[:GROUPED]]
    members += [(group, 1_000 + 5 * n + k) for n, group in enumerate(groups[1:]) for k in range(5)]
    write(UnionGroupMember, ({"group_id": group, "person_id": who} for group, who in members))
    write(
        UnionGroupMeeting,
        (
            {"group_id": group, "on": DAY - timedelta(days=30 * n), "attended": 3, "about": "Pay"}
            for group in groups
            for n in range(6)
        ),
    )
    (member, *_rest) = ids_of(UnionGroupMember, UnionGroupMember.group_id == groups[0])
    own.member = SimpleNamespace(id=member)


def _asks(cast: SimpleNamespace, own: SimpleNamespace, people: list[int]) -> None:
    write(
        Constituency,
        (
            {
                "gss": f"E1500{n:04}",
                "name": f"Area {n}",
                "name_key": f"area {n}",
            }
            for n in range(AREAS)
        ),
    )
    area, *_others = ids_of(Constituency, Constituency.gss.like("E1500%"))
    own.area = SimpleNamespace(id=area)
    write(
        OfficeTerm,
        (
            {
                "person_id": person,
                "post": "mp",
                "constituency_id": area,
                "elected_on": date(2024, 7, 4),
            }
            for person in range(FIRST_SEAT + SEATS, FIRST_SEAT + SEATS + 20)
        ),
    )
    common: dict[str, Any] = {"asked_by_id": cast.alice.id, "asked_at": clock.now()}
    asks = [
        keep(
            Ask(
                title=f"Ask {n}",
                body="Speak against it.",
                council_id=None if n % 5 == 4 else COUNCIL,
                constituency_id=area if n % 5 == 4 else None,
                employer="City council",
                **common,
            )
        )
        for n in range(60)
    ]
    write(
        AskPerson,
        (
            {
                "ask_id": ask.id,
                "person_id": person,
                "interaction_id": 1 + n,
                "reply": ("waiting", "yes", "no")[n % 3],
                "said": "Will raise it.",
            }
            for ask in asks
            for n, person in enumerate(people[: REPLIES if ask is asks[0] else 5])
        ),
    )
    own.ask = SimpleNamespace(id=asks[0].id)
    own.reply = SimpleNamespace(id=ids_of(AskPerson, AskPerson.ask_id == asks[0].id)[0])


def _delegates(own: SimpleNamespace, people: list[int]) -> None:
    """Eighty delegates to one CLP that bears the name of the council, and one with many terms."""
    others = ids_of(Constituency, Constituency.gss.like("E1500%"))
    name = f"{BOROUGH} North"
    area = keep(Constituency(gss="E15009999", name=name, name_key=fold(name))).id
    ends_on = clock.today() + timedelta(days=30)
    terms = [(person, area) for person in people] + [(people[0], other) for other in others]
    write(
        DelegateTerm,
        (
            {
                "person_id": person,
                "constituency_id": constituency,
                "status": ("nominated", "certified")[n % 2],
                "starts_on": DAY,
                "ends_on": ends_on + timedelta(days=n),
            }
            for n, (person, constituency) in enumerate(terms)
        ),
    )
    own.delegate = SimpleNamespace(id=ids_of(DelegateTerm, DelegateTerm.person_id == people[0])[0])


def _ballots(own: SimpleNamespace, terms: list[int]) -> None:
    """Names for the poll: three on each of the council's twelve wards and on others."""
    election = keep(
        Election(
            code=f"local.b001.{POLL}",
            name="Borough 001",
            kind="local",
            poll_on=POLL,
            council_id=COUNCIL,
        )
    )
    ballots = [
        keep(
            Ballot(
                code=f"local.b001.{n}.{POLL}",
                election_id=election.id,
                ward_id=COUNCIL * 12 + n,
                area=f"Ward {n + 1}",
                area_key=f"ward {n + 1}",
                seats=3,
            )
        )
        for n in range(12)
    ]
    write(
        Candidacy,
        (
            {
                "ballot_id": ballot.id,
                "key": f"{ballot.id}-{n}",
                "name": f"Sam West {n}",
                "name_key": fold(f"Sam West {n}"),
                "party_id": n % 4 + 1,
            }
            for ballot in ballots
            for n in range(16)
        ),
    )
    names = ids_of(Candidacy, Candidacy.ballot_id.in_([ballot.id for ballot in ballots]))
    write(
        CandidateMatch,
        (
            {
                "candidacy_id": name,
                "term_id": term,
                "how": "doubtful" if n % 2 else "exact",
                "why": "The party differs.",
                "verdict": None if n % 2 else "same",
            }
            for n, (name, term) in enumerate(zip(names, terms, strict=False))
        ),
    )
    doubtful = ids_of(CandidateMatch, CandidateMatch.how == "doubtful")
    own.match = SimpleNamespace(id=doubtful[0])
