"""Work on the land that takes its time: asked for, worked on by one at a time, decided about.

Whoever works on it holds a lease and renews it. Where a server ends in the middle, the lease ends
too, and the next one begins again; after three times the work has failed, and says so.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walktalk.sessions.errors import JobNotFound
from walktalk.sessions.store.models import Account, LandJob

Kind = Literal["park", "town", "ground", "file", "slopes"]
State = Literal["waiting", "working", "to decide", "agreed", "taking", "done", "failed", "dropped"]

WAITING: Mapping[str, State] = {"waiting": "working", "agreed": "taking"}
"""From what waits for somebody to work on it to what it is then."""

ENDED: tuple[State, ...] = ("done", "failed", "dropped")

LEASE = timedelta(seconds=60)
"""How long after the last sign of life another may go on; it is renewed three times in this."""

MOST_TRIES = 3
KEPT = timedelta(days=30)
"""So long work that has ended is listed, and work that nobody decides about is kept."""

_TURN = 1


def ask(
    db: Session, account: Account, kind: Kind, asked: Mapping[str, str], *, now: datetime
) -> tuple[LandJob, bool]:
    """Ask for work; return it, and whether it is new: the same wish is worked on once.

    Args:
        db: the transaction.
        account: who asks.
        kind: what is to be done.
        asked: what with.
        now: the present.
    """
    text = json.dumps(asked, sort_keys=True)
    key = sha256(f"{kind} {text.casefold()}".encode()).hexdigest()
    job = LandJob(
        id=uuid4(),
        kind=kind,
        asked=text,
        account_id=account.id,
        state="waiting",
        open_key=key,
        created_at=now,
        changed_at=now,
    )
    try:
        with db.begin_nested():
            db.add(job)
    except IntegrityError:  # somebody has the same wish
        there = db.scalars(select(LandJob).where(LandJob.open_key == key)).one_or_none()
        if there is None:
            raise
        return there, False
    return job, True


def get(db: Session, job_id: UUID) -> LandJob:
    """Return some work.

    Raises:
        JobNotFound: there is none of that id.
    """
    job = db.get(LandJob, job_id)
    if job is None:
        raise JobNotFound("There is no such work: perhaps it is over for a month.")
    return job


def asked_of(job: LandJob) -> dict[str, str]:
    """Return what some work was asked for with."""
    asked: dict[str, str] = json.loads(job.asked)
    return asked


def found_of(job: LandJob) -> dict[str, Any]:
    """Return what some work would change, nothing until that is known."""
    found: dict[str, Any] = json.loads(job.found) if job.found else {}
    return found


def list_all(db: Session) -> Sequence[LandJob]:
    """Return all work that is still told of, the newest first."""
    return db.scalars(select(LandJob).order_by(LandJob.created_at.desc(), LandJob.id)).all()


def is_wanted(db: Session) -> bool:
    """Whether there is anything to work on."""
    wanted = (*WAITING, *WAITING.values())
    return (
        db.scalars(select(LandJob.id).where(LandJob.state.in_(wanted)).limit(1)).first() is not None
    )


def claim(db: Session, runner: UUID, now: datetime) -> LandJob | None:
    """Take the oldest work that waits, or whose lease has ended; ``None`` where there is none.

    Only one is worked on at a time, whoever works: another server is asked one question at a time.
    """
    for late in db.scalars(
        select(LandJob)
        .where(LandJob.turn == _TURN, LandJob.lease_until < now)
        .with_for_update(of=LandJob, skip_locked=True)
    ):
        late.turn = late.runner = late.lease_until = None
        if late.tries >= MOST_TRIES:
            _end(late, "failed", f"The server stopped {MOST_TRIES} times in the middle of it.", now)
        else:
            late.state = "agreed" if late.state == "taking" else "waiting"
    db.flush()
    job = db.scalars(
        select(LandJob)
        .where(LandJob.state.in_(WAITING))
        .order_by(LandJob.created_at, LandJob.id)
        .limit(1)
        .with_for_update(of=LandJob, skip_locked=True)
    ).first()
    if job is None:
        return None
    try:
        with db.begin_nested():
            job.turn, job.runner, job.lease_until = _TURN, runner, now + LEASE
            job.state, job.tries = WAITING[job.state], job.tries + 1
    except IntegrityError:  # somebody works on another
        return None
    return job


def renew(db: Session, job_id: UUID, runner: UUID, now: datetime, said: str = "") -> bool:
    """Give a sign of life, and say what is being done; return whether to go on.

    It is not to go on where it was stopped, or where another has taken it.
    """
    values: dict[str, Any] = {"lease_until": now + LEASE}
    if said:
        values |= {"said": said, "changed_at": now}
    mine = update(LandJob).where(LandJob.id == job_id, LandJob.runner == runner)
    return bool(db.execute(mine.values(values).returning(LandJob.id)).all())


def release(
    db: Session,
    job_id: UUID,
    runner: UUID,
    state: State,
    said: str,
    *,
    now: datetime,
    found: Mapping[str, Any] | None = None,
) -> bool:
    """Put down what one worked on, with how it stands; return whether it was still one's own."""
    mine = select(LandJob).where(LandJob.id == job_id, LandJob.runner == runner)
    job = db.scalars(mine.with_for_update(of=LandJob)).one_or_none()
    if job is None:
        return False
    job.turn = job.runner = job.lease_until = None
    job.state, job.said, job.changed_at, job.tries = state, said, now, 0
    if found is not None:
        job.found = json.dumps(found)
    if state in ENDED:
        _end(job, state, said, now)
    return True


def agree(db: Session, job_id: UUID, now: datetime) -> bool:
    """Say that what was found is to be taken; return whether anybody was still asked."""
    asked = update(LandJob).where(LandJob.id == job_id, LandJob.state == "to decide")
    values = {"state": "agreed", "changed_at": now}
    return bool(db.execute(asked.values(values).returning(LandJob.id)).all())


def drop(db: Session, job_id: UUID, now: datetime) -> bool:
    """Stop work, whatever it stands at; return whether it had not ended yet.

    What is being taken at that moment is not stopped: it would be half taken.
    """
    query = select(LandJob).where(LandJob.id == job_id, LandJob.state.not_in((*ENDED, "taking")))
    job = db.scalars(query.with_for_update(of=LandJob)).one_or_none()
    if job is None:
        return False
    job.turn = job.runner = job.lease_until = None
    _end(job, "dropped", "It was stopped. Nothing was changed.", now)
    return True


def forget_old(db: Session, now: datetime) -> int:
    """Forget work that nobody has touched for a month; return how much that was."""
    old = delete(LandJob).where(LandJob.changed_at <= now - KEPT, LandJob.turn.is_(None))
    return len(db.execute(old.returning(LandJob.id)).all())


def _end(job: LandJob, state: State, said: str, now: datetime) -> None:
    job.state, job.said, job.changed_at, job.open_key = state, said, now, None
