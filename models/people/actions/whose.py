"""Whose fact it is."""

from models.base import db
from models.people.tables import Consent, ContactPoint, Person, PersonNote, UnionMembership


def person_of(fact: ContactPoint | UnionMembership | Consent | PersonNote) -> Person:
    """The person a fact is about."""
    return db.session.get_one(Person, fact.person_id)
