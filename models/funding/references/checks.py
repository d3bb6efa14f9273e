"""May a reference of the bank stand for one more payment or receipt?"""

from models.errors import Invalid
from models.funding.references import queries
from models.funding.references.rules import MOST, has_sign, key_of
from models.funding.tables import Application

NO_SIGN = "Enter the reference as the statement has it, with its letters and digits."


def check(reference: str, *, application: Application) -> None:
    """Raise Invalid, naming the award that has it, unless this reference is free for this one."""
    bare = reference.strip()
    if not bare:
        raise Invalid("Enter the payment's reference.", field="reference")
    if not has_sign(bare):
        raise Invalid(NO_SIGN, field="reference")
    if max(len(bare), len(key_of(bare))) > MOST:
        raise Invalid(f"A reference has at most {MOST} characters.", field="reference")
    other = queries.named_by(bare)
    if other is not None and other.id != application.id:
        raise Invalid(_taken(bare, other), field="reference")
    there = queries.in_use(bare)
    if there is not None:
        raise Invalid(_taken(bare, there.application), field="reference")


def _taken(bare: str, application: Application) -> str:
    return (
        f"“{bare}” is the bank's reference of {application.reference} already. Each payment and "
        "each receipt has one of its own: look at the statement again. Where the bank gave the "
        "same one twice, add the day to it."
    )
