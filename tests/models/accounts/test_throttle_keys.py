"""Keys of the throttle: they count, and tell nobody who tried."""

from datetime import timedelta

from models.accounts.throttle import Guard, network_of, wait_words


def test_keys_are_digests_that_depend_on_the_secret():
    one = Guard("secret-one", "192.0.2.1").keys("sign in", "bob@example.org")
    two = Guard("secret-two", "192.0.2.1").keys("sign in", "bob@example.org")
    assert len(set(one + two)) == 4
    assert all(len(key) == 64 and "bob" not in key for key in one + two)


def test_an_account_counts_the_same_from_every_address():
    here = Guard("s", "192.0.2.1").keys("sign in", "bob@example.org")
    there = Guard("s", "192.0.2.2").keys("sign in", "bob@example.org")
    assert here[0] == there[0]
    assert here[1] != there[1]


def test_a_whole_ipv6_network_is_one_sender():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2")
    assert network_of("2001:db8::1") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("unknown") == "unknown"


def test_the_wait_is_told_in_minutes():
    assert wait_words(timedelta(seconds=61)) == "Too many tries. Try again in 2 minutes."
    assert wait_words(timedelta(seconds=3)) == "Too many tries. Try again in 1 minute."
