"""Pages and files of a link are made once: never stale, never another's, never without bound."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.web.desk import NOW, Desk, make_app, state_of
from tests.web.pseudo import speak_pseudo
from walktalk.sessions import diary, links, removal
from walktalk.sessions.opened import SharedWalk
from walktalk.sessions.page_words import set_distances, set_page_words
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.client import views
from walktalk.web.client.page import walk_page
from walktalk.web.made import BESIDE_BYTES, Made

PARTS = ("", "/print", "/map.js", "/keep.js", "/walk.gpx", "/walk.ics")
Act = Callable[[Session, PlannedSession], object]


def opened(app: Flask, link: str, coding: str = "br") -> dict[str, bytes]:
    browser = app.test_client()
    answers = {
        part: browser.get(link + part, headers={"Accept-Encoding": coding}) for part in PARTS
    }
    return {part: told(answer) for part, answer in answers.items()}


def told(answer: TestResponse) -> bytes:
    headers = sorted(line for line in answer.headers if line[0] != "Date")
    return f"{answer.status_code} {headers} {answer.data!r}".encode()


def made_anew(desk: Desk, home: Path, link: str) -> dict[str, bytes]:
    """What an application that has kept nothing answers."""
    return opened(make_app(home, now=state_of(desk.app).now()), link)


ACTS: dict[str, Act] = {
    "moved": lambda db, planned: links.reschedule(
        db, planned, planned.starts_at + timedelta(hours=1), now=NOW
    ),
    "called off": lambda db, planned: diary.cancel(db, planned, now=NOW),
    "not called off": lambda db, planned: diary.uncancel(db, planned, now=NOW),
    "in other words": lambda db, planned: set_page_words(db, planned.account, {"late": "I wait."}),
    "in miles": lambda db, planned: set_distances(db, planned.account, "miles"),
    "open longer": lambda db, planned: links.share(db, planned, extra_days=2, now=NOW),
    "with a street map": lambda db, planned: setattr(planned.account, "street_map", True),
}


@pytest.mark.slow
def test_what_is_kept_is_sent_again_until_anything_of_it_changes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = desk.shared()
    made: list[str] = []

    def counted(shared: SharedWalk, here: str) -> str:
        made.append(here)
        return walk_page(shared, here)

    monkeypatch.setattr(views, "walk_page", counted)
    before = opened(desk.app, link)
    assert opened(desk.app, link) == before
    assert opened(desk.app, link, coding="gzip, br")[""] == before[""]
    assert made == [link]
    for name, act in ACTS.items():
        with state_of(desk.app).write.begin() as db:
            act(db, db.scalars(select(PlannedSession)).one())
        after = opened(desk.app, link)
        assert after[""] != before[""] or after["/keep.js"] != before["/keep.js"], name
        assert after == made_anew(desk, tmp_path, link), name
        before = after


@pytest.mark.slow
def test_another_language_and_another_year_get_another_page(desk: Desk, tmp_path: Path) -> None:
    link = desk.shared()
    english = opened(desk.app, link)[""]
    speak_pseudo(desk.app, tmp_path / "pseudo")
    assert opened(desk.app, link)[""] != english
    times = [NOW]
    app = make_app(tmp_path)
    object.__setattr__(state_of(app), "now", lambda: times[-1])
    with state_of(app).write.begin() as db:
        planned = db.scalars(select(PlannedSession)).one()
        at = datetime(2027, 1, 1, 10, 0, tzinfo=UTC)
        links.reschedule(db, planned, at, now=NOW)
    assert "1 January 2027" in app.test_client().get(link).text
    times.append(at)
    assert "1 January 2027" not in app.test_client().get(link).text


@pytest.mark.slow
def test_two_links_never_get_what_was_made_for_the_other(desk: Desk) -> None:
    here, there = desk.shared(), desk.shared(time="14:00")
    assert here != there
    for _ in range(2):
        for mine, other in ((here, there), (there, here)):
            for answer in opened(desk.app, mine, coding="identity").values():
                assert other.encode() not in answer
            clock = "14:00" if mine == there else "10:00"
            assert clock in desk.app.test_client().get(mine).text


@pytest.mark.parametrize("end", ["revoke", "delete", "erase"])
@pytest.mark.slow
def test_a_link_that_is_dead_opens_nothing_that_was_kept_and_nothing_stays_kept(
    desk: Desk, end: str
) -> None:
    address = desk.saved()
    link = re.search(r"/w/[\w-]{22}", desk.post(f"{address}/share", {"answer": "checked"}).text)
    assert link is not None
    opened(desk.app, link[0])
    state = state_of(desk.app)
    assert min(state.made.bytes, state.walks.bytes) > 0
    with state_of(desk.app).write.begin() as db:
        planned = db.get_one(PlannedSession, UUID(address.rsplit("/", 1)[1]))
        if end == "revoke":
            links.revoke(db, planned.links[0], now=NOW)
        else:
            removal.delete(db, planned, now=NOW)
        if end == "erase":
            removal.erase(db, planned, now=NOW)
    browser = desk.app.test_client()
    answers = [browser.get(f"{link[0]}{part}") for part in PARTS]
    assert {answer.status_code for answer in answers} == {404}
    assert state.made.bytes == state.walks.bytes == 0


class Weight:
    def __init__(self, made: int, size: int) -> None:
        self.number, self.bytes = made, size


ASKED = st.tuples(st.sampled_from("abcd"), st.sampled_from("xy"), st.integers(0, 2))


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(ASKED, st.integers(0, 4000)), max_size=40), st.integers(0, 15_000))
def test_what_is_kept_stays_within_its_bound_and_is_always_what_was_asked_for(
    asked: list[tuple[tuple[str, str, int], int]], most: int
) -> None:
    made = Made(most_bytes=most)
    for (here, name, stamp), size in asked:
        number = hash((here, name, stamp))
        got = made.get(here, name, stamp, lambda n=number, s=size: Weight(n, s))  # type: ignore[misc]
        assert got.number == number
        assert 0 <= made.bytes <= most
        kept = [each[1].bytes + BESIDE_BYTES for of in made._kept.values() for each in of.values()]
        assert made.bytes == sum(kept)
