"""What can go wrong, in the words a person reads. `app/errors.py` gives each its page. Pure."""


class DomainError(Exception):
    """A refusal: `message` is a sentence for the person; `field` names the form field, if one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):
    """The person's role does not hold the permit (403)."""


class NotFound(DomainError):
    """No such record, or none that this person may know of (404)."""


class Gone(NotFound):
    """It was there, and has done its work or had its time; the message says which (410)."""


class Invalid(DomainError):
    """What was given breaks a rule of its field (422)."""


class Refused(DomainError):
    """The step is not possible in this state, or breaks a rule of the workflow (409)."""


class OverBudget(Refused):
    """The cap, an allocation or a commitment would be passed. Amounts are pence."""

    def __init__(self, message: str, *, available_p: int, asked_p: int) -> None:
        super().__init__(message, field="amount")
        self.available_p = available_p
        self.asked_p = asked_p


class Conflict(Refused):
    """Somebody changed this since it was read, or the same key was used for something else."""


class TooMany(DomainError):
    """Too many tries; the message says when to try again (429)."""
