"""One fact in its row, and putting back what a change replaced, later, from the history."""

import re

import pytest

from models.base import db
from models.people.actions.marks import tag_person, untag_person
from models.people.actions.reach import add_contact_point, end_contact_point
from models.people.actions.records import change_person
from models.people.queries.facts import tags_of
from models.people.queries.people import find_people
from tests.factories import make_person


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


def undo_of(page):
    """The addresses by which changes are undone, the latest first."""
    return re.findall(r'action="(/people/\d+/changes/\d+/undo)"', page)


def test_a_fact_has_a_way_to_change_it_in_its_row(sign_in, cast, priya):
    page = sign_in(cast.bob).get(f"/people/{priya.id}").text
    assert f'hx-get="/people/{priya.id}/facts/known_as"' in page
    assert "/facts/known_as" not in sign_in(cast.grace).get(f"/people/{priya.id}").text


def test_one_fact_is_changed_and_put_back_from_the_history(sign_in, cast, priya):
    browser = sign_in(cast.bob)
    address = f"/people/{priya.id}/facts/known_as"
    assert 'id="fact-known_as"' in browser.get(address).text
    sent = {"value": "Pri", "version": priya.version}
    assert browser.post(address, data=sent).status_code == 302
    assert find_people(cast.bob, "pri kaur")
    page = browser.get(f"/people/{priya.id}?show=changes").text
    assert "Everyday name: Pri, before not known" in page
    assert browser.post(undo_of(page)[0]).status_code == 302
    db.session.expire_all()
    assert priya.known_as is None


def test_two_who_change_the_same_record_at_once_are_told(sign_in, cast, priya):
    browser = sign_in(cast.bob)
    address = f"/people/{priya.id}/facts/suffix"
    version = priya.version
    browser.post(address, data={"value": "MBE", "version": version})
    answer = browser.post(address, data={"value": "OBE", "version": version})
    assert answer.status_code == 422
    assert 'value="OBE"' in answer.text


def test_what_was_changed_again_since_is_not_put_back(sign_in, cast, priya):
    for name in ("Pri", "Prue"):
        change_person(priya, by=cast.bob, values={"known_as": name})
        db.session.commit()
    browser = sign_in(cast.bob)
    older = undo_of(browser.get(f"/people/{priya.id}?show=changes").text)[1]
    assert browser.post(older).status_code == 409
    db.session.expire_all()
    assert priya.known_as == "Prue"


def test_a_tag_and_an_ended_address_come_back(sign_in, cast, priya):
    tag = tag_person(priya, by=cast.bob, name="Speaker")
    untag_person(priya, by=cast.bob, tag=tag)
    point = add_contact_point(priya, by=cast.bob, kind="email", value="p@example.org")
    end_contact_point(point, by=cast.bob)
    db.session.commit()
    browser = sign_in(cast.bob)
    for address in undo_of(browser.get(f"/people/{priya.id}?show=changes").text)[:2]:
        assert browser.post(address).status_code == 302
    db.session.expire_all()
    assert [one.name for one in tags_of(priya)] == ["Speaker"]
    assert point.ends_on is None


def test_another_region_changes_and_undoes_nothing(sign_in, cast, priya):
    change_person(priya, by=cast.bob, values={"known_as": "Pri"})
    db.session.commit()
    undo = undo_of(sign_in(cast.bob).get(f"/people/{priya.id}?show=changes").text)[0]
    eve = sign_in(cast.eve)
    assert eve.post(undo).status_code == 404
    assert eve.get(f"/people/{priya.id}/facts/title").status_code == 404
    other = make_person("Ann Lee", region=cast.regions["SO"])
    assert eve.post(undo.replace(str(priya.id), str(other.id), 1)).status_code == 404
    assert sign_in(cast.bob).get(f"/people/{priya.id}/facts/secret").status_code == 404


def test_the_record_needs_few_statements_with_its_history(sign_in, cast, priya, queries):
    for n in range(5):
        tag_person(priya, by=cast.bob, name=f"T{n}")
    db.session.commit()
    browser = sign_in(cast.bob)
    queries.statements.clear()
    assert browser.get(f"/people/{priya.id}").status_code == 200
    assert len(queries) <= 12, queries.statements
