"""The words around a ward's name."""

import pytest

from models.places.queries.wards import ward_of
from models.places.spelling import ward_key, ward_keys, without_ward
from tests.factories import make_council, make_ward


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Abbey Ward", "abbey"),
        ("Abbey Electoral Division", "abbey"),
        ("Ashton-upon-Mersey Electoral Ward", "ashton upon mersey"),
        ("Hoo St. Werburgh & High Halstow (ED)", "hoo st werburgh and high halstow"),
        ("Saint Mary's", "st marys"),
        ("Ward 6: Cowal", "cowal"),
        ("ward 6 cowal", "cowal"),
        ("Division", "division"),
        ("Bedward", "bedward"),
        ("Ward 12", "ward 12"),
    ],
)
def test_a_ward_is_known_without_the_words_around_it(text, key):
    assert ward_key(text) == key


def test_the_name_keeps_its_own_letters():
    assert without_ward("Ward 6: Saint Mary’s (ED)") == "Saint Mary’s"


def test_a_name_in_two_languages_is_known_by_each():
    assert {"grangetown", "trelluest"} < set(ward_keys("Grangetown/Trelluest"))


def test_a_form_finds_the_ward_however_it_is_spelt(cast):
    council = make_council("Ambridge", region=cast.regions["NWI"])
    ward = make_ward(council, "St Mary's")
    for text in ("Saint Marys Ward", "ST MARY‘S (ED)", "Ward 3: St. Mary's"):
        assert ward_of(council, text) is ward
    assert ward_of(council, "St Martin's") is None
