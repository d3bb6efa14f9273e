"""Reading offices and the network. Whoever reads sees the offices of the people they may see."""

from models.councillors.queries.conditions import councillor_clauses
from models.councillors.queries.figures import SOON, NetworkFigures, network_figures
from models.councillors.queries.listing import (
    SORTS,
    CouncillorLine,
    councillor_counts,
    councillor_ids,
    councillor_lines,
    councillors_for,
    quiet_councillors,
)
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
    "SOON",
    "SORTS",
    "CouncillorLine",
    "NetworkFigures",
    "NetworkLine",
    "councillor_clauses",
    "councillor_counts",
    "councillor_ids",
    "councillor_lines",
    "councillors_for",
    "councils_with_offices",
    "holding",
    "network_figures",
    "network_history",
    "network_of",
    "offices_in_words",
    "open_term",
    "quiet_councillors",
    "role_for",
    "roles_of",
    "same_name_on",
    "term_for",
    "terms_and_roles_of",
    "terms_of",
]
