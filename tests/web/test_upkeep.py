"""What the server does by itself, and what a monitor hears of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.web.desk import NOW, Desk, state_of
from walktalk.sessions.retention import BIN_DAYS
from walktalk.sessions.store.database import SQLITE_FILE
from walktalk.sessions.store.models import PlannedSession
from walktalk.web import upkeep
from walktalk.web.upkeep import Upkeep
from walktalk.web.writing import Writing


@pytest.fixture
def failing() -> Iterator[pytest.MonkeyPatch]:
    def fail(*_: Any) -> None:
        raise OSError("no space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upkeep, "purge_expired", fail)
        yield patch


def test_a_purge_that_fails_is_said_and_tried_again_within_the_hour(
    app: Flask, failing: pytest.MonkeyPatch
) -> None:
    monitor, paused = app.test_client(), list[float]()

    def pause(seconds: float) -> bool:
        paused.append(seconds)
        if len(paused) == 2:
            failing.undo()
        return len(paused) == 3

    mine = state_of(app).upkeep
    mine._pause = pause
    mine.run_once()
    answer = monitor.get("/readyz")
    assert (answer.status_code, "could not be erased" in answer.text) == (503, True)
    mine.run()
    assert paused == [3_600, 3_600, 86_400]
    assert monitor.get("/readyz").status_code == 200


def test_what_has_had_its_time_goes_by_itself(app: Flask, desk: Desk) -> None:
    address = desk.saved()
    desk.post(f"{address}/delete")
    later = datetime.now(UTC) + timedelta(days=BIN_DAYS)
    write = state_of(app).write
    Upkeep(write, lambda: later, lambda _: True).run()
    with write.begin() as db:
        assert db.query(PlannedSession).count() == 0


def test_a_monitor_hears_that_nothing_can_be_written(app: Flask) -> None:
    engine = state_of(app).write.kw["bind"]
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _read_only(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database cannot be written to\n")
    assert app.test_client().get("/healthz").status_code == 200


def test_a_monitor_hears_that_the_database_was_taken_away(app: Flask) -> None:
    (state_of(app).settings.home / SQLITE_FILE).unlink()
    assert app.test_client().get("/readyz").status_code == 503


def test_however_often_a_monitor_asks_the_disk_writes_once_in_five_seconds(app: Flask) -> None:
    written = list[str]()
    engine = state_of(app).write.kw["bind"]
    event.listen(engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    moments = [NOW + timedelta(seconds=second) for second in (0, 4, 5, 9)]
    writing = Writing(state_of(app).write, iter(moments).__next__)
    assert [writing.is_possible() for _ in moments] == [True] * 4
    assert sum(statement.startswith("UPDATE") for statement in written) == 2
