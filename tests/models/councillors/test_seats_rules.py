"""Who on a ballot paper is which office holder: the rule for each case, without a database."""

import pytest

from models.councillors.seats import rules
from models.councillors.seats.rules import DOUBTFUL, EXACT, NAMES, Holder, Stood, pairs_of

HERE = ("councillor", 1)


def holder(given="priya", family="kaur", *, term=1, ward="abbey", party="labour", known=""):
    return Holder(term, 100 + term, HERE, given, family, known, ward, party)


def stood(name="priya kaur", *, at=1, ward="abbey", party="labour", group=HERE):
    return Stood(at, group, name, ward, party)


def hows(names, holders):
    return [(one.candidacy_id, one.term_id, one.how) for one in pairs_of(names, holders).pairs]


@pytest.mark.parametrize(
    ("name", "given", "family", "how"),
    [
        ("priya kaur", "priya", "kaur", EXACT),
        ("priya devi kaur", "priya", "kaur", NAMES),
        ("priya d kaur", "priya devi", "kaur", NAMES),
        ("p d kaur", "priya devi", "kaur", NAMES),
        ("donna r a lumsden", "donna", "lumsden", NAMES),
        ("mary jane smith jones", "mary jane", "smith jones", EXACT),
        ("mary smith jones", "mary jane", "smith jones", NAMES),
        ("john alan west", "john andrew", "west", DOUBTFUL),
        ("peter west", "john peter", "west", DOUBTFUL),
        ("priya kour", "priya", "kaur", DOUBTFUL),
        ("anna kaur", "priya", "kaur", None),
        ("priya shah", "priya", "kaur", None),
    ],
)
def test_names_of_one_ward_and_party(name, given, family, how):
    found = pairs_of([stood(name)], [holder(given, family)])
    assert [one.how for one in found.pairs] == ([how] if how else [])
    assert all(one.why for one in found.pairs)


def test_the_everyday_name_counts_as_the_name():
    assert hows([stood("tony west")], [holder("anthony", "west", known="tony")]) == [(1, 1, EXACT)]


def test_labour_and_labour_and_co_operative_are_one_party():
    for name in ("labour party", "labour and co operative party"):
        assert rules.party_key(name) == "labour"
    assert rules.party_key("liberal democrats") == "liberal democrats"
    assert rules.party_key("social democratic and labour party") != "labour"


@pytest.mark.parametrize("apart", [{"ward": "mill"}, {"party": "green party"}])
def test_another_ward_or_another_party_is_for_a_human(apart):
    found = pairs_of([stood(**apart)], [holder()])
    assert [one.how for one in found.pairs] == [DOUBTFUL]
    assert next(iter(apart)) in found.pairs[0].why


@pytest.mark.parametrize("missing", [{"ward": ""}, {"party": ""}])
def test_what_the_record_does_not_say_is_doubtful_too(missing):
    found = pairs_of([stood()], [holder(**missing)])
    assert [one.how for one in found.pairs] == [DOUBTFUL]
    assert "does not say" in found.pairs[0].why


def test_the_name_alone_is_counted_and_left_alone():
    found = pairs_of([stood(ward="mill", party="green party")], [holder()])
    assert (found.pairs, found.name_alone) == ([], 1)


def test_another_council_is_never_compared():
    found = pairs_of([stood(group=("councillor", 2))], [holder()])
    assert (found.pairs, found.name_alone) == ([], 0)


def test_two_holders_of_one_name_in_one_ward_are_both_doubtful():
    found = pairs_of([stood()], [holder(term=1), holder(term=2)])
    assert {one.how for one in found.pairs} == {DOUBTFUL}
    assert "somebody else" in found.pairs[0].why


def test_two_candidates_of_one_name_are_both_doubtful():
    assert {how for *_, how in hows([stood(at=1), stood(at=2)], [holder()])} == {DOUBTFUL}


def test_the_exact_name_beats_one_that_fits_by_an_initial():
    found = hows([stood("p kaur", at=1), stood("priya kaur", at=2)], [holder()])
    assert found == [(2, 1, EXACT)]


def test_a_sure_pair_leaves_no_doubtful_one_beside_it():
    names = [stood("priya kaur", at=1), stood("priya kaur", at=2, ward="mill")]
    assert hows(names, [holder()]) == [(1, 1, EXACT)]


@pytest.mark.parametrize(
    ("facts", "proposed"),
    [
        ({"matched": True, "elected": True, "same_ward": True}, "re-elected"),
        ({"matched": True, "elected": True, "same_ward": False}, "moved"),
        ({"matched": True, "elected": False}, "lost"),
        ({"matched": True, "elected": None}, None),
        ({"matched": False, "contested": True}, "stood-down"),
        ({"matched": False, "contested": True, "doubtful": True}, None),
        ({"matched": False, "contested": False}, None),
    ],
)
def test_what_is_proposed(facts, proposed):
    known = {"elected": None, "same_ward": True, "contested": True, "doubtful": False}
    assert rules.proposal(**{**known, **facts}) == proposed
