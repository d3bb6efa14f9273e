"""Who may be what, and who may change whom. Pure: values in, a refusal or nothing out."""

from collections.abc import Collection

from email_validator import EmailNotValidError, validate_email

from models.accounts.roles import CHECKING_ROLES, SCOPED_ROLES, Role
from models.errors import Invalid, NotAllowed, Refused


def clean_email(text: str) -> str:
    """An e-mail address as it is stored: lower case. Raises Invalid for anything else."""
    try:
        checked = validate_email(
            text.strip(), check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError as error:
        words = "Enter an e-mail address like name@example.org."
        raise Invalid(words, field="email") from error
    if len(checked.normalized) > 254:
        raise Invalid("This e-mail address is too long.", field="email")
    return checked.normalized.lower()


def clean_name(text: str) -> str:
    """A name on one line. Raises Invalid where it is missing or too long."""
    name = " ".join(text.split())
    if not name:
        raise Invalid("Enter the person's name.", field="name")
    if len(name) > 120 or not name.isprintable():
        raise Invalid("Enter a name of at most 120 letters.", field="name")
    return name


def check_regions(role: Role, regions: Collection[int]) -> None:
    """Raise Invalid where the role needs regions and has none, or takes none and has some."""
    if role is Role.REGIONAL_OFFICER and not regions:
        raise Invalid("A regional political officer needs at least one region.", field="regions")
    if role not in SCOPED_ROLES and regions:
        raise Invalid(f"{role.label} sees all regions: choose none.", field="regions")


def check_rank(actor_role: Role | None, *roles: Role) -> None:
    """Raise NotAllowed where a national officer is concerned and the actor is none.

    `actor_role` is None for the operator at the command line, who may.
    """
    if actor_role in (None, Role.NATIONAL_OFFICER):
        return
    if Role.NATIONAL_OFFICER in roles:
        raise NotAllowed("Only a national political officer may add or change another one.")


def needs_two(*roles: Role) -> bool:
    """True where an account of one of these roles checks others: nobody alone lets anybody in."""
    return not CHECKING_ROLES.isdisjoint(roles)


def check_alone(actor_id: int | None, *roles: Role) -> None:
    """Raise Refused where an account that checks others is concerned and one user acts alone.

    `actor_id` is None for the operator at the command line, who may.
    """
    if actor_id is not None and needs_two(*roles):
        raise Refused("This account decides, pays or audits: propose it, and a colleague agrees.")
