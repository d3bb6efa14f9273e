"""Adding, changing, disabling users: who may, and what ends."""

import pytest

from models.accounts.actions.signing_in import start_session
from models.accounts.actions.users import add_user, change_user, disable_user, enable_user
from models.accounts.list import USERS
from models.accounts.permits import OPERATOR
from models.accounts.queries import all_regions, session_of, user_for
from models.accounts.roles import Role
from models.audit import AuditEntry
from models.base import db
from models.errors import Invalid, NotAllowed, NotFound, Refused
from tests import lists


def added(cast, **values):
    given = {"email": "New@Example.org", "name": "New Nutmeg", "role": Role.SUPPORT}
    return add_user(**{**given, "by": cast.alice, **values})


def events():
    db.session.commit()
    return [row.event for row in db.session.query(AuditEntry).order_by(AuditEntry.seq)]


def test_a_new_user_has_no_password_and_a_lower_case_address(cast):
    user = added(cast)
    assert user.email == "new@example.org"
    assert user.password_hash is None
    assert events()[-1] == "user.added"


def test_an_address_is_used_once(cast):
    with pytest.raises(Invalid, match="already a user") as refused:
        added(cast, email=" BOB@example.org")
    assert refused.value.field == "email"


@pytest.mark.parametrize("email", ["bob", "a@", "a b@example.org", "a@b\r\nBcc: c@d.org", ""])
def test_an_address_must_look_like_one(cast, email):
    with pytest.raises(Invalid):
        added(cast, email=email)


def test_a_regional_officer_needs_a_region_and_the_training_team_takes_none(cast):
    with pytest.raises(Invalid, match="at least one region"):
        added(cast, role=Role.REGIONAL_OFFICER)
    with pytest.raises(Invalid, match="choose none"):
        added(cast, role=Role.TRAINING, region_ids=[cast.regions["SC"].id])
    with pytest.raises(Invalid, match="no such region"):
        added(cast, role=Role.SUPPORT, region_ids=[987654])


@pytest.mark.parametrize("who", ["bob", "eve", "dan", "nora", "carol", "terry", "grace"])
def test_only_the_political_office_manages_users(cast, who):
    user = getattr(cast, who)
    with pytest.raises(NotAllowed):
        added(cast, by=user)
    with pytest.raises(NotAllowed):
        disable_user(cast.olive, by=user)
    assert USERS.permit not in user.permits


def test_only_a_national_officer_makes_national_officers(cast):
    with pytest.raises(NotAllowed, match="Only a national political officer"):
        added(cast, role=Role.NATIONAL_OFFICER, by=cast.olive)
    with pytest.raises(NotAllowed):
        disable_user(cast.alice, by=cast.olive)
    with pytest.raises(NotAllowed):
        change_user(cast.dan, name="Dan", role=Role.NATIONAL_OFFICER, region_ids=[], by=cast.olive)
    other = added(cast, email="x@example.org", role=Role.NATIONAL_OFFICER, by=OPERATOR)
    assert other.id


def test_nobody_disables_or_promotes_themselves(cast):
    with pytest.raises(Refused):
        disable_user(cast.alice, by=cast.alice)
    with pytest.raises(Refused):
        change_user(cast.olive, name="Olive", role=Role.FINANCE, region_ids=[], by=cast.olive)
    renamed = change_user(
        cast.olive, name="Olive Olm", role=Role.POLITICAL_OFFICER, region_ids=[], by=cast.olive
    )
    assert renamed.name == "Olive Olm"


@pytest.mark.parametrize(
    ("role", "codes"), [(Role.SUPPORT, ["NWI"]), (Role.REGIONAL_OFFICER, ["NWI", "SC"])]
)
def test_a_new_role_or_region_ends_the_sessions(cast, role, codes):
    token = start_session(cast.bob, hours=1)
    ids = [cast.regions[code].id for code in codes]
    change_user(cast.bob, name="Bob Birch", role=role, region_ids=ids, by=cast.alice)
    assert session_of(token) is None
    assert session_of(start_session(cast.bob, hours=1)) is cast.bob


def test_a_new_name_ends_no_session_and_is_told_in_the_audit(cast):
    token = start_session(cast.bob, hours=1)
    ids = [region.id for region in cast.bob.regions]
    change_user(
        cast.bob, name=" Bob  Beech ", role=Role.REGIONAL_OFFICER, region_ids=ids, by=cast.alice
    )
    assert session_of(token) is cast.bob
    db.session.commit()
    last = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert (last.event, last.before, last.after, last.actor_id) == (
        "user.changed",
        {"name": "Bob Birch"},
        {"name": "Bob Beech"},
        cast.alice.id,
    )


def test_a_disabled_user_is_out_and_may_come_back(cast):
    token = start_session(cast.bob, hours=1)
    disable_user(cast.bob, by=cast.alice)
    assert session_of(token) is None
    assert not cast.bob.permits
    with pytest.raises(Refused):
        disable_user(cast.bob, by=cast.alice)
    enable_user(cast.bob, by=cast.alice)
    assert session_of(token) is None
    assert cast.bob.permits
    assert events()[-2:] == ["user.disabled", "user.enabled"]


def named(reader, **args):
    return [line.name for line in lists.lines(USERS, reader, **args)]


def test_who_is_held_to_a_region_is_shown_those_of_the_region(cast):
    assert named(cast.bob) == ["Bob Birch", "Nora Nutt"]


def test_the_list_is_filtered_and_in_order(cast):
    everybody = named(cast.alice)
    assert len(everybody) == 9
    assert everybody == sorted(everybody)
    assert named(cast.alice, q="NUTT") == ["Nora Nutt"]
    assert named(cast.alice, q="carol@") == ["Carol Cedar"]
    assert named(cast.alice, q="cedar carol@") == ["Carol Cedar"]
    assert named(cast.alice, q="%") == []
    assert len(named(cast.alice, role="support")) == 2
    assert lists.tabs(USERS, cast.alice) == {"All": 9, "Active": 0, "Invited": 9, "Disabled": 0}
    with pytest.raises(NotFound):
        user_for(cast.alice, 987654)


def test_regions_come_by_name(cast):
    names = [region.name for region in all_regions()]
    assert len(names) == 7
    assert names == sorted(names)
