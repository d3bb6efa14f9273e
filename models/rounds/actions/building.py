"""The form of a round: changed in place until somebody applies on it, then as a new version."""

from collections.abc import Callable

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import Refused
from models.rounds import queries
from models.rounds.forms import Form, to_json
from models.rounds.tables import FormVersion, Round


def edit_form(round_: Round, *, change: Callable[[Form], Form], by: Actor) -> FormVersion:
    """Change the newest version of the form, or begin the next one where that is frozen.

    `change` takes the form as it is and answers with the new one. A version that was begun so asks
    nobody anything until `use_form`.
    """
    require(by, Permit.ROUNDS_WRITE)
    queries.hold_round(round_)
    version = queries.newest_form(round_)
    old = version.form
    new = change(old)
    if new == old:
        return version
    if version.frozen_at is not None:
        version = FormVersion(number=version.number + 1, content=to_json(new))
        round_.forms.append(version)
    else:
        version.content = to_json(new)
    db.session.flush()
    audit.record(
        "round.form",
        round_,
        by=by,
        before=to_json(old),
        after={"version": version.number, **to_json(new)},
    )
    return version


def use_form(round_: Round, *, by: Actor) -> FormVersion:
    """Ask the newest version of every application that is started from now on. Twice is once."""
    require(by, Permit.ROUNDS_WRITE)
    queries.hold_round(round_)
    if round_.published_at is None:
        raise Refused("The form goes into use with the round: open the round.")
    version = queries.newest_form(round_)
    if version.in_use_at is None:
        version.in_use_at = clock.now()
        db.session.flush()
        audit.record("round.form_used", round_, by=by, after={"version": version.number})
    return version
