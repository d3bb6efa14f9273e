"""Every table in one place, and every file that must be there because it hears of changes.

Whoever puts the floors together imports this: what nobody calls by name is loaded here only.
"""

from models import audit, once, outbox
from models.accounts import tables as accounts
from models.attachments import tables as attachments
from models.base import Base
from models.budget import tables as budget
from models.budget.approvals import tables as approvals
from models.budget.limits import tables as limits
from models.budget.planning import tables as planning
from models.contacts import tables as contacts
from models.contacts.follow_ups import list as follow_ups
from models.councillors import tables as councillors
from models.councillors.control import tables as control
from models.councillors.groups import tables as groups
from models.councillors.reorganising import tables as reorganising
from models.councillors.seats import tables as seats
from models.delegates import list as delegate_list
from models.delegates import tables as delegates
from models.disputes import tables as disputes
from models.elections import tables as elections
from models.evidence import tables as evidence
from models.exports import tables as exports
from models.freshness import tables as freshness
from models.funding import tables as funding
from models.funding.assessing import tables as assessing
from models.funding.eligibility import tables as eligibility
from models.funding.references import tables as references
from models.intake import tables as intake
from models.intake.sheets import tables as sheets
from models.jobs import tables as jobs
from models.merging import tables as merging
from models.payments import tables as payments
from models.payments.actions import effects
from models.people import tables as people
from models.people import words
from models.places import tables as places
from models.rounds import tables as rounds
from models.search import tables as search
from models.year_end import tables as year_end

ROOMS = (
    audit,
    once,
    outbox,
    accounts,
    jobs,
    attachments,
    places,
    people,
    elections,
    delegates,
    councillors,
    seats,
    control,
    groups,
    reorganising,
    contacts,
    search,
    budget,
    approvals,
    planning,
    limits,
    eligibility,
    references,
    assessing,
    rounds,
    funding,
    payments,
    evidence,
    merging,
    freshness,
    disputes,
    intake,
    sheets,
    exports,
    year_end,
)

# The words of names follow the people, and payments follow the awards.
LISTENERS = (words, effects)
# What rooms add to the lists of rooms below them.
ADDED = (delegate_list, follow_ups)

metadata = Base.metadata
