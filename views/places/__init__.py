"""The places counter: regions, councils and their map, parties."""

from views.places import councils, regions, seats  # noqa: F401 - their routes
from views.places.counter import bp

__all__ = ["bp"]
