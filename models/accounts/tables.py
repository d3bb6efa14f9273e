"""Users, their regions, sessions, single-use links and the sign-in throttle."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, text
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.roles import Permit, Role, permits_of
from models.base import Base
from models.kinds import Id, Json, UtcDateTime, internal, personal

ROLE_LIST = ",".join(f"'{role.value}'" for role in Role)

PROPOSED = {
    "add": "{name} <{email}> gets an account as {role}.",
    "change": "{name} <{email}> becomes {role}.",
    "enable": "{name} <{email}> may sign in again as {role}.",
    "link": "{name} <{email}>, {role}, gets a new link to set a password.",
}

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


class UserProposal(Base):
    """What somebody proposes about an account that checks others: it counts once another agrees.

    One waits for an address at a time. `name`, `role` and `region_ids` are what is proposed; of an
    account that is there, a link or an enabling, they are as they stand.
    """

    __tablename__ = "user_proposal"
    __table_args__ = (
        CheckConstraint("what in ('add','change','enable','link')", name="what"),
        CheckConstraint(f"role in ({ROLE_LIST})", name="role"),
        CheckConstraint("state in ('waiting','agreed','refused','withdrawn')", name="state"),
        CheckConstraint("what = 'add' or user_id is not null", name="user"),
        CheckConstraint("(state = 'waiting') = (decided_by_id is null)", name="decided"),
        CheckConstraint("state <> 'agreed' or decided_by_id <> proposed_by_id", name="two"),
        Index(
            "uq_user_proposal_waiting",
            "email",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    what: Mapped[str] = internal(String(10))
    user_id: Mapped[int | None] = internal(ForeignKey("user.id"), index=True)
    email: Mapped[str] = personal(String(254))
    name: Mapped[str] = personal(String(120))
    role: Mapped[Role] = internal(String(30))
    region_ids: Mapped[list[int]] = internal(Json)
    state: Mapped[str] = internal(String(10), default="waiting", index=True)
    proposed_by_id: Mapped[int] = internal(ForeignKey("user.id"))
    proposed_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def words(self) -> str:
        """What is proposed, as one sentence."""
        return PROPOSED[self.what].format(
            name=self.name, email=self.email, role=Role(self.role).label
        )


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
