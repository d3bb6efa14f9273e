"""A large union for the benchmarks: 50,000 people, 5,000 councillors, 100,000 contacts and 2,000
applications, written in bulk. Invented names; seeded, so that two runs measure the same."""

import random
from datetime import date, timedelta

from models import clock
from models.base import db
from models.budget.actions.tree import set_up_fund
from models.budget.tables import Award, BudgetNode, LedgerEntry
from models.contacts.tables import FollowUp, Interaction, InteractionPerson
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.folding import fold
from models.funding.tables import Application, ApplicationLaw, ApplicationStep
from models.people.spelling import word_of_number, words_of_email, words_of_name
from models.people.tables import ContactPoint, Person, PersonWord, UnionMembership
from models.people.words import learn
from models.places.tables import Council, CouncilRegion, Party, UnionRegion, Ward
from tests.bench.rows import write

PEOPLE, COUNCILLORS, CONTACTS, APPLICATIONS = 50_000, 5_000, 100_000, 2_000
GIVEN = (
    "Asha",
    "Ben",
    "Carys",
    "Dev",
    "Eilidh",
    "Farah",
    "Gwen",
    "Hamza",
    "Iris",
    "Jamal",
    "Kirsty",
)
FAMILY = (
    "Abbot",
    "Bryce",
    "Cobb",
    "Dunmore",
    "Ekwall",
    "Fenwick",
    "Garth",
    "Hollis",
    "Kemp",
    "Moss",
)
CHANNELS = ("phone", "email", "meeting")


def fill(cast, councillors=COUNCILLORS):
    """Put the large union into a migrated database that has the cast."""
    dice = random.Random(7)
    regions = db.session.query(UnionRegion).order_by(UnionRegion.id).all()
    councils = _places(dice, regions)
    persons = _people(dice, regions, PEOPLE)
    _offices(dice, persons[:councillors], councils)
    _contacts(dice, cast, persons[:COUNCILLORS], CONTACTS)
    _applications(dice, cast, persons, councils)
    db.session.commit()


def _places(dice, regions):
    write(Party, [{"id": n, "name": f"Party {n}"} for n in range(1, 9)])
    councils, wards, links = [], [], []
    for n in range(1, 351):
        name = f"Borough {n:03}"
        councils.append(
            {
                "id": n,
                "code": f"B{n:03}",
                "name": name,
                "name_key": fold(name),
                "official_name": f"{name} Council",
                "kind": "district",
                "nation": "England",
            }
        )
        region = dice.choice(regions).id
        links.append({"council_id": n, "region_id": region, "source": "rule"})
        for w in range(12):
            ward = f"Ward {w + 1}"
            wards.append({"id": n * 12 + w, "council_id": n, "name": ward, "name_key": fold(ward)})
    write(Council, councils)
    write(CouncilRegion, links)
    write(Ward, wards)
    return [(one["council_id"], one["region_id"]) for one in links]


def _people(dice, regions, number):
    people, points, members, words = [], [], [], []
    today = clock.today()
    for n in range(1, number + 1):
        given, family = dice.choice(GIVEN), f"{dice.choice(FAMILY)}{chr(97 + n % 26)}{n % 97}"
        people.append(
            {
                "id": n,
                "given_name": given,
                "family_name": family,
                "given_key": fold(given),
                "family_key": fold(family),
                "home_region_id": dice.choice(regions).id,
                "created_at": clock.now(),
                "version": 1,
                "last_contacted_at": clock.now() - timedelta(days=dice.randint(1, 900)),
            }
        )
        email = f"{given}.{family}.{n}@example.org".lower()
        points.append(
            {
                "person_id": n,
                "kind": "email",
                "value": email,
                "value_key": email,
                "preferred": True,
                "source": "bench",
                "verified_on": today,
            }
        )
        members.append({"person_id": n, "number": f"{n:08}", "status": "member"})
        found = words_of_name(given, family) | words_of_email(email) | {word_of_number(f"{n:08}")}
        words += [{"word": word, "person_id": n} for word in sorted(found)]
    write(Person, people)
    write(PersonWord, words)
    learn(db.session.connection(), {row["word"] for row in words})
    write(ContactPoint, points)
    write(UnionMembership, members)
    return [one["id"] for one in people]


def _offices(dice, persons, councils):
    terms, network = [], []
    for person in persons:
        council, _region = dice.choice(councils)
        terms.append(
            {
                "person_id": person,
                "post": "councillor",
                "council_id": council,
                "ward_id": council * 12 + dice.randrange(12),
                "party_id": dice.randint(1, 8),
                "elected_on": date(2024, 5, 2),
                "expected_end": date(dice.choice((2027, 2028)), 5, 4),
            }
        )
        network.append(
            {
                "person_id": person,
                "status": dice.choice(("invited", "joined")),
                "started_at": clock.now(),
            }
        )
    write(OfficeTerm, terms)
    write(NetworkMembership, network)


def _contacts(dice, cast, persons, number):
    rows, links, promises = [], [], []
    for n in range(1, number + 1):
        at = clock.now() - timedelta(hours=dice.randint(1, 20_000))
        rows.append(
            {
                "id": n,
                "at": at,
                "channel": dice.choice(CHANNELS),
                "summary": f"Contact {n}",
                "confidential": False,
                "logged_by_id": cast.alice.id,
                "logged_at": at,
            }
        )
        person = dice.choice(persons)
        links.append({"interaction_id": n, "person_id": person})
        if n % 50 == 0:
            promises.append(
                {
                    "interaction_id": n,
                    "person_id": person,
                    "what": f"Ring back {n}",
                    "owner_id": cast.alice.id,
                    "status": "open",
                    "created_at": at,
                    "due_on": clock.today() + timedelta(days=dice.randint(-30, 60)),
                }
            )
    write(Interaction, rows)
    write(InteractionPerson, links)
    write(FollowUp, promises)


def _applications(dice, cast, persons, councils):
    regions = db.session.query(UnionRegion).order_by(UnionRegion.id).all()
    fund = set_up_fund(
        name="Election fund",
        code="EF",
        cap_p=250_000_000,
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        max_grant_p=50_000,
        heads={"Council elections": "COUNCIL"},
        allocations={"COUNCIL": {region.code: 30_000_000 for region in regions}},
        by=cast.alice,
    )
    leaves = {
        node.region_id: node.id
        for node in db.session.query(BudgetNode).filter(BudgetNode.region_id.is_not(None))
    }
    rows, awards, entries, steps, laws = [], [], [], [], []
    for n in range(1, APPLICATIONS + 1):
        council, _ = dice.choice(councils)
        region = dice.choice(regions).id
        amount, paid = dice.randint(50, 500) * 100, n % 2 == 0
        rows.append(
            {
                "id": n,
                "reference": f"FA-2026-{n:04}",
                "fund_id": fund.id,
                "region_id": region,
                "person_id": persons[n],
                "post": "councillor",
                "council_id": council,
                "ward_id": council * 12 + n % 12,
                "poll_on": date(2027, 5, 6),
                "contest_key": f"councillor|{n}",
                "requested_p": amount,
                "purpose": "Leaflets",
                "status": "paid" if paid else "awarded",
                "awarded_p": amount,
                "award_id": n,
                "node_id": leaves[region],
                "drafted_by_id": cast.bob.id,
                "version": 1,
                "submitted_by_id": cast.bob.id,
                "submitted_at": clock.now(),
                "decided_by_id": cast.alice.id,
                "decided_at": clock.now(),
                "created_at": clock.now(),
                "paid_on": date(2026, 11, 2) if paid else None,
            }
        )
        unit = n % 3 == 0
        laws.append(
            {
                "application_id": n,
                "legal_class": "party-unit" if unit else "candidate",
                "s72_category": "a" if unit else "c",
                "recipient": f"Borough {council:03} Labour" if unit else None,
                "recipient_key": f"borough {council:03} labour" if unit else None,
                "classed_by_id": cast.alice.id,
                "classed_at": clock.now(),
            }
        )
        awards.append(
            {
                "id": n,
                "node_id": leaves[region],
                "reference": f"FA-2026-{n:04}",
                "committed_p": 0,
                "paid_p": 0,
                "returned_p": 0,
                "created_at": clock.now(),
            }
        )
        for kind in ("commit", "pay") if paid else ("commit",):
            entries.append(
                {
                    "node_id": leaves[region],
                    "award_id": n,
                    "kind": kind,
                    "amount_p": amount,
                    "actor_id": cast.alice.id,
                    "at": clock.now(),
                    "idem": f"award:{n}:{kind}",
                }
            )
        steps.append(
            {
                "application_id": n,
                "step": "award",
                "from_status": "endorsed",
                "to_status": "awarded",
                "by_id": cast.alice.id,
                "at": clock.now(),
            }
        )
    write(Award, awards)
    write(LedgerEntry, entries)
    write(Application, rows)
    write(ApplicationStep, steps)
    write(ApplicationLaw, laws)
