"""`make bench`: which pages are measured, beside which page of the rivals, and what they may cost.

A list is measured beside the change list of a Django admin that shows as many rows of the same
offices, found, sorted or far behind alike; a record beside its change page.
"""

from dataclasses import dataclass

LIST, FILTERED, SORTED, FAR, RECORD = "list", "filtered", "sorted", "page 90", "record"
# So many times the page of the Django admin, and no more.
MOST_TIMES = {LIST: 0.5, FILTERED: 0.5, SORTED: 0.5, FAR: 0.5, RECORD: 1.0}
MOST_GROWTH = 1.3  # with ten times as many offices
TOTAL = {
    "hustings": r"([\d,]+) offices",
    "django": r"(\d+) councillors",
    "flask-admin": r"List \((\d+)\)",
}
# The page that ours is measured beside, by its kind.
RIVALS = {
    "django": {
        LIST: "/admin/offices/councillor/",
        FILTERED: "/admin/offices/councillor/?status__exact=joined&region__id__exact=4",
        SORTED: "/admin/offices/councillor/?o=-7",
        FAR: "/admin/offices/councillor/?p=90",
        RECORD: "/admin/offices/councillor/42/change/",
    },
    "flask-admin": {
        LIST: "/admin/councillor/",
        FILTERED: "/admin/councillor/?flt0_status_equals=joined"
        "&flt1_region_region_name_equals=North+West+%26+Irish",
        SORTED: "/admin/councillor/?sort=6&desc=1",
        FAR: "/admin/councillor/?page=89",
        RECORD: "/admin/councillor/edit/?id=42",
    },
}
# Ours of the same rows, so that each rival proves that it shows the list that is meant.
SAME = {
    LIST: "/councillors",
    FILTERED: "/councillors?region=NWI&status=joined",
    SORTED: "/councillors?sort=-contact",
    FAR: "/councillors?page=90",
}
LISTS = {
    LIST: (
        SAME[LIST], "/people", "/contacts", "/contacts/follow-ups", "/delegates", "/groups",
        "/freshness/answers", "/freshness/coverage", "/seats-up", "/seats-up/2027-05-06",
        "/disputes", "/disputes/council/1", "/duplicates", "/funding", "/funding/board",
        "/payments", "/payments/payees", "/payments/batches", "/payments/write-offs",
        "/payments/paid-files", "/afterwards", "/rounds", "/budget/ledger", "/budget/requests",
        "/imports", "/reports/register", "/audit", "/users", "/outbox", "/places",
        "/places/councils", "/reorganisations", "/saved-views", "/bulk",
    ),
    FILTERED: (
        SAME[FILTERED], "/councillors?text=kirsty", "/people?text=kirsty", "/people?region=4",
        "/contacts?channel=phone", "/contacts?q=kirsty", "/delegates?region=NWI&status=certified",
        "/funding?status=paid&region=NWI", "/funding?q=kirsty", "/payments?status=released",
        "/places/councils?region=NWI",
    ),
    SORTED: (
        SAME[SORTED], "/delegates?sort=-end", "/funding?sort=candidate", "/payments?sort=-amount",
    ),
    FAR: (SAME[FAR], "/people?page=90", "/contacts?page=90"),
    RECORD: ("/people/42",),
}  # fmt: skip
IN_MS = {"/": 20.0, "/freshness": 20.0, "/budget/forecast": 40.0}
FINANCE = ("/payments/payees", "/payments/batches", "/payments/paid-files")


@dataclass(frozen=True)
class Page:
    """One page of ours: its kind, or the milliseconds of CPU that it may cost."""

    path: str
    kind: str = ""
    most_ms: float = 0.0

    @property
    def bar(self) -> str:
        """What it may cost, in words."""
        return f"{self.most_ms:g} ms" if self.most_ms else f"{MOST_TIMES[self.kind]:g} ×"

    @property
    def reader(self) -> str:
        """Who asks for it: a national officer, and finance where she may not."""
        return "carol" if self.path in FINANCE else "alice"


PAGES = (
    *(Page(path, most_ms=most) for path, most in IN_MS.items()),
    *(Page(path, kind) for kind, paths in LISTS.items() for path in paths),
)
