"""The home page: what is counted is listed, and each sees their own."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from models import clock
from models.base import db
from models.budget.actions.money import commit, pay
from models.budget.actions.tree import set_up_fund
from models.budget.approvals.actions.asking import ask_cap
from models.budget.queries.tree import leaf_for
from models.contacts.actions import log_contact
from models.contacts.follow_ups.actions import Promise
from models.councillors.tables import NetworkMembership
from models.merging.actions.finding import pair_up
from models.year_end.actions import propose
from models.year_end.queries import open_lines
from reports.home import months_of, network_by_region, paid_by_month, planned_by
from tests.budgets import further_fund
from tests.factories import make_council, make_person, make_term, make_ward, saved
from views.home import greeting


def rows_of(page):
    return re.findall(r'class="h-queue-words"><a href="([^"]+)">([^<]+)</a>', page)


def announced(page):
    words = re.search(r'class="h-page-facts">([^<]+)<', page).group(1)
    return 0 if words.startswith("Nothing") else int(words.split()[0])


@pytest.fixture
def quiet(cast):
    """Nia joined the network and nobody was in contact with her; Sam is Eve's."""
    people = []
    for name, code in (("Nia Nolan", "NWI"), ("Sam CANARY-SO", "SO")):
        council = make_council(region=cast.regions[code])
        person = make_person(name, region=cast.regions[code])
        make_term(person, council, ward=make_ward(council))
        saved(NetworkMembership(person_id=person.id, status="joined"))
        people.append(person)
    return people


@pytest.fixture
def promised(cast, quiet):
    def promised(owner, person, what="Send the briefing", days=0):
        due = clock.today() + timedelta(days=days)
        log_contact(
            [person],
            at=clock.now() - timedelta(days=400),
            channel="phone",
            summary="Old",
            by=owner,
            follow_up=Promise(what, owner, due),
        )
        db.session.commit()

    return promised


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Good morning"), (10, "Good morning"), (11, "Good afternoon"), (17, "Good evening")],
)
def test_the_greeting_goes_by_the_clock_in_london(hour, words):
    assert greeting(datetime(2026, 7, 1, hour, 30, tzinfo=UTC)) == words


def test_every_role_has_a_home_page_and_what_is_counted_is_listed(sign_in, cast, promised, quiet):
    promised(cast.bob, quiet[0])
    for name in ("alice", "olive", "bob", "eve", "dan", "nora", "carol", "terry", "grace"):
        answer = sign_in(getattr(cast, name)).get("/")
        assert answer.status_code == 200
        assert announced(answer.text) == len(rows_of(answer.text)), name


def test_the_queue_names_the_person_and_is_only_ones_own(sign_in, cast, promised, quiet):
    promised(cast.bob, quiet[0], days=-0)
    promised(cast.eve, quiet[1], what="CANARY-SO-promise")
    page = sign_in(cast.bob).get("/").text
    labels = [label for _, label in rows_of(page)]
    assert labels == ["Send the briefing: Nia Nolan", "Contact Nia Nolan"]
    assert "Due today" in page
    assert "CANARY" not in page
    assert "CANARY-SO-promise" in sign_in(cast.eve).get("/").text


def test_who_may_not_log_is_not_asked_to_contact_anybody(sign_in, cast, quiet):
    for user in (cast.carol, cast.terry, cast.grace):
        page = sign_in(user).get("/").text
        assert rows_of(page) == [] or "Contact" not in str(rows_of(page))
        assert "/contacts/new" not in page


def test_councils_without_a_region_are_counted_for_who_can_map_them(sign_in, cast):
    make_council("Nowhere Town")
    assert "Give 1 council a region" in sign_in(cast.alice).get("/").text
    assert "a region" not in str(rows_of(sign_in(cast.bob).get("/").text))


def test_pairs_that_may_be_one_person_are_counted_for_who_may_see_both(sign_in, cast):
    here = [make_person("Nia Nolan", region=cast.regions["NWI"]) for _ in range(2)]
    pair_up(*here, by=cast.alice)
    db.session.commit()
    row = ("/duplicates", "Look at 1 pair of records")
    assert row in rows_of(sign_in(cast.alice).get("/").text)
    assert row in rows_of(sign_in(cast.bob).get("/").text)
    assert row not in rows_of(sign_in(cast.eve).get("/").text)


def test_a_fresh_installation_says_what_to_do_first(sign_in, cast):
    page = sign_in(cast.alice).get("/").text
    for words in ("First steps", "Import the councils", "Set up the fund", "Add your colleagues"):
        assert words in page
    assert "First steps" not in sign_in(cast.bob).get("/").text
    assert "Nothing needs you today" in page


def test_without_money_the_charts_are_of_contacts_and_the_network(sign_in, cast, quiet):
    page = sign_in(cast.dan).get("/").text
    assert "Contacts by month" in page
    assert "Network by region" in page
    assert "Contacts by month" not in sign_in(cast.terry).get("/").text


def test_the_network_by_region_is_within_scope(cast, quiet):
    assert network_by_region(cast.bob) == [("North West & Irish", 1, 0)]
    assert len(network_by_region(cast.alice)) == 2


def test_months_and_the_even_pace_of_a_fund():
    class Year:
        starts_on, ends_on = date(2026, 4, 1), date(2027, 3, 31)

    assert months_of(date(2026, 11, 20), date(2027, 1, 1)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert months_of(date(2026, 5, 1), date(2026, 4, 1)) == []
    assert len(months_of(date(2020, 1, 1), date(2026, 1, 1))) == 24
    assert planned_by(date(2027, 3, 1), Year, 25_000_000) == 25_000_000
    assert planned_by(date(2028, 3, 1), Year, 25_000_000) == 25_000_000
    assert planned_by(date(2026, 3, 1), Year, 25_000_000) == 0
    assert planned_by(date(2026, 9, 1), Year, 36_500) == 36_500 * 183 // 365


@pytest.fixture
def fund(cast):
    """A fund of £250,000.00: Bob's region has paid £300.00 of £500.00, Eve's committed £200.00."""
    year = clock.today().year
    fund = set_up_fund(
        name="Election fund",
        code="EF",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        cap_p=25_000_000,
        max_grant_p=50_000,
        heads={"Print": "PRINT"},
        allocations={"PRINT": {"NWI": 1_000_000, "SO": 2_000_000}},
        by=cast.alice,
    )
    for code, amount, key in (("NWI", 50_000, "a"), ("SO", 20_000, "b")):
        leaf = leaf_for(fund, "PRINT", code)
        award = commit(node_id=leaf.id, reference=key, amount_p=amount, by=cast.olive, key=key)
        if code == "NWI":
            pay(award=award, amount_p=30_000, by=cast.carol, key="paid")
    db.session.commit()
    return fund


def test_the_money_is_shown_to_who_may_see_it_and_a_region_sees_its_own(sign_in, cast, fund):
    assert "Election fund" in sign_in(cast.alice).get("/").text
    whole = sign_in(cast.carol).get("/").text
    assert "of £250,000" in whole
    assert "£300" in whole
    own = sign_in(cast.bob).get("/").text
    assert "of £10,000" in own
    assert "Southern" not in own
    assert "Election fund, North West &amp; Irish" in own
    assert "Election fund" not in sign_in(cast.dan).get("/").text


def test_paid_by_month_is_what_the_reader_may_see(cast, fund):
    month = clock.today().replace(day=1)
    assert paid_by_month(cast.alice, fund)[-1] == (month, 30_000)
    assert paid_by_month(cast.bob, fund)[-1] == (month, 30_000)
    assert paid_by_month(cast.eve, fund)[-1] == (month, 0)
    assert len(paid_by_month(cast.alice, fund)) == month.month


@pytest.fixture
def to_decide(cast, fund):
    """Olive asked for two new caps and proposed the year's end; nobody answered yet."""
    for cap_p in (26_000_000, 27_000_000):
        ask_cap(
            fund=fund,
            amount_p=cap_p,
            reason="More seats",
            authority="Executive, 3 March",
            by=cast.olive,
            key=f"ask:{cap_p}",
        )
    following = further_fund(
        name="Next year", code="EFN", starts_on=fund.ends_on + timedelta(days=1),
        ends_on=fund.ends_on + timedelta(days=365), cap_p=25_000_000, max_grant_p=50_000,
        heads={"Print": "PRINT"}, allocations={"PRINT": {"NWI": 1, "SO": 1}}, by=cast.alice,
    )  # fmt: skip
    choices = {line.award_id: "release" for line in open_lines(fund, following)}
    with clock.set_to(clock.now() + timedelta(days=366)):
        propose(
            fund=fund, next_fund=following, choices=choices, balance_p=0, by=cast.olive,
            authority="Executive, 3 March", reason="The year is over", key="end:1",
        )  # fmt: skip
    db.session.commit()


def test_what_waits_for_a_second_person_is_shown_to_who_may_approve(sign_in, cast, to_decide):
    page = sign_in(cast.alice).get("/").text
    assert rows_of(page)[-2:] == [
        ("/budget/requests?fund=EF", "Decide on 2 budget requests"),
        ("/budget/year-end?fund=EF", "Decide on 1 year end"),
    ]
    for user in (cast.olive, cast.bob, cast.carol, cast.grace):
        assert "Decide on" not in sign_in(user).get("/").text, user.name


def test_nobody_is_asked_to_decide_what_they_asked_for(sign_in, cast, fund):
    ask_cap(
        fund=fund,
        amount_p=26_000_000,
        reason="More",
        authority="Executive",
        by=cast.alice,
        key="ask:1",
    )
    db.session.commit()
    assert "Decide on" not in sign_in(cast.alice).get("/").text


def test_the_home_page_takes_at_most_twelve_queries(
    sign_in, cast, promised, quiet, to_decide, queries
):
    for owner, person in ((cast.bob, quiet[0]), (cast.alice, quiet[0])):
        promised(owner, person)
        browser = sign_in(owner)
        db.session.expire_all()
        begun = len(queries)
        assert browser.get("/").status_code == 200
        assert len(queries) - begun <= 12, queries.statements[begun:]
