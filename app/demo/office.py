"""The demonstration's users: one for each role, and two more regional officers."""

from models.accounts.actions.passwords import give_password
from models.accounts.actions.users import add_user
from models.accounts.permits import OPERATOR
from models.accounts.queries import region_ids_of_codes, user_by_email
from models.accounts.roles import Role
from models.accounts.tables import User

# key, name, role, regions
USERS = (
    ("national", "Naomi Lindqvist-Vale", Role.NATIONAL_OFFICER, ()),
    ("officer", "Owen Marchbank-Tay", Role.POLITICAL_OFFICER, ()),
    ("northwest", "Nell Harrowgate-Fox", Role.REGIONAL_OFFICER, ("NWI",)),
    ("scotland", "Struan Kinlochry", Role.REGIONAL_OFFICER, ("SC",)),
    ("london", "Lena Thamesford", Role.REGIONAL_OFFICER, ("LO",)),
    ("support", "Sunil Paperwhite", Role.SUPPORT, ()),
    ("finance", "Florence Pennyquick-Shaw", Role.FINANCE, ()),
    ("payments", "Piers Ledgerwood-Holm", Role.FINANCE, ()),
    ("training", "Tobias Lecternby", Role.TRAINING, ()),
    ("auditor", "Audrey Checkland-Moor", Role.AUDITOR, ()),
)
MARK = "national@example.org"


def add_users(password: str) -> dict[str, User]:
    """The users by key, made if they are not there, all with this password."""
    users = {}
    for key, name, role, codes in USERS:
        email = f"{key}@example.org"
        user = user_by_email(email) or add_user(
            email=email, name=name, role=role, region_ids=region_ids_of_codes(codes), by=OPERATOR
        )
        users[key] = give_password(user, password=password, by=OPERATOR)
    return users


def sign_in_list(base_url: str, password: str) -> str:
    """Who may sign in, and how, for the terminal."""
    width = max(len(name) for _, name, _, _ in USERS)
    lines = [f"Sign in at {base_url}/sign-in with the password {password} as one of:", ""]
    for key, name, role, codes in USERS:
        where = f" ({', '.join(codes)})" if codes else ""
        lines.append(f"  {key + '@example.org':24} {name:{width}}  {role.label}{where}")
    return "\n".join(lines)
