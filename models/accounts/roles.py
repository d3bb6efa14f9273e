"""Roles, permits and the one matrix that joins them. Pure.

The same matrix opens routes (the gate), guards actions (`require`), prints the access page and
drives the authorisation test.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a user is in the office; the value is the word the command line takes."""

    NATIONAL_OFFICER = "national-officer"
    POLITICAL_OFFICER = "political-officer"
    REGIONAL_OFFICER = "regional-officer"
    SUPPORT = "support"
    FINANCE = "finance"
    TRAINING = "training"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role as the office says it."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.NATIONAL_OFFICER: "National political officer",
    Role.POLITICAL_OFFICER: "Political officer (organisation)",
    Role.REGIONAL_OFFICER: "Regional political officer",
    Role.SUPPORT: "Support staff",
    Role.FINANCE: "Finance",
    Role.TRAINING: "Training team",
    Role.AUDITOR: "Auditor",
}

# A regional officer always has regions; support staff may be held to some.
SCOPED_ROLES = frozenset({Role.REGIONAL_OFFICER, Role.SUPPORT})


class Permit(StrEnum):
    """One thing a person may do; the value is the sentence on the access page."""

    SIGNED_IN = "use Hustings and their own account"
    PEOPLE_READ = "see people"
    PEOPLE_WRITE = "add and change people"
    COUNCILLORS_READ = "see the Councillors' Network and delegates"
    COUNCILLORS_WRITE = "add and change offices, network membership and delegates"
    CONTACTS_READ = "see contacts"
    CONTACTS_WRITE = "log contacts and follow-ups"
    CONTACTS_CONFIDENTIAL = "see confidential contacts logged by others"
    FUNDING_READ = "see funding applications"
    ROUNDS_WRITE = "open rounds and edit their forms"
    FUNDING_APPLY = "draft, submit and withdraw funding applications"
    FUNDING_ENDORSE = "endorse applications for their region"
    FUNDING_SCORE = "score applications and recommend an amount"
    FUNDING_DECIDE = "award, decline or return funding applications"
    FUNDING_PAY = "mark awards as paid"
    PAYMENTS_RELEASE = "plan and release payments"
    PAYMENTS_MAKE = "see bank details and pay by batch"
    PAYEES_WRITE = "enter payees and their bank details"
    PAYEES_CONFIRM = "confirm bank details that somebody else entered"
    PAID_FILES = "bring in files of what the bank paid"
    WRITE_OFF = "approve write-offs"
    EVIDENCE_WRITE = "record results, letters, receipts and reports"
    EVIDENCE_ACCEPT = "accept spending reports"
    LETTERS_EDIT = "edit the award letter"
    BUDGET_READ = "see the election budget"
    LIMITS_SET = "set delegated limits"
    BUDGET_SET = "set the cap and the allocations"
    BUDGET_ASK = "ask for virements and changes of the cap"
    BUDGET_APPROVE = "approve virements and cap changes"
    LAW_READ = "see the figures of election law"
    LAW_WRITE = "change the figures of election law"
    PLACES_READ = "see regions and councils"
    PLACES_WRITE = "change regions, councils and their mapping"
    FRESHNESS_SET = "set how long facts stay fresh"
    IMPORT = "import spreadsheets"
    EXPORT_PEOPLE = "export people to Excel"
    EXPORT_MONEY = "export funding and budget to Excel"
    USERS_MANAGE = "invite, change and disable users"
    USERS_AGREE = "agree to users who decide, pay or audit"
    AUDIT_READ = "read the audit and the export register"
    JOBS_READ = "see the outbox"
    JOBS_RETRY = "retry failed work and settle uncertain mail"


_READ_ALL = frozenset(
    {
        Permit.SIGNED_IN,
        Permit.PEOPLE_READ,
        Permit.COUNCILLORS_READ,
        Permit.CONTACTS_READ,
        Permit.CONTACTS_CONFIDENTIAL,
        Permit.FUNDING_READ,
        Permit.BUDGET_READ,
        Permit.LAW_READ,
        Permit.PLACES_READ,
        Permit.EXPORT_PEOPLE,
        Permit.EXPORT_MONEY,
        Permit.AUDIT_READ,
        Permit.JOBS_READ,
    }
)
_PEOPLE_SIDE = frozenset(
    {
        Permit.SIGNED_IN,
        Permit.PEOPLE_READ,
        Permit.PEOPLE_WRITE,
        Permit.COUNCILLORS_READ,
        Permit.COUNCILLORS_WRITE,
        Permit.CONTACTS_READ,
        Permit.CONTACTS_WRITE,
        Permit.PLACES_READ,
        Permit.IMPORT,
        Permit.EXPORT_PEOPLE,
    }
)
_OFFICER = (
    _READ_ALL
    | _PEOPLE_SIDE
    | {
        Permit.FUNDING_APPLY,
        Permit.FUNDING_ENDORSE,
        Permit.FUNDING_SCORE,
        Permit.FUNDING_DECIDE,
        Permit.PAYMENTS_RELEASE,
        Permit.ROUNDS_WRITE,
        Permit.EVIDENCE_WRITE,
        Permit.BUDGET_ASK,
        Permit.FRESHNESS_SET,
        Permit.EVIDENCE_ACCEPT,
        Permit.LETTERS_EDIT,
        Permit.PLACES_WRITE,
        Permit.USERS_MANAGE,
        Permit.JOBS_RETRY,
    }
)

MATRIX: dict[Role, frozenset[Permit]] = {
    Role.NATIONAL_OFFICER: _OFFICER
    | {
        Permit.BUDGET_SET,
        Permit.BUDGET_APPROVE,
        Permit.LIMITS_SET,
        Permit.WRITE_OFF,
        Permit.LAW_WRITE,
        Permit.USERS_AGREE,
    },
    Role.POLITICAL_OFFICER: _OFFICER,
    Role.REGIONAL_OFFICER: _PEOPLE_SIDE
    | {
        Permit.FUNDING_READ,
        Permit.FUNDING_APPLY,
        Permit.FUNDING_ENDORSE,
        Permit.EVIDENCE_WRITE,
        Permit.BUDGET_READ,
        Permit.LAW_READ,
        Permit.EXPORT_MONEY,
    },
    Role.SUPPORT: _PEOPLE_SIDE | {Permit.JOBS_READ, Permit.JOBS_RETRY},
    Role.FINANCE: frozenset(
        {
            Permit.SIGNED_IN,
            Permit.FUNDING_READ,
            Permit.FUNDING_PAY,
            Permit.PAYMENTS_RELEASE,
            Permit.PAYMENTS_MAKE,
            Permit.PAYEES_WRITE,
            Permit.PAYEES_CONFIRM,
            Permit.PAID_FILES,
            Permit.EVIDENCE_WRITE,
            Permit.EVIDENCE_ACCEPT,
            Permit.BUDGET_READ,
            Permit.LAW_READ,
            Permit.PLACES_READ,
            Permit.EXPORT_MONEY,
            Permit.USERS_AGREE,
        }
    ),
    Role.TRAINING: frozenset(
        {Permit.SIGNED_IN, Permit.PEOPLE_READ, Permit.COUNCILLORS_READ, Permit.PLACES_READ}
    ),
    Role.AUDITOR: _READ_ALL | {Permit.USERS_AGREE},
}

# Whoever holds one of these decides, pays, audits, or says who may.
CHECKS = frozenset(
    {
        Permit.FUNDING_DECIDE,
        Permit.BUDGET_APPROVE,
        Permit.WRITE_OFF,
        Permit.FUNDING_PAY,
        Permit.PAYMENTS_RELEASE,
        Permit.PAYMENTS_MAKE,
        Permit.PAYEES_CONFIRM,
        Permit.AUDIT_READ,
        Permit.USERS_MANAGE,
        Permit.USERS_AGREE,
    }
)

# Nobody alone makes an account of these, gives somebody the role, or lets somebody into one.
CHECKING_ROLES = frozenset(role for role, permits in MATRIX.items() if permits & CHECKS)


def permits_of(role: Role) -> frozenset[Permit]:
    """The permits of a role."""
    return MATRIX[role]
