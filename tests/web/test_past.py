"""Past sessions on the pages: each is reached, found, written out and erased."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.sessions.walks import a_walk
from tests.web.desk import NOW, Desk, state_of
from walktalk.sessions import diary
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.models import Account, PlannedSession

NUMBER = 120


@pytest.fixture
def full(app: Flask, desk: Desk) -> Desk:
    """A desk with 120 past sessions, one a day until yesterday."""
    with state_of(app).write.begin() as db:
        account, walk = first_account(db), a_walk()
        for number in range(NUMBER):
            planned = diary.save_session(
                db, account, walk, form_key=f"{number}", reference=f"K{number}-", now=NOW
            )
            planned.starts_at = NOW - timedelta(days=number + 1)
    desk.get("/account")
    return desk


def kept(app: Flask) -> int:
    with state_of(app).write.begin() as db:
        return len(db.scalars(select(PlannedSession.id)).all())


def references(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"Reference: K(\d+)-", page)]


def test_every_past_session_is_reached_from_the_diary(full: Desk) -> None:
    start = full.get("/diary")
    assert f"All {NUMBER} past sessions" in start.text
    seen, address = [], "/diary/past"
    while address:
        page = full.get(address).text
        seen += references(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1] if older else ""
    assert seen == list(range(NUMBER))
    assert full.get("/diary/past?page=x").status_code == 200


def test_a_session_is_found_by_its_reference_and_no_word_stands_in_an_address(full: Desk) -> None:
    full.get("/diary/past")
    found = full.post("/diary/past/find", {"words": "k117-"})
    assert references(found.text) == [117]
    assert "117" not in found.request.full_path
    assert "No session found" in full.post("/diary/past/find", {"words": "nothing"}).text
    assert full.post("/diary/past/find", {"words": ""}).status_code == 422


def test_all_sessions_are_saved_as_a_table(full: Desk) -> None:
    table = full.get("/diary/sessions.csv")
    assert table.mimetype == "text/csv"
    assert len(table.text.splitlines()) == NUMBER + 1
    assert table.headers["Content-Disposition"] == 'attachment; filename="sessions.csv"'


def test_past_sessions_are_erased_from_before_a_day_once_it_is_said_how_many(
    app: Flask, full: Desk
) -> None:
    full.get("/diary/past")
    day = (NOW - timedelta(days=100)).date().isoformat()
    asked = full.post("/diary/past/erase", {"before": day})
    assert "20 sessions are from before" in asked.text
    assert kept(app) == NUMBER
    done = full.post("/diary/past/erase", full.form(asked, "/diary/past/erase"))
    assert "20 sessions are erased." in done.text
    assert kept(app) == NUMBER - 20
    again = full.post("/diary/past/erase", {"before": day})
    assert "There is no past session from before" in again.text


def test_how_long_past_sessions_stay_is_set_and_what_is_older_goes_once_that_is_said(
    app: Flask, full: Desk
) -> None:
    full.get("/diary/past")
    asked = full.post("/diary/past/keep", {"days": "30"})
    assert "90 sessions are from before" in asked.text
    assert kept(app) == NUMBER
    done = full.post("/diary/past/keep", full.form(asked, "/diary/past/keep"))
    assert (
        "Past sessions are kept for 30 days, then erased. 90 sessions are erased now." in done.text
    )
    assert kept(app) == NUMBER - 90
    with state_of(app).write.begin() as db:
        assert db.scalars(select(Account.keep_past_days)).one() == 30
    assert '<option selected value="30">' in done.text
    assert "until you erase them" in full.post("/diary/past/keep", {"days": ""}).text
    assert full.post("/diary/past/keep", {"days": "31"}).status_code == 422
