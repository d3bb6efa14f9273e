"""Pages of saved views and of acts on many: tabs, confirmation, undo, few statements."""

import re
from urllib.parse import urlencode

import pytest

from models.base import db
from models.councillors.control.tables import ControlPeriod
from models.councillors.queries.network import network_of
from models.delegates.tables import DelegateTerm
from models.people.actions.privacy import add_basis
from models.people.actions.reach import add_contact_point
from models.people.queries.facts import tags_of
from models.search.actions.bulk import Sent, tag_many
from models.search.actions.views import save_view
from models.search.queries.views import views_for
from models.search.rules import NETWORK
from tests.factories import (
    make_constituency,
    make_council,
    make_party,
    make_person,
    make_term,
    saved,
)


@pytest.fixture
def labour(database):
    return make_party("Labour Party")


@pytest.fixture
def preston(cast, labour):
    council = make_council("Preston", region=cast.regions["NWI"])
    saved(
        ControlPeriod(council_id=council.id, kind="majority", party_id=labour.id, source="Website")
    )
    return council


@pytest.fixture
def two(cast, preston, labour):
    found = [make_person(name, region=cast.regions["NWI"]) for name in ("Ann Lee", "Ben Moss")]
    for person in found:
        make_term(person, preston, party_id=labour.id)
    south = make_person("Zed South", region=cast.regions["SO"])
    make_term(south, make_council("Hove", region=cast.regions["SO"]), party_id=labour.id)
    return found


def form_of(page):
    """What the confirmation page carries along."""
    return {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)
        for name in ("form_key", "number")
    }


def test_a_filter_is_said_in_one_sentence_and_kept_under_a_name(sign_in, cast, two, labour):
    browser = sign_in(cast.bob)
    filters = {"control": labour.id, "quiet_days": 90}
    page = browser.get("/councillors", query_string=filters).text
    assert "on councils run by Labour Party, not contacted for 90 days." in page
    assert "2 offices" in page
    address = f"/saved-views/new/councillors?{urlencode(filters)}"
    assert address.replace("&", "&amp;") in page
    answer = browser.post(address, data={"name": "Quiet and ours", "shared": "y"})
    assert answer.status_code == 302
    assert "Quiet and ours" in browser.get("/councillors").text


def test_delegates_on_councils_of_a_party_whom_nobody_spoke_with_are_asked_for_at_once(
    sign_in, cast, two, labour
):
    saved(DelegateTerm(person_id=two[0].id, constituency_id=make_constituency().id))
    filters = {"control": labour.id, "delegate": "now", "quiet_days": 90}
    browser = sign_in(cast.bob)
    page = browser.get("/councillors", query_string=filters).text
    assert (
        "Office holders on councils run by Labour Party, not contacted for 90 days, "
        "who are delegates to a constituency party."
    ) in page
    assert "1 office" in page
    address = f"/saved-views/new/councillors?{urlencode(filters)}"
    assert browser.post(address, data={"name": "Delegates to ring"}).status_code == 302
    kept = views_for(cast.bob, "councillors")[0].filters
    assert kept == {name: str(value) for name, value in filters.items()}
    assert "1 person" in browser.get(f"/bulk/tag?of=councillors&all=1&{urlencode(filters)}").text
    none = browser.get("/councillors", query_string={"delegate": "none"}).text
    assert "who are delegates to no constituency party." in none
    assert two[0].name not in none


def test_a_shared_view_shows_each_reader_their_own_rows(sign_in, cast, two):
    save_view(
        "councillors", by=cast.bob, name="Everybody", filters={"quiet_days": "90"}, shared=True
    )
    page = sign_in(cast.eve).get("/councillors?quiet_days=90").text
    assert re.search(r'aria-current="true">Everybody <span class="h-quiet">1</span>', page)
    assert "Zed South" in page
    assert "Ann Lee" not in page


def test_a_view_without_a_name_or_a_filter_is_refused_with_what_was_typed(sign_in, cast, two):
    browser = sign_in(cast.bob)
    for address, name in (("?tag=x", ""), ("", "Nothing")):
        answer = browser.post(f"/saved-views/new/councillors{address}", data={"name": name})
        assert answer.status_code == 422


def test_a_removed_view_comes_back_by_undo(sign_in, cast, two):
    view = save_view("councillors", by=cast.bob, name="Mine", filters={"tag": "x"})
    browser = sign_in(cast.bob)
    browser.post(f"/saved-views/{view.id}/remove")
    page = browser.get("/saved-views").text
    assert f"/saved-views/{view.id}/restore" in page
    browser.post(f"/saved-views/{view.id}/restore")
    assert ">Mine</a>" in browser.get("/saved-views").text
    assert sign_in(cast.eve).post(f"/saved-views/{view.id}/remove").status_code == 404


def test_ticked_people_are_tagged_after_a_page_that_says_how_many(sign_in, cast, two):
    browser = sign_in(cast.bob)
    picks = [("of", "councillors"), *(("pick", person.id) for person in two)]
    address = f"/bulk/tag?{urlencode(picks)}"
    assert browser.get("/bulk/new", query_string=[*picks, ("act", "tag")]).location == address
    page = browser.get(address).text
    assert "Tag: 2 people" in page
    assert tags_of(two[0]) == []
    data = {**form_of(page), "name": "Speaker"}
    done = browser.post(address, data=data)
    assert [tag.name for tag in tags_of(two[0])] == ["Speaker"]
    again = browser.post(address, data=data)
    assert again.location == done.location
    assert "Undo" in browser.get(done.location).text
    browser.post(f"{done.location}/undo")
    assert tags_of(two[0]) == []


def test_all_that_match_are_looked_up_again_and_a_changed_number_asks_again(
    sign_in, cast, two, preston
):
    browser = sign_in(cast.bob)
    page = browser.get("/bulk/tag?of=councillors&all=1&office=current").text
    data = {**form_of(page), "name": "Speaker"}
    make_term(make_person("New Comer", region=cast.regions["NWI"]), preston)
    answer = browser.post("/bulk/tag?of=councillors&all=1&office=current", data=data)
    assert answer.status_code == 422
    assert "it is 3 people now, not 2" in answer.text
    assert tags_of(two[0]) == []


def test_somebody_of_another_region_is_never_among_the_selected(sign_in, cast, two):
    page = sign_in(cast.eve).get(f"/bulk/tag?of=councillors&pick={two[0].id}").text
    assert "Nobody is selected" in page
    assert "Ann Lee" not in page


def test_an_invitation_says_how_many_letters_go_out(sign_in, cast, two):
    add_contact_point(two[0], by=cast.bob, kind="email", value="ann@example.org")
    add_basis(
        two[0],
        by=cast.bob,
        purpose=NETWORK,
        basis="legitimate interests",
        condition="made public",
        starts_on=two[0].created_at.date(),
    )
    browser = sign_in(cast.bob)
    page = browser.get("/bulk/invite?of=councillors&all=1").text
    assert "2 people become “Invited”" in page
    assert "1 letter goes out" in page
    browser.post("/bulk/invite?of=councillors&all=1", data=form_of(page))
    assert network_of(two[1]).status == "invited"


def test_what_is_asked_wrongly_is_said_and_nothing_happens(sign_in, cast, two):
    browser = sign_in(cast.bob)
    for kind, data in (
        ("tag", {"name": ""}),
        ("follow-up", {"what": "Ring", "owner": "", "due_on": ""}),
        ("contact", {"channel": "pigeon", "summary": "x"}),
    ):
        page = browser.get(f"/bulk/{kind}?of=councillors&all=1").text
        answer = browser.post(f"/bulk/{kind}?of=councillors&all=1", data={**form_of(page), **data})
        assert answer.status_code == 422, kind
    assert browser.get("/bulk").text.count("Undo") == 0


def test_ticked_people_go_to_excel_by_their_numbers(sign_in, cast, two):
    answer = sign_in(cast.bob).get(f"/bulk/new?of=councillors&act=councillors&pick={two[0].id}")
    assert f"ticked={two[0].id}" in answer.location


def test_the_pages_need_few_statements(sign_in, cast, two, queries):
    for n in range(6):
        save_view("councillors", by=cast.bob, name=f"V{n}", filters={"tag": f"x{n}"})
    browser = sign_in(cast.bob)
    act = tag_many(two, by=cast.bob, name="x", sent=Sent("k"))
    db.session.commit()
    for path in (
        "/councillors?tag=x&quiet_days=30",
        "/saved-views",
        "/bulk",
        f"/bulk/done/{act.id}",
        "/bulk/invite?of=councillors&all=1",
        "/bulk/follow-up?of=councillors&all=1",
        "/search?q=ann+leee",
    ):
        queries.statements.clear()
        assert browser.get(path).status_code == 200, path
        assert len(queries) <= 12, (path, queries.statements)
