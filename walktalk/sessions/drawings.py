"""What people drew: kept, told to all who plan here, taken away with its answer.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

import json
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walktalk.parks import Area
from walktalk.parks.drawn import DRAWN, JOIN_M, LINES, POINTS, Drawing, path_along
from walktalk.parks.geodesy import length_m
from walktalk.routes import RequestError
from walktalk.sessions.observations import observation_of
from walktalk.sessions.store.models import AREA_CHARACTERS, Account, SeenOnTheGround

MOST_POINTS, MOST_DRAWN_M, FAR_M = 60, 3000.0, 300.0
"""How many points and metres a drawing may have, and how far from every path it may lie."""

_ID_CHARACTERS = 12


def draw(
    db: Session, account: Account, area: Area, drawing: Drawing, *, answer: UUID, today: date
) -> None:
    """Keep what somebody drew; the same answer sent again keeps no second one.

    Args:
        db: the transaction.
        account: who drew it.
        area: where.
        drawing: its kind, its line and its day.
        answer: new for each form shown.
        today: the present day.

    Raises:
        RequestError: no such kind, too few or too many points, a line too long, a place far from
            every path, or a day to come.
    """
    require_drawable(area, drawing, today)
    if db.scalars(select(SeenOnTheGround.id).where(SeenOnTheGround.answer == answer)).first():
        return
    number = (db.scalar(select(func.max(SeenOnTheGround.number))) or 0) + 1
    row = SeenOnTheGround(
        id=uuid5(answer, DRAWN),
        answer=answer,
        number=number,
        area_id=area.id[:AREA_CHARACTERS],
        path_id="",
        line=json.dumps(drawing.line),
        from_m=0.0,
        to_m=0.0,
        fact=DRAWN,
        value=json.dumps(drawing.kind),
        seen_on=drawing.drawn_on,
        account_id=account.id,
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:  # the same answer, sent twice at once: the other one came first
        if db.get(SeenOnTheGround, row.id) is None:
            raise


def require_drawable(area: Area, drawing: Drawing, today: date) -> None:
    """Let only pass what belongs to an area.

    Raises:
        RequestError: says what is accepted.
    """
    if drawing.kind not in (*LINES, *POINTS):
        raise RequestError("kind", f"one of {', '.join((*LINES, *POINTS))}")
    least, most = (2, MOST_POINTS) if drawing.kind in LINES else (1, 1)
    if not least <= len(drawing.line) <= most:
        accepted = f"{least} to {most} points" if most > 1 else "one point"
        raise RequestError("line", accepted)
    if any(area.network.snap(point).distance_m > FAR_M for point in drawing.line):
        raise RequestError("line", f"points at most {FAR_M:.0f} m from this area's paths")
    if length_m(drawing.line) > MOST_DRAWN_M:
        raise RequestError("line", f"a line of at most {MOST_DRAWN_M / 1000:g} km")
    if drawing.kind == "gate" and area.network.snap(drawing.line[0]).distance_m > JOIN_M:
        raise RequestError("line", "a point on a path: a gate stands on one")
    if drawing.kind == "mended" and path_along(area, drawing.line) is None:
        raise RequestError("line", "a line from one end of a path to its other end")
    if drawing.drawn_on > today:
        raise RequestError("drawn_on", "a day that is not to come")


def drawings_of(db: Session, area_id: str) -> tuple[Drawing, ...]:
    """Return what people drew in an area and did not take back, in the order of drawing."""
    query = select(SeenOnTheGround).where(
        SeenOnTheGround.area_id == area_id,
        SeenOnTheGround.withdrawn.is_(False),
        SeenOnTheGround.fact == DRAWN,
    )
    rows = db.scalars(query.order_by(SeenOnTheGround.number, SeenOnTheGround.id))
    return tuple(map(drawing_of, rows))


def drawing_of(row: SeenOnTheGround) -> Drawing:
    """Return what a row holds that was drawn, without who drew it."""
    seen = observation_of(row)
    return Drawing(row.id.hex[:_ID_CHARACTERS], str(seen.value), seen.line, row.seen_on)
