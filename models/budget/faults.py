"""Does the ledger add up? Asked by `hustings doctor` and by the nightly check."""

from collections.abc import Iterator

from sqlalchemy import text

from models.base import db, is_sqlite

TRIGGERS = {
    "sqlite": {
        "ledger_apply",
        "ledger_leaf",
        "ledger_mirror",
        "ledger_no_update",
        "ledger_no_delete",
    },
    "postgresql": {
        "ledger_apply",
        "ledger_leaf",
        "ledger_mirror",
        "ledger_no_change",
        "ledger_no_truncate",
    },
}

NODES = """
select n.code from budget_node n
where (n.committed_p, n.paid_p, n.returned_p) <> (
    select coalesce(sum(l.d_committed), 0), coalesce(sum(l.d_paid), 0),
           coalesce(sum(l.d_returned), 0)
    from ledger l join budget_path p on p.node_id = l.node_id where p.ancestor_id = n.id)
  or n.cap_p <> (select coalesce(sum(l.d_cap), 0) from ledger l where l.node_id = n.id)
  or n.handed_p <> (
    select coalesce(sum(k.cap_p), 0) from budget_node k where k.parent_id = n.id)
order by n.id
"""

AWARDS = """
select a.reference from award a
where (a.committed_p, a.paid_p, a.returned_p) <> (
    select coalesce(sum(l.d_committed), 0), coalesce(sum(l.d_paid), 0),
           coalesce(sum(l.d_returned), 0)
    from ledger l where l.award_id = a.id)
order by a.id
"""

# A node's path must be itself and the path of its parent, neither more nor less.
PATHS = """
select n.code from budget_node n
where (select count(*) from budget_path p where p.node_id = n.id)
      <> 1 + (select count(*) from budget_path p where p.node_id = n.parent_id)
  or not exists (
    select 1 from budget_path p where p.node_id = n.id and p.ancestor_id = n.id)
  or exists (
    select 1 from budget_path p where p.node_id = n.parent_id and not exists (
      select 1 from budget_path q where q.node_id = n.id and q.ancestor_id = p.ancestor_id))
order by n.id
"""

THERE = {
    "sqlite": "select name from sqlite_master where type = 'trigger' and tbl_name = 'ledger'",
    "postgresql": (
        "select tgname from pg_trigger where tgrelid = to_regclass('ledger')"
        " and not tgisinternal and tgenabled in ('O', 'A')"
    ),
}


def ledger_faults() -> Iterator[str]:
    """A sentence for each fault: figures that are not the ledger's sums, paths, triggers gone."""
    for code in db.session.scalars(text(NODES)):
        yield f"The figures of {code} are not the sums of the ledger."
    for reference in db.session.scalars(text(AWARDS)):
        yield f"The figures of the award {reference} are not the sums of the ledger."
    for code in db.session.scalars(text(PATHS)):
        yield f"The path of {code} does not follow its place in the tree."
    dialect = "sqlite" if is_sqlite(db.engine) else "postgresql"
    there = set(db.session.scalars(text(THERE[dialect])))
    for name in sorted(TRIGGERS[dialect] - there):
        yield f"The trigger {name} on the ledger is missing or switched off."
