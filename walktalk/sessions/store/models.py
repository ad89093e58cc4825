"""The tables: accounts, sign-ins, sessions, links, walks, photographs, the land, erasures."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, MetaData, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from walktalk.routes import Walk
from walktalk.sessions.store.moment import Moment
from walktalk.sessions.store.sealing import Sealed, SealedBytes
from walktalk.wording import METRIC

NAME_CHARACTERS = 254  # the longest address that mail can be sent to (RFC 5321)
FORM_KEY_CHARACTERS = 64
AREA_CHARACTERS = 200
DEVICE_CHARACTERS = 60
_HASH_CHARACTERS = 64  # SHA-256 in hexadecimal digits
_KEY_ID_CHARACTERS = 8
_KIND_CHARACTERS = 10
_SHOWS_CHARACTERS = 20
_FACT_CHARACTERS = 40
_ARGON2_CHARACTERS = 255
_DISTANCES_CHARACTERS = 10


class Base(DeclarativeBase):
    """Every table; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment}  # noqa: RUF012 - SQLAlchemy's own form


class Account(Base):
    """A counsellor who plans sessions.

    Attributes:
        name: what they sign in with, lower case; ``None`` until set up.
        password_hash: argon2id; ``None`` until set up.
        stamp: changes with the password, so that older sign-ins end.
        page_words: what every page a link opens says (sealed); ``None`` for the neutral ones.
        street_map: whether a street map lies behind walks, where the server has one.
        distances: the name of the units in which distances are said.
        keep_past_days: how long sessions that are over are kept; ``None`` until they are removed.
    """

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(_ARGON2_CHARACTERS))
    stamp: Mapped[UUID] = mapped_column(default=uuid4)
    page_words: Mapped[dict[str, str] | None] = mapped_column(
        "standing_words", Sealed("account.standing_words"), deferred=True
    )
    street_map: Mapped[bool] = mapped_column(default=False)
    distances: Mapped[str] = mapped_column(String(_DISTANCES_CHARACTERS), default=METRIC.name)
    keep_past_days: Mapped[int | None]
    created_at: Mapped[datetime]

    @property
    def is_set_up(self) -> bool:
        """Whether somebody can sign in with it."""
        return self.password_hash is not None


class SetupLink(Base):
    """A one-time way to choose an account's name and password; only the token's hash is kept."""

    __tablename__ = "setup_link"

    token_hash: Mapped[str] = mapped_column(String(_HASH_CHARACTERS), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    account: Mapped[Account] = relationship()


class SignIn(Base):
    """That an account is signed in on a device; only the token's hash is kept.

    Attributes:
        device: a coarse name of it.
        created_at: when the password was given first; the latest possible end counts from it.
        seen_at: when it was last used, to five minutes.
        proved_at: when the password was last given on it.
    """

    __tablename__ = "sign_in"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token_hash: Mapped[str] = mapped_column(String(_HASH_CHARACTERS), unique=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[str] = mapped_column(String(DEVICE_CHARACTERS))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


FROZEN = "planned_session.frozen"
"""What a session's copy of its walk is sealed for."""


class Binned(Base):
    """Something that an account keeps, and can put in a bin before it is erased.

    Attributes:
        deleted_at: when it was put in the bin; ``None`` while it is in use.
    """

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)


class PlannedSession(Binned):
    """A planned meeting with a frozen copy of its walk.

    Attributes:
        form_key: what the form that made it was sent with; the same form makes no second one.
        starts_at: when it begins.
        minutes: how long it lasts, everything included.
        area_id, area_name: the park, for the diary.
        place_name: where people meet, for the diary; ``""`` for a bare position.
        reference: the counsellor's own short reference (sealed).
        acceptance: how the counsellor answered for what is needed and unknown (sealed):
            ``{"how", "on", "checks"}``; ``None`` where nothing was said.
        frozen: the walk as it was told, whole, as plain values (sealed).
        sequence: how often date, time or state changed, for calendars.
        cancelled_at: when it was called off; ``None`` while it stands.
        moved_from: when it began before it was moved, if it was shared then: whoever opens its link
            is told once.
        opened: ``frozen`` and the walk made from it, once that was asked for; kept nowhere.
    """

    __tablename__ = "planned_session"
    __table_args__ = (Unique("account_id", "form_key"),)

    form_key: Mapped[str] = mapped_column(String(FORM_KEY_CHARACTERS))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    area_id: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    area_name: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    place_name: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    reference: Mapped[str] = mapped_column(Sealed("planned_session.reference"))
    acceptance: Mapped[dict[str, Any] | None] = mapped_column(Sealed("planned_session.acceptance"))
    frozen: Mapped[dict[str, Any]] = mapped_column(Sealed(FROZEN), deferred=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    moved_from: Mapped[datetime | None]
    opened = cast(tuple[dict[str, Any], Walk] | None, None)

    account: Mapped[Account] = relationship()
    links: Mapped[list["ShareLink"]] = relationship(
        back_populates="session",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ShareLink.created_at",
    )
    shown: Mapped[list["ShownPhotograph"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ShownPhotograph.shows"
    )


class ShareLink(Base):
    """The client's way in: the token itself is never kept, only what it can be told by.

    Attributes:
        share_id: the random value the token is made from, hexadecimal.
        token_hash: SHA-256 of the token's text, hexadecimal.
        key_id: the key the token was made with.
        extra_days: how many days after the walk's day it still opens.
        expires_at: when it stops opening; moves with the session.
        revoked_at: when it was taken back; final.
    """

    __tablename__ = "share_link"

    share_id: Mapped[str] = mapped_column(String(_HASH_CHARACTERS), primary_key=True)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("planned_session.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(_HASH_CHARACTERS), unique=True)
    key_id: Mapped[str] = mapped_column(String(_KEY_ID_CHARACTERS))
    extra_days: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    session: Mapped[PlannedSession] = relationship(back_populates="links")


class RecordedWalk(Binned):
    """A walk that a counsellor recorded, without anything that says who walked it.

    Attributes:
        area_id: the park it was laid on.
        name: how the counsellor calls it (sealed).
        kind: what kind of file it came from.
        path_ids: the area's paths it follows (sealed); empty where it has a line of its own.
        line: where it runs, as pairs of longitude and latitude (sealed).
        length_m: geodesic length of the line.
        share: how much of the recording lay on recorded paths, 0 to 1.
        median_m, p95_m: how far from them that part lay, metres.
        lowest_m, highest_m: metres above the sea, where the file said.
        heights_m: one for each point of the line, where the file said (sealed).
        recorded_on: the day, where the file said.
    """

    __tablename__ = "recorded_walk"

    area_id: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    name: Mapped[str] = mapped_column(Sealed("recorded_walk.name"))
    kind: Mapped[str] = mapped_column(String(_KIND_CHARACTERS))
    path_ids: Mapped[list[str]] = mapped_column(Sealed("recorded_walk.path_ids"))
    line: Mapped[list[tuple[float, float]]] = mapped_column(Sealed("recorded_walk.line"))
    length_m: Mapped[float]
    share: Mapped[float]
    median_m: Mapped[float]
    p95_m: Mapped[float]
    lowest_m: Mapped[float | None]
    highest_m: Mapped[float | None]
    heights_m: Mapped[list[float | None] | None] = mapped_column(Sealed("recorded_walk.heights_m"))
    recorded_on: Mapped[date | None]
    created_at: Mapped[datetime]


class Photograph(Binned):
    """A photograph of a place where people meet, or of a first turn, for whoever has to find it.

    Attributes:
        area_id, place_name: the park and the meeting place it was added for.
        shows: what it is of: ``"meeting-place"``, ``"first-turn"`` or ``"ground"``.
        spot: where that is, longitude and latitude (sealed); it is offered for walks that have
            it in the same spot. Nothing for the ground: what it belongs to says where.
        description: one sentence that says what is to be seen (sealed).
        image: a WebP file of nothing but pixels (sealed).
        width, height: its size in pixels.
        taken_on: the day it was taken.
        answer: what somebody saw on the ground that it belongs to; ``None`` for any other.
    """

    __tablename__ = "photograph"

    area_id: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    place_name: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    shows: Mapped[str] = mapped_column(String(_SHOWS_CHARACTERS))
    spot: Mapped[tuple[float, float] | tuple[()]] = mapped_column(Sealed("photograph.spot"))
    description: Mapped[str] = mapped_column(Sealed("photograph.description"))
    image: Mapped[bytes] = mapped_column(SealedBytes("photograph.image"), deferred=True)
    width: Mapped[int]
    height: Mapped[int]
    taken_on: Mapped[date]
    created_at: Mapped[datetime]
    answer: Mapped[UUID | None] = mapped_column(index=True, unique=True)


class ShownPhotograph(Base):
    """That a session's page shows a photograph: one of each thing that can be shown."""

    __tablename__ = "shown_photograph"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("planned_session.id", ondelete="CASCADE"), primary_key=True
    )
    shows: Mapped[str] = mapped_column(String(_SHOWS_CHARACTERS), primary_key=True)
    photograph_id: Mapped[UUID] = mapped_column(
        ForeignKey("photograph.id", ondelete="CASCADE"), index=True
    )

    photograph: Mapped[Photograph] = relationship()


class SeenOnTheGround(Base):
    """A fact of the ground that a counsellor saw there: everybody here plans with it.

    It has a day and no time, so that nobody can infer a meeting from it.

    Attributes:
        answer: what was recorded together, and is withdrawn together.
        number: the order in which they were sent.
        area_id, path_id: where; the path may have gone since.
        line: the stretch as a JSON list of pairs of longitude and latitude.
        from_m, to_m: metres from the path's first point.
        fact: its name in ``PathFacts``.
        value: what was seen, as JSON.
        seen_on: the day.
        account_id: who saw it; ``None`` once that account is gone.
        withdrawn: whether it was taken back.
        changes: how often it was taken back or put back.
    """

    __tablename__ = "seen_on_the_ground"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    answer: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]
    area_id: Mapped[str] = mapped_column(String(AREA_CHARACTERS), index=True)
    path_id: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    line: Mapped[str] = mapped_column(Text)
    from_m: Mapped[float]
    to_m: Mapped[float]
    fact: Mapped[str] = mapped_column(String(_FACT_CHARACTERS))
    value: Mapped[str] = mapped_column(String(AREA_CHARACTERS))
    seen_on: Mapped[date]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    changes: Mapped[int] = mapped_column(default=0)

    account: Mapped[Account | None] = relationship(lazy="joined")


class LandJob(Base):
    """Work on the land that takes its time: bringing in parks, measuring slopes.

    It names no meeting. Whoever works on it holds a lease, so that another goes on where one ends.

    Attributes:
        kind: what is to be done.
        asked: what with, as a JSON object.
        account_id: who asked; ``None`` once that account is gone.
        state: how far it is.
        open_key: the same for the same wish, until it has ended: it is worked on once.
        turn: 1 while somebody works on it, so that only one is worked on at a time.
        runner: who works on it.
        lease_until: when somebody else may go on with it.
        tries: how often somebody began with it.
        said: what is being done, or how it ended, as a sentence.
        found: what would change, as JSON; ``""`` until that is known.
    """

    __tablename__ = "land_job"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(_SHOWS_CHARACTERS))
    asked: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(_SHOWS_CHARACTERS))
    open_key: Mapped[str | None] = mapped_column(String(_HASH_CHARACTERS), unique=True)
    turn: Mapped[int | None] = mapped_column(unique=True)
    runner: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    said: Mapped[str] = mapped_column(Text, default="")
    found: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    account: Mapped[Account | None] = relationship(lazy="joined")


BINNED: tuple[type[Binned], ...] = (PlannedSession, Photograph, RecordedWalk)
"""Whatever is put in a bin and erased, and stays erased when a backup is put back."""


class Erasure(Base):
    """That a session, a photograph or a recorded walk was erased for good.

    A restore from backup erases it again.
    """

    __tablename__ = "erasure"

    erased_id: Mapped[UUID] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
