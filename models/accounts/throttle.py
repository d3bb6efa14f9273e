"""How fast somebody may guess. Pure: counters and limits; the tries are counted in the database.

Only failed tries count, and a refused try is not one. A stranger's tries fill counters of strangers
only: a browser in which the account signed in before has one of its own, so nobody can keep a named
person out. See docs/decisions/0028.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)

LIMIT = 10  # one sender, or one known browser, at one account
ACCOUNT_LIMIT = 20  # all unknown browsers together, at one account
SENDER_LIMIT = 50  # one sender, at all accounts: an office may stand behind one address
ASKING_LIMIT = 20  # one sender, asking for links


@dataclass(frozen=True)
class Counter:
    """One count of tries: a keyed digest, which tells nobody who tried, and how many are let."""

    key: str
    limit: int


@dataclass(frozen=True)
class Guard:
    """Who is trying: the secret key for the digests, the network address, and the browser.

    `known` holds who signed in here before, as (user id, epoch): a new epoch forgets the browser.
    """

    secret: str
    address: str
    browser: str = ""
    known: frozenset[tuple[int, int]] = frozenset()

    def knows(self, user_id: int, epoch: int) -> bool:
        """True where this user signed in by this browser before, and was not signed out of all."""
        return bool(self.browser) and (user_id, epoch) in self.known

    def counters(self, email: str, *, known: bool = False) -> tuple[Counter, ...]:
        """The counters of one try to sign in; a known browser has its own and fills no other."""
        if known:
            return (Counter(self._digest(f"sign in browser {self.browser} {email}"), LIMIT),)
        sender = network_of(self.address)
        return (
            Counter(self._digest(f"sign in sender {sender} account {email}"), LIMIT),
            Counter(self._digest(f"sign in account {email}"), ACCOUNT_LIMIT),
            Counter(self._digest(f"sign in sender {sender}"), SENDER_LIMIT),
        )

    def asking(self) -> tuple[Counter, ...]:
        """The counter of whoever asks for a link: of the sender alone, whatever is typed."""
        return (Counter(self._digest(f"reset sender {network_of(self.address)}"), ASKING_LIMIT),)

    def _digest(self, text: str) -> str:
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that an IPv6 sender owns."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def wait_words(wait: timedelta) -> str:
    """What somebody is told who must wait: the same whoever they are, and whatever was typed."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return (
        f"Too many tries. Try again in {minutes} minute{'s' if minutes > 1 else ''}, or at once in "
        "a browser in which you signed in before."
    )
