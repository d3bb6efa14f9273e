"""The morning after in a real browser: forty seats by keys, forty by buttons with JavaScript and
forty without, none stuck."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from waitress import create_server

import migrations
from app import create_app
from app.settings import Settings
from models import clock
from models.accounts.actions.signing_in import start_session
from models.accounts.tables import User
from models.base import db
from models.councillors.seats.tables import SeatOutcome
from models.councillors.tables import OfficeTerm
from tests.browser.desk import press_key
from tests.browser.seeing import overflow
from tests.cast import add_cast, load_cast
from tests.factories import make_council, make_person, make_term, make_ward

# Polls that are over, each with forty seats to decide and two that ended already.
BY_KEYS, BY_BUTTONS, WITH_SCRIPT = date(2026, 4, 2), date(2026, 5, 7), date(2026, 6, 4)
TWICE = date(2026, 3, 5)
WORDS = ("Re-elected", "Lost", "Stood down", "Moved ward")
OUTCOMES = ("re-elected", "lost", "stood-down", "moved")
SEATS = 40


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A union with 160 seats to decide, and the cookie of the officer who decides them."""
    folder = tmp_path_factory.mktemp("town")
    settings = Settings(data=str(folder), secret_key="a-secret-for-browser-tests-0123456789")
    app = create_app(settings)
    with app.app_context():
        with db.engine.begin() as connection:
            migrations.upgrade(connection)
        add_cast()
        _plant(load_cast())
        token = start_session(
            db.session.query(User).filter_by(email="bob@example.org").one(), hours=9
        )
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield app, f"http://127.0.0.1:{server.effective_port}", client.get_cookie("hustings").value
    server.close()
    with app.app_context():
        db.engine.dispose()


def _plant(cast) -> None:
    council = make_council("Ambridge", region=cast.regions["NWI"])
    wards = [make_ward(council, name) for name in ("Abbey", "Mill", "Quay")]
    for poll in (BY_KEYS, BY_BUTTONS, WITH_SCRIPT, TWICE):
        for number in range(SEATS + 2):
            person = make_person(f"Sam Seat{number:02}", region=cast.regions["NWI"])
            term = make_term(
                person, council, ward=wards[0], elected_on=date(2022, 5, 5), expected_end=poll
            )
            if number >= SEATS:
                term.actual_end, term.end_reason = poll, "lost"


@pytest.fixture
def desk(chromium, town):
    """`desk(width=375)` is a window of the officer's in that union."""
    _app, address, cookie = town

    @contextmanager
    def make(**options) -> Iterator[Page]:
        width = options.pop("width", 1280)
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 900}, **options
        )
        context.add_cookies([{"name": "hustings", "value": cookie, "url": address}])
        yield context.new_page()
        context.close()

    return make


def decided(town, poll) -> list[str]:
    """What was decided about the seats of a poll, and where they sit now."""
    app, _address, _cookie = town
    with app.app_context():
        rows = db.session.query(SeatOutcome).filter_by(poll_on=poll).order_by(SeatOutcome.id).all()
        for row in rows:
            if row.new_term_id:
                new = db.session.get_one(OfficeTerm, row.new_term_id)
                assert new.expected_end is not None
                assert new.ward.name == ("Mill" if row.outcome == "moved" else "Abbey")
        return [row.outcome for row in rows]


def test_forty_seats_are_decided_by_one_key_each(desk, town):
    with desk() as page:
        page.goto(f"/seats-up/{BY_KEYS}/triage")
        expect(page.locator("main")).to_contain_text("2 of 42 seats decided")
        for number in range(SEATS):
            choice = number % 4
            if choice == 3:
                page.get_by_label("the ward they sit for now").select_option("Mill")
                page.get_by_role("heading", level=1).click()
                page.evaluate("document.activeElement.blur()")
            press_key(page, str(choice + 1))
            expect(page.locator(".h-errors")).to_have_count(0)
        expect(page.locator("main")).to_contain_text("Every seat is decided")
    assert decided(town, BY_KEYS) == list(OUTCOMES) * 10


def test_a_second_press_of_the_same_hand_decides_nothing(desk, town):
    with desk() as page:
        page.clock.install(time=0)
        page.clock.pause_at(1000)
        page.goto(f"/seats-up/{TWICE}/triage")
        press_key(page, "1")
        page.keyboard.press("1")
        page.clock.run_for(650)
        page.keyboard.press("2")
        expect(page.locator("body[data-listens]")).to_have_count(0)
        expect(page.locator("main")).to_contain_text("3 of 42 seats decided")
        page.clock.run_for(100)
        press_key(page, "2")
    assert decided(town, TWICE) == ["re-elected", "lost"]


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(("poll", "script"), [(BY_BUTTONS, False), (WITH_SCRIPT, True)])
def test_forty_seats_are_decided_by_buttons(desk, town, poll, script, width):
    before = len(decided(town, poll))
    with desk(width=width, java_script_enabled=script) as page:
        page.goto(f"/seats-up/{poll}/triage")
        for number in range(SEATS // 2):
            choice = number % 4
            if choice == 3:
                page.get_by_label("the ward they sit for now").select_option("Mill")
            with page.expect_navigation():
                page.get_by_role("button", name=WORDS[choice]).click()
            expect(page.locator(".h-errors")).to_have_count(0)
        done = f"{before + 22} of 42 seats decided" if before + 20 < SEATS else "Every seat"
        expect(page.locator("main")).to_contain_text(done)
    assert decided(town, poll)[before:] == list(OUTCOMES) * 5


def unfold_tabs(page):
    """A phone folds the tabs."""
    page.get_by_role("navigation", name="Views").locator("summary").first.click()


def test_a_seat_with_a_problem_can_be_left_for_later_and_taken_back(desk, town):
    with desk(width=375) as page:
        page.goto(f"/seats-up/{BY_BUTTONS}")
        page.get_by_role("navigation", name="Views").locator(
            "summary"
        ).first.click()  # a phone folds the tabs
        page.get_by_role("link", name="Decided", exact=False).first.click()
        page.get_by_role("button", name="Undo").nth(0).click()
        page.goto(f"/seats-up/{BY_BUTTONS}")
        page.get_by_role("navigation", name="Views").locator(
            "summary"
        ).first.click()  # a phone folds the tabs
        page.get_by_role("link", name="Decided", exact=False).first.click()
        page.get_by_role("button", name="Undo").nth(1).click()
        page.goto(f"/seats-up/{BY_BUTTONS}/triage")
        name = page.locator("main h2").first.inner_text()
        page.get_by_role("button", name="Moved ward").click()
        expect(page.locator(".h-errors")).to_contain_text("Choose the ward they moved to")
        assert overflow(page) == 0
        page.get_by_role("link", name="Leave this one for later").click()
        expect(page.locator("main h2").first).not_to_have_text(name)


def test_the_index_the_list_and_the_queue_count_alike(desk, town):
    left = SEATS - len(decided(town, BY_KEYS))
    with desk() as page:
        page.goto("/seats-up")
        row = page.get_by_role("row").filter(has_text="2 April 2026")
        assert row.get_by_role("cell").all_inner_texts()[:2] == ["42", str(left)]
        page.goto(f"/seats-up/{BY_KEYS}")
        expect(page.locator("main")).to_contain_text(f"{42 - left} of 42 seats decided")
