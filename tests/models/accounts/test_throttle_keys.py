"""Counters of the throttle: they count, and tell nobody who tried."""

from datetime import timedelta

from models.accounts.throttle import (
    ACCOUNT_LIMIT,
    LIMIT,
    SENDER_LIMIT,
    Guard,
    network_of,
    wait_words,
)

BOB = "bob@example.org"


def keys(counters):
    return [one.key for one in counters]


def test_keys_are_digests_that_depend_on_the_secret():
    one = keys(Guard("secret-one", "192.0.2.1").counters(BOB))
    two = keys(Guard("secret-two", "192.0.2.1").counters(BOB))
    assert len({*one, *two}) == 6
    assert all(len(key) == 64 and "bob" not in key for key in one + two)


def test_a_sender_at_an_account_an_account_and_a_sender_are_counted_apart():
    here = Guard("s", "192.0.2.1").counters(BOB)
    there = Guard("s", "192.0.2.2").counters(BOB)
    other = Guard("s", "192.0.2.1").counters("eve@example.org")
    assert [one.limit for one in here] == [LIMIT, ACCOUNT_LIMIT, SENDER_LIMIT]
    assert [a.key == b.key for a, b in zip(here, there, strict=True)] == [False, True, False]
    assert [a.key == b.key for a, b in zip(here, other, strict=True)] == [False, False, True]


def test_a_known_browser_shares_no_counter_with_anybody():
    known = Guard("s", "192.0.2.1", "a-browser", frozenset({(7, 1)}))
    assert known.knows(7, 1)
    assert not known.knows(7, 2), "a new epoch forgets the browser"
    assert not known.knows(8, 1)
    assert not Guard("s", "192.0.2.1", "", frozenset({(7, 1)})).knows(7, 1)
    (own,) = known.counters(BOB, known=True)
    assert own.key not in keys(known.counters(BOB))
    assert own.limit == LIMIT


def test_asking_for_a_link_counts_for_the_sender_whatever_is_typed():
    assert Guard("s", "192.0.2.1").asking() != Guard("s", "192.0.2.2").asking()
    assert len(Guard("s", "192.0.2.1").asking()) == 1


def test_a_whole_ipv6_network_is_one_sender():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2")
    assert network_of("2001:db8::1") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("unknown") == "unknown"


def test_the_wait_is_told_in_minutes():
    assert wait_words(timedelta(seconds=61)).startswith("Too many tries. Try again in 2 minutes,")
    assert wait_words(timedelta(seconds=3)).startswith("Too many tries. Try again in 1 minute,")
