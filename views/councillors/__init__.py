"""The councillors counter: the list, a new councillor, offices, the network."""

from views.councillors import adding, listing, network, roles, terms  # noqa: F401 - their routes
from views.councillors.counter import bp

__all__ = ["bp"]
