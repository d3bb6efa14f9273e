"""The register of local authorities: all of it, twice, and rows that make no sense."""

from datetime import date
from pathlib import Path

import pytest

from models.accounts.permits import OPERATOR
from models.errors import Invalid, NotAllowed
from models.places.actions import import_councils, map_council
from models.places.mapping import region_code_of
from models.places.queries.councils import council_by_text, councils_by_code, successors_of
from models.places.queries.regions import region_of_council, unmapped_count
from models.places.register import COLUMNS
from models.places.tables import CouncilAlias
from tests.factories import saved

REGISTER = Path(__file__).parents[4] / "shared" / "data" / "councils"
real = pytest.mark.skipif(
    not (REGISTER / "uk_local_authorities_future.csv").exists(),
    reason="the real register (../shared/data/councils) is not here",
)


@pytest.fixture
def register() -> bytes:
    return (REGISTER / "uk_local_authorities_future.csv").read_bytes()


@pytest.fixture
def spellings() -> bytes:
    return (REGISTER / "lookup_name_to_registry.csv").read_bytes()


def csv_of(*rows: dict[str, str]) -> bytes:
    """A register file with these rows; what a row leaves out is that of a plain district."""
    plain = {
        "local-authority-code": "AMB",
        "official-name": "Ambridge District Council",
        "nice-name": "Ambridge",
        "nation": "England",
        "region": "West Midlands",
        "local-authority-type": "NMD",
    }
    lines = [",".join(COLUMNS)]
    for row in rows:
        values = {**dict.fromkeys(COLUMNS, ""), **plain, **row}
        lines.append(",".join(f'"{values[name]}"' for name in COLUMNS))
    return "\n".join(lines).encode()


@real
def test_the_whole_register_loads_and_a_second_import_changes_nothing(
    database, register, spellings
):
    first = import_councils(register, by=OPERATOR, spellings=spellings)
    assert (first.rows, first.created, first.refused) == (470, 470, [])
    again = import_councils(register, by=OPERATOR, spellings=spellings)
    assert (again.rows, again.created, again.changed, again.unchanged) == (470, 0, 0, 470)
    assert again.added == 0


@real
def test_a_council_is_found_by_any_of_its_names(database, register, spellings):
    import_councils(register, by=OPERATOR, spellings=spellings)
    for text in ("Lancashire", "lancashire county council", "LAN", "E10000017"):
        assert council_by_text(text).code == "LAN", text
    assert council_by_text("Ynys Mon").code == "AGY"
    assert council_by_text("Armagh City").code == "NIR-O"
    assert council_by_text("Bournemouth").code == "BMH"
    assert council_by_text("North Yorkshire").code == "NYE", "the one that stands"
    assert council_by_text("city of") is None, "three councils claim it"


@real
def test_the_map_of_regions_states_only_what_is_known(database, register):
    import_councils(register, by=OPERATOR)
    expected = {
        "CMD": "London",
        "LBH": "Southern",
        "RIC": None,
        "NFK": "London",
        "MIK": "London",
        "KEN": None,
        "LAN": "North West & Irish",
        "BFS": "North West & Irish",
        "GLG": "Scotland",
        "CRF": "Wales & South West",
        "BST": "Wales & South West",
        "NLN": "North East, Yorkshire & Humber",
        "GLCA": None,
        "DBY": "Birmingham & Midland",
    }
    councils = councils_by_code()
    for code, name in expected.items():
        region = region_of_council(councils[code].id)
        assert (region.name if region else None) == name, code
    assert unmapped_count() == sum(
        region_code_of(council) is None
        for council in councils.values()
        if council.ends_on is None or council.ends_on > date(2026, 1, 1)
    )


@real
def test_the_overlay_corrects_what_the_register_has_wrong(database, register):
    tally = import_councils(register, by=OPERATOR)
    assert tally.added == 7
    councils = councils_by_code()
    assert councils["NTCA"].ends_on == date(2024, 5, 7)
    assert [c.code for c in successors_of(councils["NECA"])] == ["NEMCA"]
    assert councils["ESURR"].starts_on == date(2026, 5, 7)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"local-authority-code": "not a code"}, "local-authority-code"),
        ({"gss-code": "E0700"}, "gss-code"),
        ({"start-date": "01/04/1974"}, "start-date"),
        ({"start-date": "2020-04-01", "end-date": "2019-04-01"}, "end-date"),
        ({"nice-name": ""}, "nice-name"),
        ({"nice-name": "A" * 121}, "nice-name"),
        ({"nation": "Cornwall"}, "nation"),
        ({"local-authority-type": "XYZ"}, "local-authority-type"),
    ],
)
def test_a_malformed_row_is_refused_by_row_and_field(database, row, field):
    tally = import_councils(
        csv_of({"local-authority-code": "BOR", "nice-name": "Borchester"}, row), by=OPERATOR
    )
    assert (tally.rows, tally.created) == (2, 1)
    assert [(fault.row, fault.field) for fault in tally.refused] == [(3, field)]


def test_a_row_with_too_many_fields_is_refused_and_never_shifted(database):
    data = csv_of({}) + b"\nBOR,Borchester,extra\n"
    tally = import_councils(data, by=OPERATOR)
    assert tally.created == 1
    assert "3 fields" in tally.refused[0].message


def test_a_code_that_comes_twice_is_refused_the_second_time(database):
    tally = import_councils(csv_of({}, {"nice-name": "Other"}), by=OPERATOR)
    assert (tally.created, [fault.row for fault in tally.refused]) == (1, [3])


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"open'])
def test_a_file_that_is_no_register_is_refused_whole(database, data):
    with pytest.raises(Invalid):
        import_councils(data, by=OPERATOR)


def test_a_changed_row_changes_the_council(database):
    import_councils(csv_of({}), by=OPERATOR)
    tally = import_councils(csv_of({"nice-name": "New Ambridge"}), by=OPERATOR)
    assert (tally.changed, tally.unchanged) == (1, 0)
    assert council_by_text("New Ambridge").code == "AMB"


def test_an_override_survives_the_next_import(database, cast):
    import_councils(csv_of({}), by=OPERATOR)
    council = councils_by_code()["AMB"]
    map_council(
        council,
        by=cast.alice,
        region=cast.regions["SO"],
        from_on=date(2020, 1, 1),
        reason="The client's list",
    )
    assert import_councils(csv_of({}), by=OPERATOR).unchanged == 1
    assert region_of_council(council.id) == cast.regions["SO"]


def test_a_taught_spelling_survives_the_next_import(database, cast):
    import_councils(csv_of({}), by=OPERATOR)
    council = councils_by_code()["AMB"]
    saved(CouncilAlias(key="ambridge dc", council_id=council.id, taught=True))
    import_councils(
        csv_of({}, {"local-authority-code": "BOR", "nice-name": "Ambridge DC"}), by=OPERATOR
    )
    assert council_by_text("AMBRIDGE-DC") == council


def test_a_region_may_not_load_councils(database, cast):
    with pytest.raises(NotAllowed):
        import_councils(csv_of({}), by=cast.bob)
