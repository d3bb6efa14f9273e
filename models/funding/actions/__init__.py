"""What is done with funding applications. The table in workflow.py says who may, and when.

Every step takes a `key`: the same key of the same person is the same click, and changes nothing
more. `version` is the version the person saw; a newer one is a Conflict. Lock order: application,
award, budget from the root down.
"""

from models.funding.actions.answers import (
    application_of_link,
    invite_candidate,
    remove_file,
    save_answers,
    save_by_link,
    save_file,
    save_file_by_link,
    send_by_link,
    withdraw_links,
)
from models.funding.actions.batch import award_many
from models.funding.actions.carry import carry
from models.funding.actions.decide import ask_for_changes, award, decline, mark_paid
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.actions.endorse import endorse, not_endorse, send_back, take_on
from models.funding.actions.law import check_answer
from models.funding.actions.refer import recommend, refer
from models.funding.actions.settle import reopen, settle
from models.funding.actions.undo import lapse, reduce, withdraw

__all__ = [
    "application_of_link",
    "ask_for_changes",
    "award",
    "award_many",
    "carry",
    "check_answer",
    "decline",
    "endorse",
    "invite_candidate",
    "lapse",
    "mark_paid",
    "not_endorse",
    "recommend",
    "reduce",
    "refer",
    "remove_file",
    "reopen",
    "save_answers",
    "save_by_link",
    "save_draft",
    "save_file",
    "save_file_by_link",
    "send_back",
    "send_by_link",
    "settle",
    "start_draft",
    "submit",
    "take_on",
    "withdraw",
    "withdraw_links",
]
