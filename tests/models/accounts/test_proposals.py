"""Accounts that decide, pay or audit: one proposes, another agrees, and nobody is both."""

import pytest
import sqlalchemy as sa

from models.accounts.actions.passwords import give_password, send_link
from models.accounts.actions.proposing import (
    agree_to_proposal,
    propose_change,
    propose_enabling,
    propose_link,
    propose_user,
    refuse_proposal,
)
from models.accounts.actions.signing_in import start_session
from models.accounts.actions.users import add_user, change_user, disable_user, enable_user
from models.accounts.links import LinkDesk
from models.accounts.passwords import hash_password
from models.accounts.permits import OPERATOR
from models.accounts.proposal_queries import (
    agreeing_to,
    proposals_for,
    proposals_waiting_for,
    why_not,
)
from models.accounts.queries import session_of, user_by_email
from models.accounts.roles import CHECKING_ROLES, Permit, Role, permits_of
from models.accounts.tables import AccountLink, UserProposal
from models.audit import AuditEntry
from models.base import db
from models.errors import Invalid, NotAllowed, Refused
from models.outbox import OutboxRow

SECRET = "a-secret-of-the-tests-0123456789abcdef"
DESK = LinkDesk(SECRET, "https://hustings.example.org", mails=False)
POST = LinkDesk(SECRET, "https://hustings.example.org", mails=True)


def proposed(by, desk=DESK, **values):
    given = {"email": "Fay@Example.org", "name": "Fay Fir", "role": Role.FINANCE}
    return propose_user(**{**given, "by": by, "desk": desk, **values})


def mails():
    return [row.payload for row in db.session.query(OutboxRow)]


def events():
    db.session.commit()
    return [row.event for row in db.session.query(AuditEntry).order_by(AuditEntry.seq)]


def forge(what, subject, by, after=None):
    """An entry of the audit as an older version wrote it, when one person alone could."""
    from models import audit

    audit.record(what, subject, by=by, after=after)
    db.session.commit()


def test_who_checks_follows_from_the_matrix():
    assert {
        Role.NATIONAL_OFFICER,
        Role.POLITICAL_OFFICER,
        Role.FINANCE,
        Role.AUDITOR,
    } == CHECKING_ROLES
    for role in set(Role) - CHECKING_ROLES:
        held = permits_of(role)
        assert not held & {Permit.PAYEES_CONFIRM, Permit.FUNDING_DECIDE, Permit.USERS_AGREE}


@pytest.mark.parametrize("role", sorted(CHECKING_ROLES))
def test_nobody_alone_makes_an_account_that_checks_others(cast, role):
    with pytest.raises(Refused, match="propose it"):
        add_user(email="x@example.org", name="X", role=role, by=cast.alice)
    with pytest.raises(Refused, match="propose it"):
        change_user(cast.dan, name="Dan", role=role, region_ids=[], by=cast.alice)
    made = add_user(email="x@example.org", name="X", role=role, by=OPERATOR)
    with pytest.raises(Refused, match="propose it"):
        send_link(made, by=cast.alice, desk=DESK)
    with pytest.raises(Refused, match="propose it"):
        give_password(made, password="quilt oven lantern zebra", by=cast.alice)
    disable_user(made, by=cast.alice)
    with pytest.raises(Refused, match="propose it"):
        enable_user(made, by=cast.alice)
    assert enable_user(made, by=OPERATOR).is_active
    assert send_link(made, by=OPERATOR, desk=DESK)


def test_a_political_officer_can_neither_make_nor_take_over_finance(cast):
    for act in (
        lambda: add_user(email="x@example.org", name="X", role=Role.FINANCE, by=cast.olive),
        lambda: send_link(cast.carol, by=cast.olive, desk=DESK),
        lambda: send_link(cast.carol, by=cast.olive, desk=POST),
        lambda: propose_link(cast.carol, by=cast.olive, desk=DESK),
        lambda: agree_to_proposal(proposed(cast.olive), by=cast.olive, desk=DESK),
    ):
        with pytest.raises((Refused, NotAllowed)):
            act()
    assert db.session.query(AccountLink).count() == 0
    assert mails() == []


def test_until_somebody_agrees_there_is_no_account_and_no_link(cast):
    proposal = proposed(cast.olive)
    assert user_by_email("fay@example.org") is None
    assert db.session.query(AccountLink).count() == 0
    assert proposals_for(cast.olive) == [proposal]
    assert proposals_waiting_for(cast.olive) == []
    assert proposals_waiting_for(cast.carol) == [proposal]
    assert "Fay Fir <fay@example.org> gets an account as Finance." in proposal.words
    fay = agree_to_proposal(proposal, by=cast.carol, desk=DESK)
    assert (fay.email, fay.role, fay.password_hash) == ("fay@example.org", Role.FINANCE, None)
    assert db.session.query(AccountLink).count() == 0, "without mail the operator makes the link"
    assert proposals_for(cast.olive) == []
    assert events()[-2:] == ["user.proposed", "user.agreed"]


def test_once_agreed_the_link_goes_by_mail_to_the_person_alone(cast):
    fay = agree_to_proposal(proposed(cast.olive, POST), by=cast.alice, desk=POST)
    links = [mail for mail in mails() if "/set-password/" in mail["text"]]
    assert [mail["to"] for mail in links] == [fay.email]


@pytest.mark.parametrize("who", ["alice", "carol", "grace"])
def test_national_officers_finance_and_auditors_agree(cast, who):
    assert agree_to_proposal(proposed(cast.olive), by=getattr(cast, who), desk=DESK)


@pytest.mark.parametrize("who", ["olive", "bob", "dan", "nora", "terry"])
def test_nobody_else_agrees_or_refuses(cast, who):
    proposal = proposed(cast.alice)
    for act in (agree_to_proposal, refuse_proposal):
        with pytest.raises(NotAllowed):
            act(proposal, by=getattr(cast, who), desk=DESK)
    assert proposal.state == "waiting"


def test_the_proposer_does_not_agree_but_may_withdraw(cast):
    proposal = proposed(cast.alice)
    with pytest.raises(Refused, match="proposed this yourself"):
        agree_to_proposal(proposal, by=cast.alice, desk=DESK)
    assert refuse_proposal(proposal, by=cast.alice, desk=DESK).state == "withdrawn"
    with pytest.raises(Refused, match="decided already"):
        agree_to_proposal(proposal, by=cast.carol, desk=DESK)
    assert user_by_email("fay@example.org") is None


def test_the_database_itself_wants_two(cast):
    proposal = proposed(cast.alice)
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(
            sa.update(UserProposal)
            .where(UserProposal.id == proposal.id)
            .values(state="agreed", decided_by_id=cast.alice.id)
        )


def test_whom_it_is_about_does_not_agree(cast):
    proposal = propose_change(cast.carol, role=Role.AUDITOR, by=cast.alice, desk=DESK)
    with pytest.raises(Refused, match="your own account"):
        agree_to_proposal(proposal, by=cast.carol, desk=DESK)
    with pytest.raises(Refused, match="your own account"):
        propose_change(cast.olive, role=Role.FINANCE, by=cast.olive, desk=DESK)


def test_an_account_that_the_proposer_made_alone_does_not_agree(cast):
    """Older versions let one person make finance; such an account is that person's second face."""
    forge("user.added", cast.carol, cast.olive)
    proposal = proposed(cast.olive)
    with pytest.raises(Refused, match="set up by the same person"):
        agree_to_proposal(proposal, by=cast.carol, desk=DESK)
    assert agreeing_to(proposal) == []
    assert agree_to_proposal(proposal, by=cast.grace, desk=DESK)


def test_nor_do_two_whom_a_third_made_nor_one_whose_way_in_the_proposer_made(cast):
    forge("user.added", cast.olive, cast.alice)
    forge("user.changed", cast.carol, cast.alice, {"role": "finance"})
    forge("user.link_made", cast.grace, cast.olive)
    for one in (cast.carol, cast.grace, cast.alice):
        assert "same person" in why_not(proposed(cast.olive, email=f"{one.id}@x.org"), one)
    # Let in anew by the operator, or agreed to by two, somebody stands for themselves again.
    forge("user.link_made", cast.carol, None)
    assert why_not(proposed(cast.olive), cast.carol) is None


def test_a_new_name_makes_nobody_ones_second_face(cast):
    forge("user.changed", cast.carol, cast.olive, {"name": "Carol Cypress"})
    assert why_not(proposed(cast.olive), cast.carol) is None


def test_a_role_sideways_or_upwards_needs_two_and_a_new_way_in(cast):
    cast.dan.password_hash = hash_password("the officer knows this one")
    session = start_session(cast.dan, hours=1)
    proposal = propose_change(cast.dan, role=Role.FINANCE, by=cast.olive, desk=POST)
    assert cast.dan.role == Role.SUPPORT
    assert session_of(session) is cast.dan
    shown = send_link(cast.dan, by=cast.olive, desk=DESK)
    agree_to_proposal(proposal, by=cast.grace, desk=POST)
    assert (cast.dan.role, cast.dan.password_hash) == (Role.FINANCE, None)
    assert session_of(session) is None
    alive = db.session.query(AccountLink).filter(AccountLink.used_at.is_(None)).all()
    assert len(alive) == 1, "the link that the officer saw is dead, the mailed one lives"
    assert shown not in "".join(mail["text"] for mail in mails())


def test_from_one_checking_role_to_another_the_password_stays(cast):
    cast.olive.password_hash = hash_password("quilt oven lantern zebra")
    ned = add_user(email="n@example.org", name="Ned", role=Role.NATIONAL_OFFICER, by=OPERATOR)
    proposal = propose_change(cast.olive, role=Role.NATIONAL_OFFICER, by=ned, desk=DESK)
    agree_to_proposal(proposal, by=cast.alice, desk=DESK)
    assert cast.olive.role == Role.NATIONAL_OFFICER
    assert cast.olive.password_hash


def test_out_of_a_checking_role_needs_two_as_well(cast):
    with pytest.raises(Refused, match="propose it"):
        change_user(cast.carol, name="Carol", role=Role.SUPPORT, region_ids=[], by=cast.alice)


def test_whoever_was_kept_out_comes_back_by_two(cast):
    disable_user(cast.carol, by=cast.olive)
    proposal = propose_enabling(cast.carol, by=cast.olive, desk=DESK)
    assert cast.carol.disabled_at
    agree_to_proposal(proposal, by=cast.alice, desk=DESK)
    assert cast.carol.is_active
    with pytest.raises(Refused, match="not disabled"):
        propose_enabling(cast.carol, by=cast.olive, desk=DESK)


def test_a_new_link_goes_by_mail_once_somebody_agrees(cast):
    proposal = propose_link(cast.carol, by=cast.olive, desk=POST)
    assert not [mail for mail in mails() if "/set-password/" in mail["text"]]
    agree_to_proposal(proposal, by=cast.grace, desk=POST)
    links = [mail for mail in mails() if "/set-password/" in mail["text"]]
    assert [mail["to"] for mail in links] == ["carol@example.org"]
    with pytest.raises(Refused, match=r"hustings user link carol@example\.org"):
        propose_link(cast.carol, by=cast.olive, desk=DESK)


def test_both_sides_and_those_who_may_agree_hear_of_every_step(cast):
    everybody = {f"{name}@example.org" for name in ("alice", "olive", "carol", "grace")}
    proposal = propose_change(cast.dan, role=Role.FINANCE, by=cast.olive, desk=POST)
    assert {mail["to"] for mail in mails()} == everybody | {"dan@example.org"}
    assert "Dan Damson <dan@example.org> becomes Finance." in mails()[0]["text"]
    assert "https://hustings.example.org/users/waiting" in mails()[0]["text"]
    db.session.query(OutboxRow).delete()
    refuse_proposal(proposal, by=cast.carol, desk=POST)
    assert {mail["to"] for mail in mails()} == everybody | {"dan@example.org"}
    assert "Carol Cedar refused it." in mails()[0]["text"]
    db.session.query(OutboxRow).delete()
    disable_user(cast.grace, by=cast.olive, desk=POST)
    assert {"grace@example.org", "alice@example.org", "carol@example.org"} == {
        mail["to"] for mail in mails()
    }


def test_only_a_national_officer_proposes_about_national_officers(cast):
    for act in (
        lambda: proposed(cast.olive, role=Role.NATIONAL_OFFICER),
        lambda: propose_link(cast.alice, by=cast.olive, desk=POST),
        lambda: propose_change(cast.alice, role=Role.SUPPORT, by=cast.olive, desk=DESK),
        lambda: proposed(cast.dan),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_one_thing_at_a_time_waits_about_an_address(cast):
    proposed(cast.olive)
    with pytest.raises(Refused, match="waits for a second person already"):
        proposed(cast.alice, email="fay@example.org", role=Role.AUDITOR)
    with pytest.raises(Invalid, match="already a user"):
        proposed(cast.olive, email="bob@example.org")


def test_a_proposal_of_somebody_who_is_out_lapses(cast):
    proposal = proposed(cast.olive)
    disable_user(cast.olive, by=cast.alice)
    with pytest.raises(Refused, match="may not propose users any more"):
        agree_to_proposal(proposal, by=cast.carol, desk=DESK)
    assert refuse_proposal(proposal, by=cast.carol, desk=DESK).state == "refused"


def test_an_address_that_was_taken_meanwhile_is_said(cast):
    proposal = proposed(cast.olive)
    add_user(email="fay@example.org", name="Fay", role=Role.TRAINING, by=cast.alice)
    with pytest.raises(Invalid, match="already a user"):
        agree_to_proposal(proposal, by=cast.carol, desk=DESK)


def test_of_two_who_decide_at_once_one_is_heard(fresh_database):
    from tests.models.accounts.test_at_once import together

    with fresh_database.app_context():
        olive = user_by_email("olive@example.org")
        number = proposed(olive).id
        db.session.commit()
    who = ("alice", "carol", "grace", "alice")

    def decide(place):
        proposal = db.session.get(UserProposal, number)
        try:
            by = user_by_email(f"{who[place]}@example.org")
            agree_to_proposal(proposal, by=by, desk=DESK)
        except Refused as refusal:
            db.session.rollback()
            return refusal.message
        return "agreed"

    heard = together(fresh_database, 4, decide)
    assert heard.count("agreed") == 1, heard
    assert set(heard) - {"agreed"} == {"This was decided already."}
