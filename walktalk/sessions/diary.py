"""The diary: planned sessions, each with a frozen copy of its walk.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walktalk.routes import RequestError, Walk
from walktalk.routes.clock import LONDON
from walktalk.sessions.acceptance import Answer, answered
from walktalk.sessions.errors import AlreadyErased, SessionInThePast, SessionNotFound
from walktalk.sessions.removal import hold
from walktalk.sessions.store.erasures import is_erased
from walktalk.sessions.store.frozen import freeze, thaw
from walktalk.sessions.store.models import (
    AREA_CHARACTERS,
    FORM_KEY_CHARACTERS,
    Account,
    PlannedSession,
)
from walktalk.sessions.typed import accepted_line

REFERENCE_CHARACTERS = 40  # room for a number or initials, not for a story


def save_session(
    db: Session,
    account: Account,
    walk: Walk,
    *,
    form_key: str,
    reference: str = "",
    unknown_accepted: Answer = "no",
    now: datetime | None = None,
) -> PlannedSession:
    """Keep a planned session with a frozen copy of ``walk``; the same form sent again keeps one.

    Args:
        db: the transaction.
        account: whose diary it goes into.
        walk: the walk chosen; its request says when.
        form_key: what the form was sent with, 1 to 64 characters, new for each form shown.
        reference: the counsellor's own short reference, at most 40 characters.
        unknown_accepted: what the counsellor says about what is needed and unknown; ``"no"``
            keeps the session but does not let it be shared.
        now: the present moment, for tests.

    Raises:
        RequestError: no date and time, an unusable form key or too long a reference.
        SessionInThePast: the session would start in the past.
        AlreadyErased: what this form kept was erased for good.
    """
    earlier = _by_form(db, account, _accepted_form_key(form_key))
    if earlier is not None:
        return earlier
    session_id = _id_of(account, form_key)
    if is_erased(db, session_id):
        raise AlreadyErased
    now = now or datetime.now(UTC)
    starts_at = _future(walk.request.at, now)
    planned = PlannedSession(
        id=session_id,
        account_id=account.id,
        form_key=form_key,
        starts_at=starts_at,
        minutes=walk.request.minutes,
        area_id=walk.area.id[:AREA_CHARACTERS],
        area_name=walk.area.name[:AREA_CHARACTERS],
        place_name=(walk.meeting_place.name if walk.meeting_place else "")[:AREA_CHARACTERS],
        reference=accepted_reference(reference),
        acceptance=answered(walk, unknown_accepted, now),
        frozen=freeze(walk),
        sequence=0,
        created_at=now,
        changed_at=now,
    )
    try:
        with db.begin_nested():
            db.add(planned)
    except IntegrityError:  # the same form, sent twice at once: the other one came first
        earlier = _by_form(db, account, form_key)
        if earlier is None:
            raise
        return earlier
    return planned


def get(db: Session, account: Account, session_id: UUID) -> PlannedSession:
    """Return a session of this account's diary, the bin included.

    Raises:
        SessionNotFound: there is none, or it belongs to another account.
    """
    planned = db.get(PlannedSession, session_id)
    if planned is None or planned.account_id != account.id:
        raise SessionNotFound("There is no such session in your diary.")
    return planned


def frozen_walk(planned: PlannedSession) -> Walk:
    """Return the walk as it was told, whatever the library says today."""
    frozen = planned.frozen
    if planned.opened is None or planned.opened[0] is not frozen:
        planned.opened = frozen, thaw(frozen)
    return planned.opened[1]


def list_upcoming(db: Session, account: Account, now: datetime) -> Sequence[PlannedSession]:
    """Return the sessions that have not ended, the next one first, cancelled ones included."""
    # One that ends later than now started less than the longest session's time ago.
    started = select(PlannedSession).where(
        PlannedSession.account_id == account.id,
        PlannedSession.deleted_at.is_(None),
        PlannedSession.starts_at > now - _LONGEST_SESSION,
    )
    found = db.scalars(started.order_by(PlannedSession.starts_at)).all()
    return [planned for planned in found if ends_at(planned) > now]


def ends_at(planned: PlannedSession) -> datetime:
    """Return when a session ends."""
    return planned.starts_at + timedelta(minutes=planned.minutes)


def set_reference(db: Session, planned: PlannedSession, reference: str) -> None:
    """Change the counsellor's own short reference.

    Raises:
        RequestError: it is longer than 40 characters.
    """
    accepted = accepted_reference(reference)
    hold(db, planned)
    planned.reference = accepted
    db.flush()


def accept_unknown(
    db: Session, planned: PlannedSession, answer: Answer, *, now: datetime | None = None
) -> None:
    """Keep what the counsellor says, today, about what is needed and unknown."""
    hold(db, planned)
    planned.acceptance = answered(frozen_walk(planned), answer, now or datetime.now(UTC))
    db.flush()


def take_over(
    db: Session, planned: PlannedSession, walk: Walk, *, now: datetime | None = None
) -> None:
    """Keep a session's walk as it is known now in place of its frozen copy."""
    hold(db, planned)
    planned.frozen = freeze(walk)
    touch(db, planned, now or datetime.now(UTC))


def is_soon_or_now(db: Session, account: Account, now: datetime) -> bool:
    """Whether a session of the account begins within an hour, or is under way.

    Checking a walk is for walks alone: it is not offered then.
    """
    query = select(PlannedSession).where(
        PlannedSession.account_id == account.id,
        PlannedSession.deleted_at.is_(None),
        PlannedSession.cancelled_at.is_(None),
        PlannedSession.starts_at > now - _LONGEST_SESSION,
        PlannedSession.starts_at <= now + _ALONE_BEFORE,
    )
    return any(ends_at(planned) > now for planned in db.scalars(query))


def cancel(db: Session, planned: PlannedSession, *, now: datetime | None = None) -> None:
    """Call a session off; its links go on opening and say so."""
    hold(db, planned)
    if planned.cancelled_at is None:
        now = now or datetime.now(UTC)
        planned.cancelled_at = now
        touch(db, planned, now)


def uncancel(db: Session, planned: PlannedSession, *, now: datetime | None = None) -> None:
    """Take a cancellation back."""
    hold(db, planned)
    if planned.cancelled_at is not None:
        planned.cancelled_at = None
        touch(db, planned, now or datetime.now(UTC))


def touch(db: Session, planned: PlannedSession, now: datetime) -> None:
    """Note that a session's date, time or state changed, so that calendars take it over."""
    planned.sequence += 1
    planned.changed_at = now
    db.flush()


def moved(walk: Walk, at: datetime, now: datetime) -> Walk:
    """Return ``walk`` asked for at another time, its proposal untouched.

    Raises:
        SessionInThePast: ``at`` has passed.
    """
    return replace(walk, request=replace(walk.request, at=_future(at, now)))


def _future(at: datetime | None, now: datetime) -> datetime:
    if at is None or at.tzinfo is None:
        raise RequestError("at", "a date and time, in Cheltenham's local time")
    local = at.astimezone(LONDON)
    if at <= now:
        raise SessionInThePast(
            f"{local:%H:%M} on {local.day} {local:%B %Y} has passed: choose a time to come."
        )
    if at > now + _FARTHEST_AHEAD:
        raise RequestError("at", "a date within the next two years")
    return at


def _by_form(db: Session, account: Account, form_key: str) -> PlannedSession | None:
    query = select(PlannedSession).where(
        PlannedSession.account_id == account.id, PlannedSession.form_key == form_key
    )
    return db.scalars(query).first()


def _id_of(account: Account, form_key: str) -> UUID:
    """Return the id that a form's session has, so that it is known even when it is erased."""
    digest = sha256(account.id.bytes + form_key.encode()).digest()
    return UUID(bytes=digest[: len(account.id.bytes)])


def _accepted_form_key(form_key: str) -> str:
    if not 1 <= len(form_key) <= FORM_KEY_CHARACTERS or not form_key.isprintable():
        raise RequestError("form_key", f"1 to {FORM_KEY_CHARACTERS} characters")
    return form_key


def accepted_reference(reference: str) -> str:
    """Return the counsellor's own short reference as it is kept.

    Raises:
        RequestError: it is longer than 40 characters, or holds some that cannot be shown.
    """
    return accepted_line("reference", reference, REFERENCE_CHARACTERS)


_FARTHEST_AHEAD = timedelta(days=2 * 366)
_ALONE_BEFORE = timedelta(hours=1)
_LONGEST_SESSION = timedelta(minutes=120)  # the contract's longest request
