"""What must hold when several requests arrive at the same moment, on databases that commit."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from models.accounts.actions.passwords import give_password, send_link, set_password_by_link
from models.accounts.actions.signing_in import check_password
from models.accounts.links import LinkDesk
from models.accounts.permits import OPERATOR
from models.accounts.queries import user_by_email
from models.accounts.throttle import ACCOUNT_LIMIT, LIMIT, Guard
from models.base import db
from models.errors import NotFound, TooMany

SECRET = "a-secret-of-the-tests-0123456789abcdef"
DESK = LinkDesk(SECRET, "http://127.0.0.1", mails=False)


def together(app, count, do):
    """What each of `count` callers heard who began at once."""
    start = Barrier(count)

    def one(number):
        with app.app_context():
            start.wait()
            try:
                answer = do(number)
                db.session.commit()
            except (NotFound, TooMany) as refusal:
                db.session.rollback()
                answer = type(refusal)
            return answer

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_link_is_used_once_however_many_click_it(fresh_database):
    with fresh_database.app_context():
        address = send_link(user_by_email("bob@example.org"), by=OPERATOR, desk=DESK)
        db.session.commit()
    token = address.rpartition("/")[2]

    def use(number):
        user = set_password_by_link(
            token=token,
            password=f"lantern oven quilt {number}",
            guard=Guard(SECRET, "192.0.2.1"),
            desk=DESK,
        )
        return user.email

    heard = together(fresh_database, 6, use)
    assert sorted(map(str, heard)) == sorted(map(str, ["bob@example.org"] + [NotFound] * 5))


def test_a_burst_of_guesses_cannot_slip_past_the_limit(fresh_database):
    with fresh_database.app_context():
        give_password(
            user_by_email("bob@example.org"), password="quilt oven lantern zebra", by=OPERATOR
        )
        db.session.commit()

    def guess(number):
        guard = Guard(SECRET, f"192.0.2.{number}")
        return check_password(email="bob@example.org", password="wrong", guard=guard)

    heard = together(fresh_database, 40, guess)
    assert heard.count(None) == ACCOUNT_LIMIT
    assert heard.count(TooMany) == 40 - ACCOUNT_LIMIT


def test_nor_one_from_a_single_address(fresh_database):
    def guess(_number):
        guard = Guard(SECRET, "192.0.2.1")
        return check_password(email="bob@example.org", password="wrong", guard=guard)

    heard = together(fresh_database, 14, guess)
    assert heard.count(None) == LIMIT
    assert heard.count(TooMany) == 14 - LIMIT
