"""When to try again, and what an answer of a mail server means. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Verdict = Literal["done", "later", "failed", "uncertain"]

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# 1, 2, 4 ... minutes up to six hours: the last try comes about three days after the first.
MOST_TRIES = 20
# Work that ends its worker each time it is begun must not end workers for ever.
MOST_BEGINNINGS = 100


@dataclass(frozen=True)
class Outcome:
    """What came of one try; `because` is a sentence without personal data."""

    verdict: Verdict
    because: str | None = None


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: doubling from a minute, at most six hours."""
    doublings = min(max(tries, 1) - 1, 20)
    return min(FIRST_WAIT * float(2**doublings), LONGEST_WAIT)


def after_tries(outcome: Outcome, tries: int) -> Outcome:
    """The outcome, but `later` becomes `failed` once there were enough tries."""
    if outcome.verdict == "later" and tries >= MOST_TRIES:
        return Outcome("failed", f"{outcome.because or 'It did not work.'} Given up.")
    return outcome


def outcome_of_reply(code: int) -> Outcome:
    """What a mail server's reply code means for the letter it was given."""
    if 200 <= code < 300:
        return Outcome("done")
    if 400 <= code < 500:
        return Outcome("later", f"The mail server could not take it yet (answer {code}).")
    return Outcome("failed", f"The mail server refused it (answer {code}).")
