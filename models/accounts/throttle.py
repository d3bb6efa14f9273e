"""How fast somebody may guess. Pure: keys and limits; the tries are counted in the database.

Only failed tries count, and a refused try is not one: so nobody is locked out for good, and a
password reset clears the account's tries.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

LIMIT = 10
WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Guard:
    """Who is trying: the secret key for the digests, and the network address of the browser."""

    secret: str
    address: str

    def keys(self, what: str, email: str) -> tuple[str, str]:
        """The counters of one try of `what`: one for the account, one for the network address.

        They are keyed digests: the table tells nobody who tried.
        """
        return (
            self._digest(f"{what} account {email}"),
            self._digest(f"{what} address {network_of(self.address)}"),
        )

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
    """What somebody is told who must wait."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return f"Too many tries. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
