"""Share links: making, moving, taking back and opening them.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, bindparam, select, type_coerce
from sqlalchemy.orm import Session, contains_eager, joinedload

from walktalk.routes import RequestError, Walk
from walktalk.routes.checks import check_walk
from walktalk.routes.clock import LONDON, end_of_day
from walktalk.routes.no_worse import with_shortcut_that_suits
from walktalk.routes.timetable import timetable
from walktalk.sessions import tokens
from walktalk.sessions.acceptance import (
    Answer,
    answered,
    require_answer,
    require_needs_kept,
)
from walktalk.sessions.diary import ends_at, frozen_walk, moved, touch
from walktalk.sessions.errors import SessionInThePast, SessionNotFound
from walktalk.sessions.opened import SharedWalk, public_walk
from walktalk.sessions.page_words import distances_of, page_words
from walktalk.sessions.photographs import shown_on
from walktalk.sessions.removal import hold
from walktalk.sessions.store.erasures import note_erasure, revocation_id
from walktalk.sessions.store.frozen import freeze, thaw
from walktalk.sessions.store.models import (
    FROZEN,
    Account,
    Photograph,
    PlannedSession,
    ShareLink,
    ShownPhotograph,
)
from walktalk.sessions.store.sealing import keyring_of, unseal

MAX_EXTRA_DAYS = 30

Glance = tuple[tuple[Any, ...], ...]
"""What tells whether anything of what a link opens has changed."""


def share(
    db: Session, planned: PlannedSession, *, extra_days: int = 0, now: datetime | None = None
) -> tuple[ShareLink, str]:
    """Return a session's open link with its token, made where there is none.

    The link opens until the end of the walk's day in Cheltenham, and moves with the session.
    Shared again, a session keeps its link, which then opens for as long as asked now.

    Args:
        db: the transaction.
        planned: the session.
        extra_days: how many days longer it opens, 0 to 30.
        now: the present moment, for tests.

    Raises:
        UnknownNotAccepted: something needed is unknown and nobody has answered for it.
        SessionInThePast: the link would have expired already.
        SessionNotFound: the session is in the bin.
        RequestError: ``extra_days`` is out of range.
    """
    now = now or datetime.now(UTC)
    if not 0 <= extra_days <= MAX_EXTRA_DAYS:
        raise RequestError("extra_days", f"0 to {MAX_EXTRA_DAYS} days")
    hold(db, planned)
    if planned.deleted_at is not None:
        raise SessionNotFound("This session is in the bin: put it back before sharing it.")
    require_answer(frozen_walk(planned), planned.acceptance)
    expires_at = _expiry(planned, extra_days)
    if expires_at <= now:
        raise SessionInThePast("This walk's day is over: a link for it would open nothing.")
    link, token = _living_link(db, planned) or _new_link(db, planned, now)
    link.extra_days, link.expires_at = extra_days, expires_at
    link.session = planned
    db.add(link)
    db.flush()
    return link, token


def token_of(db: Session, link: ShareLink) -> str | None:
    """Return a link's token again, for the counsellor; ``None`` when its key is gone."""
    key = keyring_of(db).find(link.key_id)
    return None if key is None else tokens.share_token(key.link, link.share_id)


def is_open(link: ShareLink, now: datetime) -> bool:
    """Whether a link opens at ``now``."""
    return link.revoked_at is None and now < link.expires_at and link.session.deleted_at is None


def revoke(db: Session, link: ShareLink, *, now: datetime | None = None) -> None:
    """Take a link back for good; the session can be shared again with a new one.

    A restore from backup takes it back again.
    """
    hold(db, link.session)
    if link.revoked_at is None:
        link.revoked_at = now or datetime.now(UTC)
        note_erasure(db, revocation_id(link.share_id), link.revoked_at)
        db.flush()


def open_link(db: Session, token: str, now: datetime) -> SharedWalk | None:
    """Return what a share token opens, or ``None``.

    Unknown, tampered, expired and revoked tokens, and those of a deleted session, are alike.
    A cancelled session opens and says so.
    """
    if not tokens.has_token_form(token):
        return None
    query = _WITH_ALL_THAT_IS_SHOWN.where(ShareLink.token_hash == tokens.token_hash(token))
    found = db.execute(query).unique().first()
    if found is None or not tokens.same_token(token_of(db, found[0]) or "", token):
        return None
    link, sealed = found
    if not is_open(link, now):
        return None
    keyring = keyring_of(db)
    return _seen(link.session, link.expires_at, lambda: thaw(unseal(keyring, sealed, FROZEN)))


def glance(db: Session, token: str, now: datetime) -> Glance | None:
    """Return what tells whether anything of what a token opens has changed, or ``None``.

    It is equal as long as ``open_link`` gives the same, and takes a small part of the time: what
    is sealed is not opened, and sealed anew is never the same. ``None`` where nothing opens.
    """
    if not tokens.has_token_form(token):
        return None
    known_by = {"token_hash": tokens.token_hash(token)}
    rows = db.connection().execute(_GLANCE, known_by).all()
    if not rows:
        return None
    share_id, key_id, expires_at, revoked_at, deleted_at = rows[0][:5]
    key = keyring_of(db).find(key_id)
    if key is None or not tokens.same_token(tokens.share_token(key.link, share_id), token):
        return None
    if revoked_at is not None or deleted_at is not None or now >= expires_at:
        return None
    return tuple(map(tuple, rows))


_GLANCE = (
    select(
        ShareLink.share_id,
        ShareLink.key_id,
        ShareLink.expires_at,
        ShareLink.revoked_at,
        PlannedSession.deleted_at,
        PlannedSession.id,
        PlannedSession.starts_at,
        PlannedSession.minutes,
        PlannedSession.sequence,
        PlannedSession.changed_at,
        PlannedSession.cancelled_at,
        PlannedSession.moved_from,
        type_coerce(Account.page_words, LargeBinary),
        Account.street_map,
        Account.distances,
        Photograph.id,
        Photograph.deleted_at,
        type_coerce(Photograph.description, LargeBinary),
        ShownPhotograph.shows,
    )
    .join(PlannedSession, ShareLink.session_id == PlannedSession.id)
    .join(Account, PlannedSession.account_id == Account.id)
    .outerjoin(ShownPhotograph, ShownPhotograph.session_id == PlannedSession.id)
    .outerjoin(Photograph, ShownPhotograph.photograph_id == Photograph.id)
    .where(ShareLink.token_hash == bindparam("token_hash"))
    .order_by(ShownPhotograph.shows)
)
"""All columns that what a link opens is made from but the walk, which changes with the sequence."""

_WITH_ALL_THAT_IS_SHOWN = (
    select(ShareLink, type_coerce(PlannedSession.frozen, LargeBinary))
    .join(ShareLink.session)
    .options(
        contains_eager(ShareLink.session).options(
            joinedload(PlannedSession.account, innerjoin=True).undefer(Account.page_words),
            joinedload(PlannedSession.shown).joinedload(ShownPhotograph.photograph),
        )
    )
)
"""A link with its session, the account and the photographs, and the walk still sealed."""


def preview(planned: PlannedSession) -> SharedWalk:
    """Return what a link to the session shows, for the counsellor, whether there is one or not."""
    walk = frozen_walk(planned)
    return _seen(planned, _expiry(planned, 0), lambda: walk)


def _seen(planned: PlannedSession, expires_at: datetime, opened: Callable[[], Walk]) -> SharedWalk:
    return SharedWalk(
        uid=tokens.calendar_uid(planned.id),
        starts_at=planned.starts_at.astimezone(LONDON),
        minutes=planned.minutes,
        cancelled=planned.cancelled_at is not None,
        sequence=planned.sequence,
        changed_at=planned.changed_at,
        expires_at=expires_at.astimezone(LONDON),
        moved_from=planned.moved_from and planned.moved_from.astimezone(LONDON),
        words=page_words(planned.account, planned.starts_at),
        thaw=lambda: public_walk(opened()),
        street_map=planned.account.street_map,
        distances=distances_of(planned.account),
        photographs=shown_on(planned),
    )


def reschedule(
    db: Session,
    planned: PlannedSession,
    at: datetime,
    *,
    unknown_accepted: Answer = "no",
    now: datetime | None = None,
) -> None:
    """Move a session, its findings for the new time and its links' expiry to ``at``.

    The way stays as it was told; timetable and findings are worked out again on the frozen land.
    A revoked link stays dead. A link that had expired opens again when the new day is to come.

    Args:
        db: the transaction.
        planned: the session.
        at: the new time.
        unknown_accepted: what the counsellor says about what is needed and unknown, where the
            new time makes something unknown that was not.
        now: the present moment, for tests.

    Raises:
        SessionInThePast: ``at`` has passed.
        NeedBroken: at the new time the walk breaks something the client needs.
        UnknownNotAccepted: at the new time something needed is unknown, the session is shared,
            and nobody has answered for it.
    """
    now = now or datetime.now(UTC)
    hold(db, planned)
    walk = at_new_time(planned, at, now=now)
    acceptance = answered(walk, unknown_accepted, now) or planned.acceptance
    if any(link.revoked_at is None for link in planned.links):
        require_answer(walk, acceptance)
        planned.moved_from = planned.starts_at
    planned.starts_at = at
    planned.frozen = freeze(walk)
    planned.acceptance = acceptance
    for link in planned.links:
        link.expires_at = _expiry(planned, link.extra_days)
    touch(db, planned, now)


def at_new_time(planned: PlannedSession, at: datetime, *, now: datetime | None = None) -> Walk:
    """Return a session's walk as it would be at ``at``; nothing is kept of it.

    Raises:
        SessionInThePast: ``at`` has passed.
        NeedBroken: at the new time the walk breaks something the client needs.
    """
    walk = _checked_again(moved(frozen_walk(planned), at, now or datetime.now(UTC)))
    require_needs_kept(walk)
    return walk


def _checked_again(walk: Walk) -> Walk:
    entries = timetable(walk.area, walk.request, walk.route)
    findings = check_walk(walk.area, walk.request, walk.route, entries)
    told = replace(walk.proposal, timetable=entries, findings=findings)
    return with_shortcut_that_suits(replace(walk, proposal=told))


def _living_link(db: Session, planned: PlannedSession) -> tuple[ShareLink, str] | None:
    for link in planned.links:
        token = token_of(db, link)
        if link.revoked_at is None and token is not None:
            return link, token
    return None


def _new_link(db: Session, planned: PlannedSession, now: datetime) -> tuple[ShareLink, str]:
    key = keyring_of(db).current
    share_id = tokens.new_share_id()
    token = tokens.share_token(key.link, share_id)
    link = ShareLink(
        share_id=share_id,
        session_id=planned.id,
        token_hash=tokens.token_hash(token),
        key_id=key.id,
        created_at=now,
    )
    return link, token


def _expiry(planned: PlannedSession, extra_days: int) -> datetime:
    return end_of_day(ends_at(planned), extra_days)
