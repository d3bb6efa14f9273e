"""A bank reference stands for one payment or receipt; rows of a paid file that are no payment."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from migrations.checks import reword

revision = "0025"
down_revision = "0024"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IN_USE = "ended is false"
OLD = "verdict in ('matched','differing','unknown')"
NEW = "verdict in ('matched','differing','unknown','returned','look')"
# The oldest first: of two rows with one reference the later one keeps its text alone.
WRITTEN = """
select p.reference, p.application_id, p.entry_id from payment p
where p.status in ('paid','reconciled') and p.batch_id is not null
union all
select a.payment_reference, a.id, max(p.entry_id) from application a
left join payment p on p.application_id = a.id and p.status in ('paid','reconciled')
where a.payment_reference is not null
group by a.id, a.payment_reference
union all
select r.reference, f.application_id, r.entry_id from refund_receipt r
join refund f on f.id = r.refund_id
"""


def upgrade() -> None:
    reword("paid_row", "ck_paid_row_verdict", old=OLD, new=NEW)
    table = op.create_table(
        "bank_reference",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_bank_reference_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger.id"], name=op.f("fk_bank_reference_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_reference")),
    )
    op.create_index(op.f("ix_bank_reference_application_id"), "bank_reference", ["application_id"])
    op.create_index(op.f("ix_bank_reference_entry_id"), "bank_reference", ["entry_id"])
    op.create_index(
        "uq_bank_reference_key",
        "bank_reference",
        ["key"],
        unique=True,
        sqlite_where=sa.text(IN_USE),
        postgresql_where=sa.text(IN_USE),
    )
    rows = _written()
    if rows:
        op.bulk_insert(table, rows)


def _written() -> list[dict[str, object]]:
    """What was written so far, each reference once."""
    found: dict[str, dict[str, object]] = {}
    entries: set[int] = set()
    order = " order by 3, 2, 1"
    for reference, application_id, entry_id in op.get_bind().execute(sa.text(WRITTEN + order)):
        key = "".join(unicodedata.normalize("NFKC", reference).split()).casefold()[:60]
        if not key or key in found or entry_id in entries:
            continue
        found[key] = {
            "key": key,
            "application_id": application_id,
            "entry_id": entry_id,
            "ended": False,
        }
        if entry_id is not None:
            entries.add(entry_id)
    return list(found.values())


def downgrade() -> None:
    op.drop_table("bank_reference")
    op.execute("update paid_row set verdict = 'unknown' where verdict in ('returned', 'look')")
    reword("paid_row", "ck_paid_row_verdict", old=NEW, new=OLD)
