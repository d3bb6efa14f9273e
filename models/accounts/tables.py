"""Users, their regions, sessions, single-use links and the sign-in throttle."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.roles import Permit, Role, permits_of
from models.base import Base
from models.kinds import Id, UtcDateTime, internal, personal

ROLE_LIST = ",".join(f"'{role.value}'" for role in Role)

user_region = Table(
    "user_region",
    Base.metadata,
    Column("user_id", ForeignKey("user.id"), primary_key=True, info={"class": "internal"}),
    Column(
        "region_id", ForeignKey("union_region.id"), primary_key=True, info={"class": "internal"}
    ),
)


class User(Base):
    """Somebody who signs in. `epoch` rises when password, role, region or state changes; a
    session of an older epoch has ended."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint(f"role in ({ROLE_LIST})", name="role"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    email: Mapped[str] = personal(String(254), unique=True)
    name: Mapped[str] = personal(String(120))
    role: Mapped[Role] = internal(String(30))
    password_hash: Mapped[str | None] = internal(Text)
    epoch: Mapped[int] = internal(default=1)
    shortcuts: Mapped[bool] = internal(default=True)
    disabled_at: Mapped[datetime | None] = internal(UtcDateTime)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    # Places stand above this room, so its class is named, not imported. Only whoever reads needs
    # the regions: an author's name beside a line is loaded without them.
    regions: Mapped[list[Any]] = relationship(
        "UnionRegion", secondary=user_region, order_by="UnionRegion.name"
    )

    # Flask-Login asks these four of whoever is signed in.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """False once disabled."""
        return self.disabled_at is None

    def get_id(self) -> str:
        """The id as text, as Flask-Login wants it."""
        return str(self.id)

    @property
    def region_ids(self) -> frozenset[int] | None:
        """The regions this user is held to, or None where the user sees all."""
        if Role(self.role) is not Role.REGIONAL_OFFICER and not self.regions:
            return None
        return frozenset(region.id for region in self.regions)

    @property
    def permits(self) -> frozenset[Permit]:
        """What this user may do; nothing at all once disabled."""
        return frozenset() if self.disabled_at else permits_of(Role(self.role))

    @property
    def role_label(self) -> str:
        """The role as the office says it."""
        return Role(self.role).label

    @property
    def scope_words(self) -> str:
        """The region scope in words, as the foot of the menu shows it."""
        if self.region_ids is None:
            return "All regions"
        return ", ".join(region.name for region in self.regions) or "No region yet"


class SignInSession(Base):
    """One signed-in browser. The cookie holds the token; only its hash is stored."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = internal(Id, primary_key=True)
    token_hash: Mapped[str] = internal(String(64), unique=True)
    user_id: Mapped[int] = internal(ForeignKey("user.id"), index=True)
    epoch: Mapped[int] = internal()
    browser: Mapped[str | None] = personal(String(60))
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = internal(UtcDateTime)
    ended_at: Mapped[datetime | None] = internal(UtcDateTime)


class AccountLink(Base):
    """A signed link that works once: an invitation or a password reset."""

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint("purpose in ('invite','reset')", name="purpose"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    user_id: Mapped[int] = internal(ForeignKey("user.id"), index=True)
    purpose: Mapped[str] = internal(String(10))
    nonce_hash: Mapped[str] = internal(String(64), unique=True)
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = internal(UtcDateTime)
    used_at: Mapped[datetime | None] = internal(UtcDateTime)


class SignInAttempt(Base):
    """A failed sign-in, kept to slow guessing down: keyed digests, never the address itself."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = internal(Id, primary_key=True)
    key: Mapped[str] = internal(String(64), index=True)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now, index=True)
