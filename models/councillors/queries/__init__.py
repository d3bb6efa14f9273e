"""Reading offices and the network. Whoever reads sees the offices of the people they may see."""

from models.councillors.queries.network import NetworkLine, network_history, network_of
from models.councillors.queries.offices import (
    councils_with_offices,
    holding,
    offices_in_words,
    open_term,
    role_for,
    roles_of,
    same_name_on,
    term_for,
    terms_and_roles_of,
    terms_of,
)

__all__ = [
    "NetworkLine",
    "councils_with_offices",
    "holding",
    "network_history",
    "network_of",
    "offices_in_words",
    "open_term",
    "role_for",
    "roles_of",
    "same_name_on",
    "term_for",
    "terms_and_roles_of",
    "terms_of",
]
