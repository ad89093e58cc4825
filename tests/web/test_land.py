"""Bringing parks in, in the browser: asked for, looked at, taken; or why not, and what else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.parks.height_server import Metres, answers_of
from tests.parks.osm.stand_in import Answer, StandIn, as_json, stand_in
from tests.parks.osm.test_online import ANSWER
from tests.web.desk import NOW, PASSWORD, Desk, SignedUp, make_app, setup_token, state_of
from walktalk.sessions import jobs

PARK = {"park": "Hatherley Park", "town": "Cheltenham"}
MOVED = ANSWER.replace(b'"nodes": [10, 11, 12]', b'"nodes": [10, 11, 12, 13]')
NEW = "/areas/hatherley-park-2"
"""The made-up park is a namesake of one that comes along."""


def work(app: Flask) -> None:
    """Do what the server's thread does, until there is nothing left to do."""
    with app.app_context():
        while state_of(app).worker.run_once():
            pass


@contextmanager
def asking(
    signed_up: SignedUp, home: Path, *answers: Answer, later: timedelta = timedelta(0)
) -> Iterator[tuple[Desk, StandIn]]:
    """A counsellor whose server asks a stand-in."""
    folder = home if (home / "walktalk.db").exists() else signed_up.copied_to(home)
    with stand_in(*(answers or ((200, ANSWER),))) as server:
        app = make_app(folder, now=NOW + later, overpass=f"{server.url}/api", network_backoff=0.0)
        desk = Desk(app)
        desk.go_on(signed_up)
        desk.get("/areas/add")
        yield desk, server


def send(desk: Desk, content: bytes, name: str, **fields: str) -> TestResponse:
    data = {"csrf_token": desk._token, "what": "parks", "called": "", **fields}
    data["file"] = (BytesIO(content), name)  # type: ignore[assignment]
    return desk._kept(desk.client.post("/areas/add/file", data=data, follow_redirects=True))


def test_a_park_is_asked_for_looked_at_and_taken(signed_up: SignedUp, tmp_path: Path) -> None:
    with asking(signed_up, tmp_path) as (desk, server):
        assert server.url.removeprefix("http://") in desk.get("/areas/add").text
        page = desk.post("/areas/add", PARK)
        address = page.request.path
        assert "Waiting for its turn" in page.text
        assert not server.asked
        work(desk.app)
        page = desk.get(address)
        assert "Take this over" in page.text
        assert "A new area" in page.text
        assert desk.get(NEW).status_code == 404
        desk.post(f"{address}/take")
        work(desk.app)
        assert "Done" in desk.get(address).text
        assert "Hatherley Park" in desk.get(NEW).text
        assert "hatherley-park-2/" in desk.get("/plan?from=hatherley-park-2/").text
        assert "Hatherley Park, Cheltenham" in desk.get("/areas").text
        assert not list((tmp_path / "jobs").iterdir())


def test_an_area_is_brought_up_to_date_and_keeps_its_id(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    with asking(signed_up, tmp_path, (200, ANSWER), (200, MOVED)) as (desk, server):
        for asked in (("/areas/add", PARK), (f"{NEW}/up-to-date", {})):
            address = desk.post(*asked).request.path
            work(desk.app)
            page = desk.get(address).text
            desk.post(f"{address}/take")
            work(desk.app)
        assert "[bbox:" in server.asked[1]["question"]
        assert "An area that you know" in page
        assert len(state_of(desk.app).areas["hatherley-park-2"].paths) == 1


def test_where_the_other_server_does_not_help_the_page_says_so_and_what_else_works(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    bad: list[tuple[Answer, str]] = [
        ((429, b"slow down"), "too busy (HTTP 429)"),
        ((504, b""), "too busy (HTTP 504)"),
        ((200, b"<html>login</html>"), "not an answer of an Overpass server"),
    ]
    with asking(signed_up, tmp_path, *(answer for answer, _ in bad)) as (desk, server):
        address = "/areas/add"
        for answer, said in bad:
            server.answers = [answer]
            asked = (f"{address}/again", {}) if "jobs" in address else (address, PARK)
            address = desk.post(*asked).request.path
            work(desk.app)
            page = desk.get(address).text
            assert said in page
            assert "Nothing was changed" in page
            assert "Send a file" in page
        server.answers = [(200, ANSWER)]
        again = desk.post(f"{address}/again").request.path
        work(desk.app)
        assert "Take this over" in desk.get(again).text


def test_a_park_that_openstreetmap_does_not_have_is_said_to_be_missing(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    with asking(signed_up, tmp_path, (200, as_json({"elements": []}))) as (desk, _):
        address = desk.post("/areas/add", PARK).request.path
        work(desk.app)
        assert "OpenStreetMap has no park called" in desk.get(address).text


def test_a_server_that_cannot_be_reached_is_said_to_be_so(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    with asking(signed_up, tmp_path) as (desk, _):
        pass
    desk.get("/areas/add")
    address = desk.post("/areas/add", PARK).request.path
    work(desk.app)
    assert "may be offline" in desk.get(address).text


def test_two_who_ask_for_the_same_get_one_answer(signed_up: SignedUp, tmp_path: Path) -> None:
    with asking(signed_up, tmp_path) as (desk, server):
        first = desk.post("/areas/add", PARK).request.path
        second = desk.post("/areas/add", PARK | {"park": "hatherley park"})
        assert second.request.path == first
        assert "Somebody asked for this before" in second.text
        work(desk.app)
        assert len(server.asked) == 1


def test_work_that_a_restart_cut_off_goes_on(signed_up: SignedUp, tmp_path: Path) -> None:
    with asking(signed_up, tmp_path) as (desk, _):
        address = desk.post("/areas/add", PARK).request.path
        with state_of(desk.app).write.begin() as db:
            assert jobs.claim(db, uuid4(), NOW) is not None
        assert "Under way" in desk.get(address).text
        desk.leave(tmp_path)
    with asking(signed_up, tmp_path, later=timedelta(minutes=2)) as (desk, server):
        work(desk.app)
        assert "Take this over" in desk.get(address).text
        assert len(server.asked) == 1


@pytest.mark.slow
def test_a_file_goes_the_same_way_and_asks_nobody(signed_up: SignedUp, tmp_path: Path) -> None:
    with asking(signed_up, tmp_path) as (desk, server):
        page = send(desk, ANSWER, "answer.json")
        work(desk.app)
        address = page.request.path
        assert "A new area" in desk.get(address).text
        desk.post(f"{address}/take")
        work(desk.app)
        assert desk.get(NEW).status_code == 200
        whole = send(desk, ANSWER, "answer.json", what="whole", called="Our Green").request.path
        work(desk.app)
        assert "Our Green" in desk.get(whole).text
        assert not server.asked


def test_a_file_that_cannot_be_read_is_refused_by_its_name_alone(
    desk: Desk, tmp_path: Path
) -> None:
    desk.get("/areas/add")
    for content, name, said in (
        (b"x", "walk.gpx", "Choose a file that ends in"),
        (b"not json", "../../answer.json", "Answer.json: not an answer of an Overpass server"),
        (b"not osm", "park.osm", "Park.osm: not an OpenStreetMap file"),
    ):
        page = send(desk, content, name)
        work(desk.app)
        page = page if page.status_code == 422 else desk.get(page.request.path)
        assert said in page.text, name
        assert str(tmp_path) not in page.text


@pytest.mark.slow
def test_what_has_changed_since_it_was_looked_at_is_shown_again_before_it_is_taken(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    with asking(signed_up, tmp_path) as (desk, _):
        first = desk.post("/areas/add", PARK).request.path
        second = send(desk, MOVED, "answer.json").request.path
        work(desk.app)
        for address in (first, second):
            desk.post(f"{address}/take")
            work(desk.app)
        page = desk.get(second).text
        assert "The area has changed since" in page
        assert "An area that you know" in page


def test_a_file_of_work_that_was_stopped_is_thrown_away(desk: Desk, tmp_path: Path) -> None:
    desk.get("/areas/add")
    address = send(desk, ANSWER, "answer.json").request.path
    (folder,) = (tmp_path / "jobs").iterdir()
    work(desk.app)
    os.utime(folder, (0, 0))
    work(desk.app)
    assert folder.exists()
    desk.post(f"{address}/stop")
    work(desk.app)
    assert not folder.exists()


def test_work_can_be_stopped_and_a_fault_of_ours_is_told_plainly(
    signed_up: SignedUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(signed_up, tmp_path) as (desk, server):
        address = desk.post("/areas/add", PARK).request.path
        assert "It is stopped. Nothing was changed." in desk.post(f"{address}/stop").text
        work(desk.app)
        assert not server.asked

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("walktalk.sessions.land_work.look", broken)
        address = desk.post("/areas/add", PARK).request.path
        work(desk.app)
        assert "Something went wrong on this server" in desk.get(address).text


def test_what_names_no_park_is_refused_at_its_field(desk: Desk) -> None:
    desk.get("/areas/add")
    for fields in ({"park": ""}, {"town": ""}, {"park": "A, B"}, {"park": "\x00"}):
        page = desk.post("/areas/add", PARK | fields)
        assert page.status_code == 422, fields
        assert "One thing needs another look" in page.text, fields


def test_a_new_installation_offers_a_park_once(tmp_path: Path) -> None:
    desk = Desk(make_app(tmp_path))
    desk.sign_up()
    assert "Is your park missing?" not in desk.get("/").text
    new = Desk(make_app(tmp_path / "new"))
    address = f"/setup/{setup_token(new.app)}"
    new.get(address)
    fields = {"name": "ann", "password": PASSWORD, "again": PASSWORD}
    assert "Is your park missing?" in new.post(address, fields).text
    assert "Is your park missing?" not in new.get("/").text


@pytest.mark.slow
def test_the_slopes_of_an_area_are_measured_and_a_walk_says_how(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    def hill(east: Metres, north: Metres) -> Metres:
        return 60 + north / 60

    with stand_in(answers_of(hill)) as heights:
        app = make_app(signed_up.copied_to(tmp_path), lidar=f"{heights.url}/wcs")
        desk = Desk(app)
        desk.go_on(signed_up)
        assert "Measure the slopes" in desk.get("/areas/pittville-park").text
        address = desk.post("/areas/pittville-park/slopes").request.path
        work(app)
        page = desk.get(address).text
        assert "Slopes are measured" in page
        assert "/areas/pittville-park" in page
        measured = [
            path
            for path in state_of(app).areas["pittville-park"].paths.values()
            if "gradient_pct" in path.facts
        ]
        assert len(measured) > 50
        walk = desk.plan(needs="gentle-slope").text
        assert "Environment Agency LIDAR Composite DTM 1 m" in walk
        assert "a slope may be off by 2." in walk


def test_a_height_server_that_does_not_help_changes_nothing(
    signed_up: SignedUp, tmp_path: Path
) -> None:
    with stand_in((500, b'{"error": "the box is outside"}', "application/json")) as heights:
        app = make_app(signed_up.copied_to(tmp_path), lidar=f"{heights.url}/wcs")
        desk = Desk(app)
        desk.go_on(signed_up)
        desk.get("/areas/pittville-park")
        address = desk.post("/areas/pittville-park/slopes").request.path
        work(app)
        page = desk.get(address).text
    assert "refuses (HTTP 500): the box is outside" in page
    assert "Nothing was changed" in page
    assert not (tmp_path / "parks").exists()
