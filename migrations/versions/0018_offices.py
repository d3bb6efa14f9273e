"""Councils that end, control, candidacies, groups, disputes and asks."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NARROW = "council_id is not null or constituency_id is not null"
WIDE = f"{NARROW} or body is not null"


def key(length: int) -> sa.String:
    """A folded text, compared byte by byte."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def change_check(old: str, new: str) -> None:
    """Another rule for where an office is held. SQLite has to write the table anew: what hangs on
    it (indexes, triggers) is kept, and rows that point at it are checked at the end only."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_office_term_area"), "office_term")
        op.create_check_constraint(op.f("ck_office_term_area"), "office_term", new)
        return
    schema = sa.text("select type, sql from sqlite_master where tbl_name = 'office_term'")
    parts = [(kind, sql) for kind, sql in connection.execute(schema) if sql]
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute("create table office_term_kept as select * from office_term")
    op.execute("drop table office_term")
    for kind, sql in sorted(parts, key=lambda part: part[0] != "table"):
        connection.exec_driver_sql(sql.replace(f"({old})", f"({new})"))
        if kind == "table":
            op.execute("insert into office_term select * from office_term_kept")
    op.execute("drop table office_term_kept")


def upgrade() -> None:
    op.add_column("office_term", sa.Column("body", sa.String(length=120), nullable=True))
    op.add_column(
        "office_term",
        sa.Column("by_election", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    change_check(NARROW, WIDE)
    op.create_table(
        "election",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("poll_on", sa.Date(), nullable=False),
        sa.Column("council_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_election_council_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("code", name=op.f("uq_election_code")),
    )
    op.create_index(
        "ix_election_council_id_poll_on", "election", ["council_id", "poll_on"], unique=False
    )
    op.create_index(op.f("ix_election_poll_on"), "election", ["poll_on"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("election_id", ID, nullable=False),
        sa.Column("ward_id", ID, nullable=True),
        sa.Column("area", sa.String(length=160), nullable=False),
        sa.Column("area_key", key(160), nullable=False),
        sa.Column("gss", sa.String(length=9), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("by_election", sa.Boolean(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seats is null or seats > 0", name=op.f("ck_ballot_seats")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_ballot_election_id")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_ballot_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("code", name=op.f("uq_ballot_code")),
    )
    op.create_index(op.f("ix_ballot_election_id"), "ballot", ["election_id"], unique=False)
    op.create_index(op.f("ix_ballot_ward_id"), "ballot", ["ward_id"], unique=False)
    op.create_table(
        "candidacy",
        sa.Column("id", ID, nullable=False),
        sa.Column("ballot_id", ID, nullable=False),
        sa.Column("key", key(200), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_key", key(160), nullable=False),
        sa.Column("party_id", ID, nullable=True),
        sa.Column("party_name", sa.String(length=160), nullable=True),
        sa.Column("list_position", sa.Integer(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("elected", sa.Boolean(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.CheckConstraint("votes is null or votes >= 0", name=op.f("ck_candidacy_votes")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_candidacy_ballot_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_candidacy_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_candidacy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("ballot_id", "key", name=op.f("uq_candidacy_ballot_id_key")),
    )
    op.create_index(op.f("ix_candidacy_party_id"), "candidacy", ["party_id"], unique=False)
    op.create_index(op.f("ix_candidacy_person_id"), "candidacy", ["person_id"], unique=False)
    op.create_table(
        "ward_succession",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["ward.id"], name=op.f("fk_ward_succession_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["ward.id"], name=op.f("fk_ward_succession_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ward_succession")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_ward_succession_from_id_to_id")),
    )
    op.create_index(op.f("ix_ward_succession_to_id"), "ward_succession", ["to_id"], unique=False)
    op.create_table(
        "candidate_match",
        sa.Column("id", ID, nullable=False),
        sa.Column("candidacy_id", ID, nullable=False),
        sa.Column("term_id", ID, nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "how <> 'doubtful' or verdict is null or decided_at is not null",
            name=op.f("ck_candidate_match_by"),
        ),
        sa.CheckConstraint(
            "how in ('exact','names','doubtful')", name=op.f("ck_candidate_match_how")
        ),
        sa.CheckConstraint(
            "verdict is null or verdict in ('same','other')",
            name=op.f("ck_candidate_match_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_candidate_match_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_candidate_match_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["office_term.id"], name=op.f("fk_candidate_match_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_match")),
        sa.UniqueConstraint(
            "candidacy_id", "term_id", name=op.f("uq_candidate_match_candidacy_id_term_id")
        ),
    )
    op.create_index(
        op.f("ix_candidate_match_term_id"), "candidate_match", ["term_id"], unique=False
    )
    op.create_table(
        "seat_outcome",
        sa.Column("id", ID, nullable=False),
        sa.Column("term_id", ID, nullable=False),
        sa.Column("poll_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("candidacy_id", ID, nullable=True),
        sa.Column("new_term_id", ID, nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('re-elected','lost','stood-down','moved')",
            name=op.f("ck_seat_outcome_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_seat_outcome_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_seat_outcome_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_term_id"], ["office_term.id"], name=op.f("fk_seat_outcome_new_term_id")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["office_term.id"], name=op.f("fk_seat_outcome_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_outcome")),
        sa.UniqueConstraint("term_id", "poll_on", name=op.f("uq_seat_outcome_term_id_poll_on")),
    )
    op.create_index(op.f("ix_seat_outcome_poll_on"), "seat_outcome", ["poll_on"], unique=False)
    op.create_table(
        "control_period",
        sa.Column("id", ID, nullable=False),
        sa.Column("council_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("party_id", ID, nullable=True),
        sa.Column("partners", sa.String(length=160), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("set_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "kind in ('majority','minority','joint','none','shadow')",
            name=op.f("ck_control_period_kind"),
        ),
        sa.CheckConstraint(
            "starts_on is null or ends_on is null or starts_on < ends_on",
            name=op.f("ck_control_period_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_control_period_council_id")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_control_period_party_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["user.id"], name=op.f("fk_control_period_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_period")),
    )
    op.create_index(
        "ix_control_period_council_id_starts_on",
        "control_period",
        ["council_id", "starts_on"],
        unique=False,
    )
    op.create_table(
        "union_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("council_id", ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_union_group_council_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union_group")),
    )
    op.create_index(op.f("ix_union_group_council_id"), "union_group", ["council_id"], unique=False)
    op.create_index(
        "uq_union_group_current",
        "union_group",
        ["council_id"],
        unique=True,
        sqlite_where=sa.text("ends_on is null"),
        postgresql_where=sa.text("ends_on is null"),
    )
    op.create_table(
        "union_group_member",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("whip", sa.String(length=12), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role in ('convenor','secretary','member')", name=op.f("ck_union_group_member_role")
        ),
        sa.CheckConstraint(
            "whip in ('held','suspended','withdrawn','none')",
            name=op.f("ck_union_group_member_whip"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["union_group.id"], name=op.f("fk_union_group_member_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_union_group_member_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union_group_member")),
    )
    op.create_index(
        op.f("ix_union_group_member_person_id"), "union_group_member", ["person_id"], unique=False
    )
    op.create_index(
        "uq_union_group_member_current",
        "union_group_member",
        ["group_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ends_on is null"),
        postgresql_where=sa.text("ends_on is null"),
    )
    op.create_table(
        "union_group_meeting",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "attended is null or attended >= 0", name=op.f("ck_union_group_meeting_attended")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["union_group.id"], name=op.f("fk_union_group_meeting_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union_group_meeting")),
    )
    op.create_index(
        op.f("ix_union_group_meeting_group_id"), "union_group_meeting", ["group_id"], unique=False
    )
    op.create_table(
        "reorganisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("vesting_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("written", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('draft','applied','vested','undone')", name=op.f("ck_reorganisation_state")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reorganisation_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
    )
    op.create_table(
        "ask",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("council_id", ID, nullable=True),
        sa.Column("constituency_id", ID, nullable=True),
        sa.Column("employer", sa.String(length=120), nullable=True),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", ID, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_ask_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["constituency_id"], ["constituency.id"], name=op.f("fk_ask_constituency_id")
        ),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_ask_council_id")),
        sa.ForeignKeyConstraint(["region_id"], ["union_region.id"], name=op.f("fk_ask_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sa.UniqueConstraint("form_key", name=op.f("uq_ask_form_key")),
    )
    op.create_index(op.f("ix_ask_constituency_id"), "ask", ["constituency_id"], unique=False)
    op.create_index(op.f("ix_ask_council_id"), "ask", ["council_id"], unique=False)
    op.create_index(op.f("ix_ask_region_id"), "ask", ["region_id"], unique=False)
    op.create_table(
        "ask_person",
        sa.Column("id", ID, nullable=False),
        sa.Column("ask_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("interaction_id", ID, nullable=True),
        sa.Column("reply", sa.String(length=12), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "reply in ('waiting','yes','partly','no','unreachable')",
            name=op.f("ck_ask_person_reply"),
        ),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_person_ask_id")),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name=op.f("fk_ask_person_interaction_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ask_person_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_person")),
        sa.UniqueConstraint("ask_id", "person_id", name=op.f("uq_ask_person_ask_id_person_id")),
    )
    op.create_index(
        op.f("ix_ask_person_interaction_id"), "ask_person", ["interaction_id"], unique=False
    )
    op.create_index(op.f("ix_ask_person_person_id"), "ask_person", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("ask_person")
    op.drop_table("ask")
    op.drop_table("reorganisation")
    op.drop_table("union_group_meeting")
    op.drop_table("union_group_member")
    op.drop_table("union_group")
    op.drop_table("control_period")
    op.drop_table("seat_outcome")
    op.drop_table("candidate_match")
    op.drop_table("ward_succession")
    op.drop_table("candidacy")
    op.drop_table("ballot")
    op.drop_table("election")
    op.execute(
        "delete from office_role where term_id in "
        "(select id from office_term where council_id is null and constituency_id is null)"
    )
    op.execute("delete from office_term where council_id is null and constituency_id is null")
    change_check(WIDE, NARROW)
    op.drop_column("office_term", "by_election")
    op.drop_column("office_term", "body")
