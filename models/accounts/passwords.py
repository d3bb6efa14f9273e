"""What a password must be, and how it is kept. Pure: no session, no clock.

Hashing takes 40 ms and 19 MB on purpose, so that it is done before anybody writes.

Length is the only rule of form: no capitals, digits or signs are asked for. Refused are words that
everybody tries: a password counts only for what is left of it without them.
"""

import re
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.slow import slow

SHORTEST = 12
LONGEST = 1000
LEFT_OVER = 8  # characters that must remain once guessable parts are taken out
OWN_WORDS = ("hustings", "union", "labour", "gmb", "political", "office", "campaign", "councillor")

# The heads of the well-known lists of leaked passwords: whole words, keyboard rows, digit runs.
COMMON_WORDS = (
    "password passw0rd p@ssword p@ssw0rd passwort letmein welcome iloveyou sunshine princess "
    "football baseball superman batman starwars pokemon minecraft computer internet whatever "
    "trustno1 qwertyuiop qwertyui qwerty123 qwerty azerty asdfghjkl asdfgh zxcvbnm zxcvbn 1qaz2wsx "
    "qazwsxedc qazwsx 1q2w3e4r5t 1q2w3e4r 1q2w3e zaq12wsx abcdefghij abcdefgh abcdef abcd1234 "
    "abc123 1234567890 0123456789 0987654321 9876543210 123456789 987654321 12345678 87654321 "
    "1234567 123456 654321 12345 1234 monkey dragon master shadow michael jennifer jordan charlie "
    "liverpool arsenal chelsea everton manchester england scotland wales london newcastle "
    "changeme change default secret private access administrator admin root guest user login "
    "hello cheese chocolate summer winter spring autumn january february october november december "
    "monday friday jesus freedom flower solidarity workers tradeunion socialism socialist"
)
COMMON = frozenset(COMMON_WORDS.split())

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

# Checked where there is no account, so that an unknown address takes as long as a known one.
DECOY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "aHVzdGluZ3MtZGVjb3ktMQ$q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"
)


def hash_password(password: str) -> str:
    """The argon2id hash that is stored."""
    slow("a password is hashed")
    return HASHER.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """True if the password is the stored one; takes its time also where nothing is stored."""
    slow("a password is compared")
    try:
        HASHER.verify(stored or DECOY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """True if the hash was made with other costs than today's."""
    return HASHER.check_needs_rehash(stored)


def weakness(password: str, *, words: Iterable[str] = ()) -> str | None:
    """Why a password is refused, as a sentence; None if it is good.

    `words` are what is easily guessed about this person: name, e-mail address, regions.
    """
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four words in a row are easy to keep."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if _repeats(password.casefold()):
        return "This password repeats itself. Use something longer without a pattern."
    taken, left = _without(password.casefold(), _guessable(words))
    if taken and len(left) < LEFT_OVER:
        return f"“{taken}” is easily guessed. Add words that nobody would expect here."
    return None


def _repeats(text: str) -> bool:
    return any((text[:size] * len(text)).startswith(text) for size in range(1, 6))


def _guessable(words: Iterable[str]) -> list[str]:
    parts = {part for word in words for part in re.split(r"[\W_]+", word.casefold())}
    parts |= {word.casefold() for word in words}
    known = {part for part in parts if len(part) >= 3} | COMMON | set(OWN_WORDS)
    return sorted(known, key=lambda word: (-len(word), word))


def _without(text: str, guessable: list[str]) -> tuple[str, str]:
    """The first guessable part found, and what is left without any (years and signs count not)."""
    first = ""
    for part in guessable:
        if part in text:
            first = first or part
            text = text.replace(part, " ")
    left = re.sub(r"(19|20)\d\d", " ", text)
    return first, re.sub(r"[\W_]+", "", left)
