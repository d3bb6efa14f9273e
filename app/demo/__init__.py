"""The demonstration union: invented people on real councils, made by the product's own actions.

Everything comes from one seeded source of chance and is reckoned from today, so that the same
day gives the same union. Safe to repeat: a union that is there is left as it is.
"""

import secrets
from random import Random

from app.demo import (
    afterwards,
    assessing,
    delegates,
    duplicates,
    freshness,
    log,
    money,
    network,
    office,
    paying,
    rounds,
    saved,
)
from app.demo.people import Union, add_places
from models.accounts.list import USERS
from models.accounts.permits import OPERATOR
from models.accounts.queries import user_by_email
from models.errors import Refused
from models.workshop.asking import question
from models.workshop.reading import count

SEED = "Hustings demonstration"


def build(password: str = "") -> str:
    """Make the demonstration if it is not there; returns the password of its users.

    Without a password a random one is made. Raises Refused in a database that somebody uses.
    """
    password = password or secrets.token_urlsafe(12)
    there = user_by_email(office.MARK) is not None
    if not there and count(question(USERS, OPERATOR)):
        raise Refused(
            "This database has users who are not the demonstration's. "
            "Make the demonstration in an empty one: set HUSTINGS_DATA to another folder."
        )
    users = office.add_users(password)
    if there:
        return password
    rng = Random(SEED)  # noqa: S311 - chance for a demonstration, not for secrets
    union = Union(rng, by=users["officer"])
    found = union.councillors(add_places(by=users["national"]))
    log.log_all(rng, found, users)
    freshness.keep_all(Random(SEED + " freshness"), found, users)  # noqa: S311 - as above
    network.keep_all(Random(SEED + " network"), found, users)  # noqa: S311 - as above
    delegates.appoint_all(Random(SEED + " delegates"), union, found)  # noqa: S311 - as above
    money.apply_all(rng, found, users)
    paying.pay_all(Random(SEED + " paying"), users)  # noqa: S311 - as above
    saved.keep_all(users)
    afterwards.follow_up(Random(SEED + " afterwards"), found, users)  # noqa: S311 - as above
    assessing.assess_all(Random(SEED + " assessing"), found, users)  # noqa: S311 - as above
    rounds.by_elections(Random(SEED + " by-elections"), found, users)  # noqa: S311 - as above
    rounds.open_one(Random(SEED + " rounds"), found, users)  # noqa: S311 - as above
    duplicates.enter_twice([one.person for one in found], users)
    return password
