"""What counsellors saw on the ground: recorded, told to all of them, taken back and put back.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walktalk.parks import Area, LonLat
from walktalk.parks.ageing import AGEING
from walktalk.parks.closures import CLOSED, read_closure
from walktalk.parks.drawn import DRAWN
from walktalk.parks.fact_schema import PathFacts
from walktalk.parks.model import FactValue
from walktalk.parks.observed import Observation, placed_on
from walktalk.routes import RequestError
from walktalk.sessions.errors import AnswerNotFound
from walktalk.sessions.recorded import ROUTE_PREFIX
from walktalk.sessions.store.models import AREA_CHARACTERS, Account, SeenOnTheGround

LEAST_WIDTH_M, MOST_WIDTH_M = 0.5, 20.0
"""Widths that are taken in, in metres: narrower nobody passes, wider is a slip of the unit."""

VISIBLE = (*(fact for fact in AGEING if fact in PathFacts.model_fields), CLOSED)
"""The facts of a path that a person can see there."""

_WIDTHS = frozenset({"width_m", "barrier_width_m"})


@dataclass(frozen=True)
class Seen:
    """What a person saw on some stretches of a walk.

    Attributes:
        fact: one of ``AGEING``.
        value: what was seen.
        stretches: where: each as a path's id, metres from its first point (from < to), and the
            line between as (longitude, latitude), along the path's own direction.
    """

    fact: str
    value: FactValue
    stretches: tuple[tuple[str, float, float, tuple[LonLat, ...]], ...]


def record(
    db: Session,
    account: Account,
    area: Area,
    seen: Sequence[Seen],
    *,
    answer: UUID,
    seen_on: date,
    today: date,
) -> None:
    """Keep what somebody saw; the same answer sent again keeps no second one.

    Args:
        db: the transaction.
        account: who saw it.
        area: as its file records it, without what people saw.
        seen: all of the answer.
        answer: new for each form shown, or for each entry that a phone sends.
        seen_on: the day.
        today: the present day.

    Raises:
        RequestError: a fact that nobody can see, a value of the wrong kind, an impossible width,
            a day to come, or one so long ago that it would tell nothing.
    """
    for each in seen:
        require_plausible(each.fact, each.value, seen_on, today)
    if db.scalars(select(SeenOnTheGround.id).where(SeenOnTheGround.answer == answer)).first():
        return
    number = (db.scalar(select(func.max(SeenOnTheGround.number))) or 0) + 1
    rows = [
        SeenOnTheGround(
            id=uuid5(answer, f"{each.fact} {place}"),
            answer=answer,
            number=number,
            area_id=area.id[:AREA_CHARACTERS],
            path_id=there.path_id,
            line=json.dumps(there.line),
            from_m=there.from_m,
            to_m=there.to_m,
            fact=each.fact,
            value=json.dumps(each.value),
            seen_on=seen_on,
            account_id=account.id,
        )
        for each in seen
        for place, there in enumerate(_placed(area, _unplaced(each, seen_on)))
    ]
    try:
        with db.begin_nested():
            db.add_all(rows)
    except IntegrityError:  # the same answer, sent twice at once: the other one came first
        if db.get(SeenOnTheGround, rows[0].id) is None:
            raise


def require_plausible(fact: str, value: FactValue, seen_on: date, today: date) -> None:
    """Let only pass what a person can have seen.

    Raises:
        RequestError: says what is accepted.
    """
    if fact not in VISIBLE:
        raise RequestError("fact", f"one of {', '.join(VISIBLE)}")
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    if fact in _WIDTHS and not (number and LEAST_WIDTH_M <= number <= MOST_WIDTH_M):
        raise RequestError(fact, f"metres from {LEAST_WIDTH_M:g} to {MOST_WIDTH_M:g}, such as 1.2")
    try:
        PathFacts.model_validate({fact: value})
    except ValidationError as error:
        raise RequestError(fact, f"another value than {value!r}") from error
    if fact == CLOSED and read_closure(str(value)) is None:
        raise RequestError(fact, "the first and the last day, in their order")
    if seen_on > today:
        raise RequestError("seen_on", "a day that is not to come")
    if fact in AGEING and today - seen_on > AGEING[fact].shown_for:
        oldest = today - AGEING[fact].shown_for + timedelta(days=1)
        raise RequestError("seen_on", f"a day from {oldest.isoformat()} on: this changes sooner")


def list_of(db: Session, area_id: str) -> tuple[Observation, ...]:
    """Return what was seen in an area and not taken back, in the order in which it was sent."""
    query = select(SeenOnTheGround).where(
        SeenOnTheGround.area_id == area_id,
        SeenOnTheGround.withdrawn.is_(False),
        SeenOnTheGround.fact != DRAWN,
    )
    rows = db.scalars(query.order_by(SeenOnTheGround.number, SeenOnTheGround.id))
    return tuple(map(observation_of, rows))


def version(db: Session) -> tuple[int, int]:
    """Return what is never the same again once anything was recorded, taken back or put back."""
    counted = select(func.count(), func.coalesce(func.sum(SeenOnTheGround.changes), 0))
    sent, changes = db.execute(counted.select_from(SeenOnTheGround)).one()
    return int(sent), int(changes)


def areas_told_of(db: Session) -> frozenset[str]:
    """Return the ids of the areas in which anybody recorded or drew anything."""
    return frozenset(db.scalars(select(SeenOnTheGround.area_id).distinct()))


def withdraw(db: Session, answer: UUID) -> None:
    """Take an answer back; it can be put back.

    Raises:
        AnswerNotFound: there is none.
    """
    _set_withdrawn(db, answer, withdrawn=True)


def put_back(db: Session, answer: UUID) -> None:
    """Put an answer back that was taken back.

    Raises:
        AnswerNotFound: there is none.
    """
    _set_withdrawn(db, answer, withdrawn=False)


def history(db: Session, area_id: str) -> Sequence[SeenOnTheGround]:
    """Return all that was ever seen in an area, the newest first, with who saw it.

    For counsellors only: whoever opens a link is told the day alone.
    """
    query = select(SeenOnTheGround).where(SeenOnTheGround.area_id == area_id)
    newest = query.order_by(
        SeenOnTheGround.seen_on.desc(), SeenOnTheGround.number.desc(), SeenOnTheGround.id
    )
    return db.scalars(newest).all()


def _set_withdrawn(db: Session, answer: UUID, *, withdrawn: bool) -> None:
    query = (
        select(SeenOnTheGround)
        .where(SeenOnTheGround.answer == answer)
        .with_for_update(of=SeenOnTheGround)
    )
    rows = db.scalars(query.execution_options(populate_existing=True)).all()
    if not rows:
        raise AnswerNotFound("There is no such answer: perhaps it was never sent.")
    for row in rows:
        if row.withdrawn != withdrawn:
            row.withdrawn = withdrawn
            row.changes += 1
    db.flush()


def _placed(area: Area, seen: list[Observation]) -> list[Observation]:
    """Return what was seen on the paths that are there today, and on recorded lines as it is.

    A recorded line belongs to whoever recorded it: only its id is kept, so that nothing tells
    others where it runs, and nothing does once it was erased.
    """
    own = [each for each in seen if each.path_id.startswith(ROUTE_PREFIX)]
    others = [each for each in seen if each not in own]
    return [*placed_on(area, others), *(replace(each, line=()) for each in own)]


def _unplaced(seen: Seen, seen_on: date) -> list[Observation]:
    return [
        Observation("", path_id, line, from_m, to_m, seen.fact, seen.value, seen_on)
        for path_id, from_m, to_m, line in seen.stretches
    ]


def observation_of(row: SeenOnTheGround) -> Observation:
    """Return what a row says, without who says it."""
    line = tuple((float(lon), float(lat)) for lon, lat in json.loads(row.line))
    return Observation(
        id=row.id.hex,
        path_id=row.path_id,
        line=line,
        from_m=row.from_m,
        to_m=row.to_m,
        fact=row.fact,
        value=json.loads(row.value),
        seen_on=row.seen_on,
    )
