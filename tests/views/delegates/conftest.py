"""What the tests of delegates have at hand."""

from tests.delegate_fixtures import branch, preston, priya

__all__ = ["branch", "preston", "priya"]
