"""Real files, from beside the checkout: every row accounted for, twice, and taken back."""

from pathlib import Path

import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.councillors.tables import OfficeTerm
from models.intake.actions.batches import unknown_in
from models.intake.queries.batches import edited_rows_for
from models.people.tables import UnionMembership
from models.places.actions import import_councils, load_reference
from reports.intake.reading import look
from tests.intake import counts, dump, imported, preview, refused, taken_back

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data are not beside the checkout"),
    pytest.mark.slow,
]
LANCASHIRE = "councillors/councillors_lancashire_2026.csv"


@pytest.fixture
def register(database):
    """The councils and parties that every installation has."""
    load_reference(by=OPERATOR)
    folder = DATA / "councils"
    import_councils(
        (folder / "uk_local_authorities_future.csv").read_bytes(),
        by=OPERATOR,
        spellings=(folder / "lookup_name_to_registry.csv").read_bytes(),
    )


def file(path: str) -> dict[str, object]:
    return {"data": (DATA / path).read_bytes(), "name": Path(path).name}


def test_lancashire_is_accounted_for_row_by_row_then_unchanged_then_taken_back(register):
    given = file(LANCASHIRE)
    taught = {("council", "lancashire_cc"): "LAN", ("party", "4 BwD"): "new:4 BwD"}
    before = dump()
    first = imported(**given, taught=taught)
    assert (first.rows, first.created + first.refused) == (691, 691)
    assert first.created == 660
    assert all("is not known" in why for why in refused(first).values())
    councils = {term.council_id for term in db.session.query(OfficeTerm)}
    assert len(councils) == 15
    assert db.session.query(UnionMembership).count() == 0, "nobody is made a member"
    after = dump()

    again = imported(**given)
    assert counts(again) == (691, 0, 0, 660, 31)
    assert refused(again) == refused(first)
    assert dump() == after

    taken_back(first)
    assert edited_rows_for(OPERATOR, first) == []
    assert dump() == before


def test_only_the_slug_that_no_register_knows_is_asked(register):
    batch = preview(**file(LANCASHIRE))
    asked = {one.text for one in unknown_in(batch, by=OPERATOR) if one.field == "council"}
    assert asked == {"lancashire_cc"}
    assert sum("lancashire_cc" in why for why in refused(batch).values()) == 84


MESSY = {
    "Community-Grants-Payments-2016-17-xlsx.xlsx": (69, "names"),
    "Contracts-2017-8-open.xlsx": (33, "names"),
    "Four-Oaks-Ward-Election-Results.xlsx": (4, "council"),
    "Payments-in-excess-of-2016-17_TOCLEAN.xlsx": (20, "names"),
    "SCTC_councillors_pre_2018.csv": (24, "council"),
}


@pytest.mark.parametrize("name", MESSY)
def test_a_messy_file_shows_its_rows_and_says_what_it_lacks(register, name):
    rows, lacks = MESSY[name]
    before = dump()
    given = file(f"messy/{name}")
    assert look(name, given["data"], "councillors").outline["rows"] == rows
    with pytest.raises(
        intake_refusals(), match=f"mapped to the {'name' if lacks == 'names' else lacks}"
    ):
        preview(**given)
    assert dump() == before


def intake_refusals():
    from reports.reader.shapes import FileRefused

    return FileRefused


def test_every_messy_file_is_among_those_looked_at():
    assert {path.name for path in (DATA / "messy").iterdir()} == MESSY.keys()


def test_the_towns_councillors_preview_once_their_council_is_said(register):
    batch = preview(**file("messy/SCTC_councillors_pre_2018.csv"), fixed={"council": "Birmingham"})
    why = refused(batch)
    assert batch.rows == 24
    assert "has a note beside the name (‘Resigned Feb 2018’)" in why[4]
    assert batch.created + batch.refused == 24
