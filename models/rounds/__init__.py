"""The front door of the rounds room: when money may be asked for, and by which questions."""

from models.rounds.actions.building import edit_form, use_form
from models.rounds.actions.inviting import (
    Candidate,
    make_invitation,
    read_invitation,
    use_up,
    withdraw_invitations,
)
from models.rounds.actions.planning import change_round, plan_round, publish_round
from models.rounds.actions.sheets import (
    open_sheet,
    put_file,
    say_why_late,
    take_file_away,
    write_answers,
)
from models.rounds.answering import Fault, Task, is_shown, problems, seen_of, shown, tasks
from models.rounds.forms import Condition, Form, Question, Section
from models.rounds.links import candidate_desk
from models.rounds.queries import (
    counts_of_rounds,
    form_in_use,
    has_rounds,
    newest_form,
    newest_invitation,
    phase_now,
    round_by_code,
    round_for,
    rounds_for,
    rounds_to_apply,
    sheet_of,
    terms_of,
)
from models.rounds.rules import PHASES, Phase, Terms, poll_problem, time_problem
from models.rounds.standard import STANDARD
from models.rounds.tables import AnswerFile, AnswerSheet, FormVersion, Invitation, Round

__all__ = [
    "PHASES",
    "STANDARD",
    "AnswerFile",
    "AnswerSheet",
    "Candidate",
    "Condition",
    "Fault",
    "Form",
    "FormVersion",
    "Invitation",
    "Phase",
    "Question",
    "Round",
    "Section",
    "Task",
    "Terms",
    "candidate_desk",
    "change_round",
    "counts_of_rounds",
    "edit_form",
    "form_in_use",
    "has_rounds",
    "is_shown",
    "make_invitation",
    "newest_form",
    "newest_invitation",
    "open_sheet",
    "phase_now",
    "plan_round",
    "poll_problem",
    "problems",
    "publish_round",
    "put_file",
    "read_invitation",
    "round_by_code",
    "round_for",
    "rounds_for",
    "rounds_to_apply",
    "say_why_late",
    "seen_of",
    "sheet_of",
    "shown",
    "take_file_away",
    "tasks",
    "terms_of",
    "time_problem",
    "use_form",
    "use_up",
    "withdraw_invitations",
    "write_answers",
]
