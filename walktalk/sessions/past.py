"""Sessions that are over, however many: page by page, found again, written out, erased by age.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from walktalk.routes.clock import LONDON
from walktalk.routes.words import date_in_words
from walktalk.sessions.diary import list_upcoming
from walktalk.sessions.removal import erase
from walktalk.sessions.store.models import Account, PlannedSession

PAGE = 50
"""How many sessions stand on a page."""

MOST_FOUND = 200
"""How many a search shows; more of them ask for another word."""

COLUMNS = ("date", "start", "minutes", "park", "meeting place", "reference", "state")
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class PastPage:
    """One page of the sessions that are over, the latest first.

    Attributes:
        sessions: at most 50.
        number: which page it is, from 1.
        pages: how many there are, at least 1.
        total: how many sessions are over.
    """

    sessions: Sequence[PlannedSession]
    number: int
    pages: int
    total: int


def list_past(db: Session, account: Account, now: datetime, *, page: int = 1) -> PastPage:
    """Return a page of the sessions that have ended; the last one for a page that is not there."""
    over = _is_over(db, account, now)
    total = db.scalar(select(func.count()).select_from(PlannedSession).where(*over)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(1, page), pages)
    query = _latest_first(select(PlannedSession).where(*over))
    found = db.scalars(query.limit(PAGE).offset((number - 1) * PAGE)).all()
    return PastPage(found, number, pages, total)


def find(db: Session, account: Account, words: str) -> list[PlannedSession]:
    """Return the sessions of a diary that have every one of some words, the latest first.

    Looked at are the reference, the park, the place and the day, as words and as figures:
    "pittville", "K7", "june 2026", "2026-06". What is in the bin is not found. References are
    sealed, so all sessions are read.
    """
    wanted = words.casefold().split()
    query = select(PlannedSession).where(*_is_kept(account))
    if not wanted:
        return []
    return [
        planned
        for planned in db.scalars(_latest_first(query))
        if all(word in _said_of(planned) for word in wanted)
    ]


def as_csv(db: Session, account: Account) -> str:
    """Return all of an account's sessions as a table, the latest first, the bin included.

    Needs and preferences are not in it: they stay on the counsellor's pages. What a spreadsheet
    would take for a formula begins with an apostrophe.
    """
    written = StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    query = select(PlannedSession).where(PlannedSession.account_id == account.id)
    for planned in db.scalars(_latest_first(query)):
        local = planned.starts_at.astimezone(LONDON)
        table.writerow(
            (
                f"{local:%Y-%m-%d}",
                f"{local:%H:%M}",
                planned.minutes,
                *map(_plain, (planned.area_name, planned.place_name, planned.reference)),
                _state(planned),
            )
        )
    return written.getvalue()


def count_older(db: Session, account: Account, before: datetime, now: datetime) -> int:
    """Return how many sessions are over that started before a moment, the bin included."""
    older = _is_older(db, account, before, now)
    return db.scalar(select(func.count()).select_from(PlannedSession).where(*older)) or 0


def erase_older(db: Session, account: Account, before: datetime, now: datetime) -> int:
    """Erase for good the sessions that are over and started before a moment; return how many."""
    rows = db.scalars(select(PlannedSession).where(*_is_older(db, account, before, now))).all()
    for planned in rows:
        erase(db, planned, now=now)
    return len(rows)


def _is_kept(account: Account) -> tuple[ColumnElement[bool], ...]:
    return PlannedSession.account_id == account.id, PlannedSession.deleted_at.is_(None)


def _is_over(db: Session, account: Account, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what a session that has ended meets; those under way are left out by their ids."""
    running = [planned.id for planned in list_upcoming(db, account, now)]
    over = PlannedSession.starts_at < now, PlannedSession.id.not_in(running)
    return *_is_kept(account), *over


def _is_older(
    db: Session, account: Account, before: datetime, now: datetime
) -> tuple[ColumnElement[bool], ...]:
    running = [planned.id for planned in list_upcoming(db, account, now)]
    return (
        PlannedSession.account_id == account.id,
        PlannedSession.starts_at < min(before, now),
        PlannedSession.id.not_in(running),
    )


def _latest_first(query: Select[PlannedSession]) -> Select[PlannedSession]:
    return query.order_by(PlannedSession.starts_at.desc(), PlannedSession.id)


def _said_of(planned: PlannedSession) -> str:
    local = planned.starts_at.astimezone(LONDON)
    day = f"{local:%Y-%m-%d} {date_in_words(local)}"
    said = (planned.reference, planned.area_name, planned.place_name, day)
    return " ".join(said).casefold()


def _state(planned: PlannedSession) -> str:
    if planned.deleted_at is not None:
        return "deleted"
    return "called off" if planned.cancelled_at is not None else ""


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_LOOKS_LIKE_A_FORMULA) else text
