"""Names as people type them into one cell."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cells import CellError
from reports.names import ParsedName, split_name


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Ada Thornby", ("", "Ada", "Thornby", "", "", "")),
        ("Cllr Mrs Mary-Jane O'Brien MBE", ("Cllr Mrs", "Mary-Jane", "O'Brien", "", "MBE", "")),
        ("SMITH, John (Jack)", ("", "John", "Smith", "Jack", "", "")),
        ("O’QUILL, Cllr Ms Ada OBE", ("Cllr Ms", "Ada", "O’Quill", "", "OBE", "")),
        ("Okell, Bram, JP", ("", "Bram", "Okell", "", "JP", "")),
        ("Bram Okell, JP", ("", "Bram", "Okell", "", "JP", "")),
        ("Dilip Marsh BEM JP", ("", "Dilip", "Marsh", "", "BEM JP", "")),
        ("Esme Quill - Resigned Feb 2018", ("", "Esme", "Quill", "", "", "Resigned Feb 2018")),
        ("Esme Quill, resigned May 2024", ("", "Esme", "Quill", "", "", "resigned May 2024")),
        ("Esme Quill (deceased)", ("", "Esme", "Quill", "", "", "deceased")),
        ("Esme Quill (Lab)", ("", "Esme", "Quill", "", "", "Lab")),
        ("Esme Quill – Deputy Leader", ("", "Esme", "Quill", "", "", "Deputy Leader")),
        ("Esme (née Hill) Quill", ("", "Esme", "Quill", "", "", "née Hill")),
        ("Anne Marsh - Okell", ("", "Anne", "Marsh-Okell", "", "", "")),
        ('Robert "Bob" Marsh', ("", "Robert", "Marsh", "Bob", "", "")),
        ("Richard Michael THORNBY", ("", "Richard Michael", "Thornby", "", "", "")),
        ("Calum O'QUILL MARSH", ("", "Calum", "O'Quill Marsh", "", "", "")),
        ("THORNBY Richard", ("", "Richard", "Thornby", "", "", "")),
        ("ADA MCQUILL", ("", "Ada", "McQuill", "", "", "")),
        ("ada thornby", ("", "Ada", "Thornby", "", "", "")),
        ("JD THORNBY-MARSH", ("", "JD", "Thornby-Marsh", "", "", "")),
        ("D.J. THORNBY", ("", "D.J.", "Thornby", "", "", "")),
        ("Wei NG", ("", "Wei", "Ng", "", "", "")),
        ("Bailie Norman MacQuill", ("Bailie", "Norman", "MacQuill", "", "", "")),
        ("Provost Jean Marsh", ("Provost", "Jean", "Marsh", "", "", "")),
        ("Lord Provost Jean Marsh", ("Lord Provost", "Jean", "Marsh", "", "", "")),
        ("Ald. Bram Okell", ("Ald", "Bram", "Okell", "", "", "")),
        ("Alderman Bram Okell", ("Alderman", "Bram", "Okell", "", "", "")),
        ("Cynghorydd Siân ap Gwilym", ("Cynghorydd", "Siân", "ap Gwilym", "", "", "")),
        ("Y Cynghorydd Llŷr Vale", ("Y Cynghorydd", "Llŷr", "Vale", "", "", "")),
        (
            "County Councillor Dr Tom de Vale",
            ("County Councillor Dr", "Tom", "de Vale", "", "", ""),
        ),
        ("Major Thornby", ("", "Major", "Thornby", "", "", "")),
        ("Mark Lord", ("", "Mark", "Lord", "", "", "")),
        ("Cllr Thornby", ("Cllr", "", "Thornby", "", "", "")),
        ("Jo Ma", ("", "Jo", "Ma", "", "", "")),
        ("Liz \u00a0 Vale", ("", "Liz", "Vale", "", "", "")),
    ],
)
def test_names_are_taken_apart(cell: str, parts: tuple[str, ...]) -> None:
    assert split_name(cell) == ParsedName(*parts)


@pytest.mark.parametrize(
    "cell", ["Vacancy", "VACANT", "Vacant seat", "Vacancy (by-election 2 July)", "-"]
)
def test_a_vacancy_is_not_a_person(cell: str) -> None:
    assert split_name(cell) == ParsedName(vacancy=True, note=cell)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("", ("is empty")),
        ("Ada & Bram Okell", ("two people")),
        ("Ada and Bram Okell", ("two people")),
        ("Ada Thornby 01632 960001", ("not a person's name")),
        ("ada@example.org", ("not a person's name")),
        ("=A2&B2", ("not a person's name")),
        ("Cllr", ("title but no name")),
        ("?!", ("not a person's name")),
        ("x" * 200, "too long"),
    ],
)
def test_what_is_no_name_is_refused(cell: str, words: str) -> None:
    with pytest.raises(CellError, match=words):
        split_name(cell)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_is_a_name_or_a_sentence(text: str) -> None:
    with suppress(CellError):
        parsed = split_name(text)
        assert parsed.vacancy or parsed.family
