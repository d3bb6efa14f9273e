"""What a password must be; no database needed."""

import pytest

from models.accounts.passwords import DECOY, HASHER, fits, hash_password, outdated, weakness

WORDS = ("Bob Birch", "bob@example.org", "North West & Irish")

GOOD = (
    "correct horse battery staple",
    "Labour zebra quilt oven",
    "839201749382",
    "🐙🦑🦐🦞🐚🐠🐟🐡🐬🦈🐳🐋",
    " leading and trailing spaces ",
    "ŵyau a chig moch heddiw",
    "x7" + "Qmz!ur" * 20 + "k3vb",
)
BAD = (
    "elevenchars",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabc",
    "password123456",
    "qwertyuiop123",
    "LabourUnion2026!",
    "GMB-political-office-2026",
    "bob.birch.2026",
    "North West 2026!",
    "example.org-bob1",
    "x" * 1001,
)


@pytest.mark.parametrize("password", GOOD)
def test_length_alone_makes_a_password_good(password):
    assert weakness(password, words=WORDS) is None


@pytest.mark.parametrize("password", BAD)
def test_short_patterned_or_guessable_passwords_are_refused_with_a_reason(password):
    assert weakness(password, words=WORDS)


def test_128_characters_are_taken():
    assert weakness("".join(chr(97 + i * 7 % 26) + str(i % 10) for i in range(64))) is None


def test_a_password_fits_only_exactly():
    stored = hash_password("spaced out secret ")
    assert fits(stored, "spaced out secret ")
    assert not fits(stored, "spaced out secret")
    assert not fits(stored, "Spaced out secret ")


def test_hashes_are_argon2id_with_todays_costs():
    stored = hash_password("a decent long password")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not outdated(stored)


def test_the_decoy_costs_what_a_real_hash_costs_and_fits_nothing():
    assert not HASHER.check_needs_rehash(DECOY)
    assert not fits(None, "anything at all")
    assert not fits(DECOY, "anything at all")
