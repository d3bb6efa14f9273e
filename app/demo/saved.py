"""The demonstration's saved views: a shared one, a region's own, and one of the officer's."""

from models.accounts.tables import User
from models.search.actions.views import save_view


def keep_all(users: dict[str, User]) -> None:
    """A few tabs over the list of councillors."""
    views = (
        ("officer", "Quiet for 90 days", {"quiet_days": "90", "status": "joined"}, True),
        ("officer", "Delegates to ring", {"delegate": "now", "quiet_days": "90"}, True),
        ("officer", "In a cabinet and quiet", {"role": "cabinet", "quiet_days": "60"}, False),
        ("northwest", "To be asked in the spring", {"status": "none", "region": "NWI"}, False),
    )
    for owner, name, filters, shared in views:
        save_view("councillors", by=users[owner], name=name, filters=filters, shared=shared)
