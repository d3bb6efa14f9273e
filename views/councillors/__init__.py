"""The councillors counter: the list, a new councillor, offices, the network."""

from views.councillors import (  # noqa: F401 - their routes
    adding,
    list,  # noqa: A004
    network,
    roles,
    terms,
)
from views.councillors.counter import bp

__all__ = ["bp"]
