"""Every table and column keeps to the house."""

import sqlalchemy as sa

from models.kinds import DATA_CLASSES
from models.schema import metadata

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]


def test_every_column_says_how_private_it_is():
    assert [str(each) for each in COLUMNS if each.info.get("class") not in DATA_CLASSES] == []


def test_money_is_whole_pence():
    found = [
        str(each)
        for each in COLUMNS
        if isinstance(each.type, sa.Float | sa.Numeric)
        or (each.name.endswith("_p") and not isinstance(each.type, sa.BigInteger))
    ]
    assert found == []


def test_every_moment_is_kept_in_utc():
    """models.kinds.UtcDateTime refuses a moment without a time zone; a bare DateTime does not."""
    assert [str(each) for each in COLUMNS if isinstance(each.type, sa.DateTime)] == []


def test_every_constraint_has_a_name():
    """A refusal of the database is explained by its constraint's name."""
    kinds = sa.CheckConstraint | sa.UniqueConstraint
    for table in metadata.sorted_tables:
        assert all(each.name for each in table.constraints if isinstance(each, kinds)), table
