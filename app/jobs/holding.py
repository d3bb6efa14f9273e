"""Who carries out what. A hold is in the database's own hands, so it ends with whoever had it.

With PostgreSQL many workers share the outbox, and each holds the rows that it is at. With SQLite
one worker works, and others stand by.
"""

import sqlite3
from hashlib import blake2b

import sqlalchemy as sa

from app.private import keep_private
from app.settings import Settings

TAKE = sa.text("select pg_try_advisory_lock(:key)")
SHARE = sa.text("select pg_try_advisory_lock_shared(:key)")
GIVE_BACK = sa.text("select pg_advisory_unlock(:key)")
# A machine that lost its power says nothing: its holds end once it was quiet for 25 seconds.
NOTICE_SILENCE = sa.text(
    "select current_schema(), set_config('tcp_keepalives_idle', '10', false), "
    "set_config('tcp_keepalives_interval', '5', false), "
    "set_config('tcp_keepalives_count', '3', false)"
)


class FileHolds:
    """On one machine: whoever has an exclusive transaction on a small file holds everything."""

    def __init__(self, settings: Settings) -> None:
        path = settings.folder / "worker.lock"
        keep_private(path)
        self.file = sqlite3.connect(path, timeout=0, isolation_level=None)

    alone = True

    def begin(self) -> bool:
        """Begin to work; False where somebody else does, because here one is always alone."""
        try:
            self.file.execute("begin exclusive")
        except sqlite3.OperationalError:
            return False
        return True

    def let_others_in(self) -> None:
        """Nobody else may come."""

    def take(self, _name: str) -> bool:
        """True: it is ours with all the rest."""
        return True

    def give_back(self, _name: str) -> None:
        """Nobody else may have it all the same."""

    def check(self) -> None:
        """The operating system keeps the file ours until the process ends."""

    def end(self) -> None:
        """Let another process work."""
        self.file.close()


class ServerHolds:
    """With PostgreSQL: advisory locks of one connection, for one thread of any machine.

    A name is taken once before it is given back: whoever has it would be given it again.
    """

    def __init__(self, settings: Settings) -> None:
        engine = sa.create_engine(settings.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        self.server = engine.connect()
        self.schema = self.server.execute(NOTICE_SILENCE).scalar_one()

    def begin(self) -> bool:
        """Begin to work, alone where nobody else does; False while another wants to be alone."""
        self.alone = self._ask(TAKE, "workers")
        return self.alone or self._ask(SHARE, "workers")

    def let_others_in(self) -> None:
        """Be alone no longer."""
        if self.alone:
            self._ask(SHARE, "workers")
            self._ask(GIVE_BACK, "workers")
            self.alone = False

    def take(self, name: str) -> bool:
        """True if this is ours now, and nobody else's until it is given back."""
        return self._ask(TAKE, name)

    def give_back(self, name: str) -> None:
        """Let others have it."""
        self._ask(GIVE_BACK, name)

    def check(self) -> None:
        """Raise OperationalError where the connection, and with it all that it held, is gone."""
        self.server.execute(NOTICE_SILENCE)

    def end(self) -> None:
        """Give back everything."""
        self.server.close()

    def _ask(self, what: sa.TextClause, name: str) -> bool:
        words = f"hustings {self.schema} {name}".encode()
        key = int.from_bytes(blake2b(words, digest_size=8).digest(), signed=True)
        return bool(self.server.execute(what, {"key": key}).scalar_one())


Holds = FileHolds | ServerHolds


def holds_for(settings: Settings) -> Holds:
    """The holds that fit the database."""
    sqlite = settings.url.startswith("sqlite")
    return FileHolds(settings) if sqlite else ServerHolds(settings)
