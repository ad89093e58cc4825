"""What counsellors saw: kept once, told to all of them, taken back, never with a time."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import DateTime
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import an_area
from walktalk.parks.drawn import Drawing
from walktalk.routes import RequestError
from walktalk.sessions import drawings, observations
from walktalk.sessions.errors import AnswerNotFound
from walktalk.sessions.observations import Seen
from walktalk.sessions.seen_land import SeenLand
from walktalk.sessions.store.models import Account, SeenOnTheGround

AREA = an_area()
AREAS = {AREA.id: AREA}
TODAY = date(2026, 11, 24)
LINE = AREA.paths["way-1"].line


def seen(fact: str = "steps", value: str | float = "no", to_m: float = LINE.length_m) -> Seen:
    return Seen(fact, value, (("way-1", 0.0, to_m, LINE.cut(0.0, to_m)),))


def keep(
    db: Session, account: Account, *what: Seen, answer: UUID | None = None, on: date = TODAY
) -> UUID:
    answer = answer or uuid4()
    observations.record(
        db, account, AREA, what or (seen(),), answer=answer, seen_on=on, today=TODAY
    )
    return answer


def test_an_answer_sent_twice_is_kept_once(
    factory: sessionmaker[Session], account: Account
) -> None:
    answer = uuid4()
    for _ in range(2):
        with factory.begin() as db:
            keep(db, account, seen(), seen("firm", "yes"), answer=answer)
    with factory.begin() as db:
        assert [each.fact for each in observations.list_of(db, AREA.id)] in (
            ["steps", "firm"],
            ["firm", "steps"],
        )
        assert observations.list_of(db, "elsewhere") == ()


def test_an_answer_taken_back_is_gone_from_the_land_and_comes_back_whole(
    factory: sessionmaker[Session], account: Account
) -> None:
    land = SeenLand(lambda: AREAS, factory)
    assert land.on(TODAY)[AREA.id] is AREA
    with factory.begin() as db:
        answer = keep(db, account, seen(value="no", to_m=300.0))
    known = land.on(TODAY)[AREA.id]
    assert {path.facts.get("steps") for path in known.paths.values()} == {"no", None}
    assert land.on(TODAY)[AREA.id] is known
    with factory.begin() as db:
        observations.withdraw(db, answer)
        observations.withdraw(db, answer)
    assert land.on(TODAY)[AREA.id] is AREA
    with factory.begin() as db:
        assert [row.withdrawn for row in observations.history(db, AREA.id)] == [True]
        observations.put_back(db, answer)
    assert land.on(TODAY)[AREA.id].paths == known.paths


def test_of_two_counsellors_who_contradict_each_other_the_newer_wins_and_both_are_kept(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        keep(db, account, seen(value="yes"), on=TODAY)
        keep(db, account, seen(value="no"), on=date(2026, 11, 1))
    paths = SeenLand(lambda: AREAS, factory).on(TODAY)[AREA.id].paths
    assert paths["way-1"].facts["steps"] == "yes"
    with factory.begin() as db:
        told = [(row.value, row.account_id) for row in observations.history(db, AREA.id)]
    assert told == [('"yes"', account.id), ('"no"', account.id)]


@pytest.mark.parametrize(
    ("what", "on", "accepted"),
    [
        (seen("width_m", 0.3), TODAY, "metres from 0.5 to 20"),
        (seen("width_m", 30.0), TODAY, "metres from 0.5 to 20"),
        (seen("barrier_width_m", 0.3), TODAY, "metres from 0.5 to 20"),
        (seen("width_m", "wide"), TODAY, "metres from 0.5 to 20"),
        (seen("width_m", True), TODAY, "metres from 0.5 to 20"),
        (seen("steps", 3.0), TODAY, "another value"),
        (seen("steps", "perhaps"), TODAY, "another value"),
        (seen("gradient_pct", 3.0), TODAY, "one of steps"),
        (seen("ghosts", "yes"), TODAY, "one of steps"),
        (seen(), date(2026, 11, 25), "not to come"),
        (seen("mud", "yes"), date(2026, 10, 1), "a day from"),
    ],
)
def test_what_nobody_can_have_seen_is_refused_with_what_is_accepted(
    factory: sessionmaker[Session], account: Account, what: Seen, on: date, accepted: str
) -> None:
    with factory.begin() as db:
        with pytest.raises(RequestError, match=accepted):
            keep(db, account, seen(), what, on=on)
        assert observations.list_of(db, AREA.id) == ()


def test_an_answer_that_was_never_sent_cannot_be_taken_back(
    factory: sessionmaker[Session],
) -> None:
    with factory.begin() as db, pytest.raises(AnswerNotFound):
        observations.withdraw(db, uuid4())


def test_nothing_that_is_kept_of_an_observation_has_a_time_of_day() -> None:
    columns = SeenOnTheGround.__table__.columns
    assert not any(isinstance(column.type, DateTime) or "_at" in column.name for column in columns)


def test_a_drawing_is_kept_once_laid_over_the_land_and_taken_away_with_its_answer(
    factory: sessionmaker[Session], account: Account
) -> None:
    land = SeenLand(lambda: AREAS, factory)
    answer, place = uuid4(), LINE.point_at(10.0)
    bench = Drawing("shown", "bench", (place,), TODAY)
    for _ in range(2):
        with factory.begin() as db:
            drawings.draw(db, account, AREA, bench, answer=answer, today=TODAY)
    for known in (land.on(TODAY)[AREA.id], land.laid_over(AREA, TODAY)):
        (drawn,) = [each for each in known.places.values() if each.id.startswith("drawn-")]
        assert drawn.position == pytest.approx(place)
    with factory.begin() as db:
        assert observations.list_of(db, AREA.id) == ()
        observations.withdraw(db, answer)
    assert land.on(TODAY)[AREA.id] is AREA
