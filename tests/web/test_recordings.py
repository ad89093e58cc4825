"""A counsellor adds a recorded walk to the library, and plans a session on it."""

import io
import re

import pytest
from werkzeug.test import TestResponse

from tests.maps.real_walks import stored_walks
from tests.routes import recorded as files
from tests.web.desk import NOW, Desk, state_of
from walktalk.sessions import recorded
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.models import Account, RecordedWalk

LOOP = stored_walks()["pittville-park/lower-lake-loop"].route
LINE = files.walked(LOOP.coordinates, LOOP.length_m, jitter_m=2.0)
ACROSS_THE_GRASS = [
    (LOOP.coordinates[0][0] + 0.0001 * step, LOOP.coordinates[0][1] - 0.0004 * step)
    for step in range(12)
]
TOO_LARGE = 100_000_000
NAME = "Zebrafinch"


def send(desk: Desk, data: bytes, filename: str = "walk.gpx", **changes: str) -> TestResponse:
    desk.get("/routes")
    fields = {"area": "pittville-park", "name": NAME, "file": (io.BytesIO(data), filename)}
    return desk.post("/routes/recorded", fields | changes)


def add(desk: Desk, data: bytes, filename: str = "walk.gpx") -> TestResponse:
    shown = send(desk, data, filename)
    assert shown.status_code == 200, shown.text
    return desk.post("/routes/recorded/keep", desk.form(shown, "/routes/recorded/keep"))


def library(desk: Desk) -> list[RecordedWalk]:
    with state_of(desk.app).read.begin() as db:
        return list(recorded.list_kept(db, first_account(db)))


def use_it(desk: Desk) -> str:
    """Save a session on the walk that is in the library; return its page's address."""
    [walk] = library(desk)
    route = f"pittville-park/{recorded.route_id(walk)}"
    form = desk.get(f"/plan?route={route}").text
    assert NAME in form
    start = re.search(r'name="start" value="([^"]+)"', form)
    assert start is not None
    page = desk.save(desk.plan(route=route, start=start[1]))
    assert page.status_code == 200, page.text
    return page.request.path


def recorded_pages(desk: Desk) -> dict[str, TestResponse]:
    """Return every page about recordings, in each of its states."""
    far = [(lon + 0.002, lat + 0.002) for lon, lat in LINE]
    pages = {
        "recording": send(desk, files.as_gpx(LINE)),
        "recording-refused": send(desk, b""),
        "recording-tracks": send(desk, files.as_gpx(LINE, far)),
        "recording-kept": add(desk, files.as_gpx(LINE)),
    }
    address = f"/routes/recorded/{library(desk)[0].id}"
    pages["recording-deleted"] = desk.post(f"{address}/delete")
    return pages | {"recording-erase": desk.get(f"{address}/erase")}


def test_how_well_it_fits_is_shown_before_anything_is_kept(desk: Desk) -> None:
    page = send(desk, files.as_gpx(LINE, height_m=61.0))
    assert page.status_code == 200
    assert "100% of it lies on recorded paths" in page.text
    assert re.search(r"95% within \d\.\d m", page.text)
    assert "Recorded on 4 May 2026" in page.text
    assert "61 m above the sea" in page.text
    assert "The heights along it are kept as well." in page.text
    assert library(desk) == []


def test_a_kept_walk_is_in_the_list_with_its_day_and_its_match(desk: Desk) -> None:
    page = add(desk, files.as_fit(LINE), "walk.fit")
    assert "The walk is in your library." in page.text
    assert NAME in page.text
    assert "Recorded on 4 May 2026" in page.text
    assert "of it lies on recorded paths" in page.text


@pytest.mark.parametrize("data", [files.as_gpx(LINE), files.as_geojson(ACROSS_THE_GRASS)])
@pytest.mark.slow
def test_a_session_is_planned_and_shared_on_it_and_its_name_stays_here(
    desk: Desk, data: bytes
) -> None:
    add(desk, data)
    session = use_it(desk)
    page = desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"})
    link = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert link is not None
    public = desk.app.test_client()
    for part in ("", "/walk.gpx", "/walk.fit", "/walk.ics", "/print", "/map.js"):
        answer = public.get(link[0] + part)
        assert answer.status_code == 200
        assert NAME.encode() not in answer.data, part


@pytest.mark.parametrize(
    "data",
    [files.as_gpx(LINE, height_m=61.0), files.as_geojson(ACROSS_THE_GRASS), files.as_gpx(LINE)],
)
@pytest.mark.slow
def test_what_is_handed_out_has_the_heights_of_its_paths_else_its_own(
    desk: Desk, data: bytes
) -> None:
    add(desk, data)
    session = use_it(desk)
    page = desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"})
    link = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert link is not None
    gpx = desk.app.test_client().get(f"{link[0]}/walk.gpx").data
    track = gpx.split(b"<trk>")[1]
    points, heights = track.count(b"<trkpt"), track.count(b"<ele>")
    own = points if data == files.as_geojson(ACROSS_THE_GRASS) else 0
    assert track.count(b"<ele>61.0</ele>") == own
    assert own <= heights <= points
    assert heights


def test_a_walk_off_the_paths_says_that_nothing_else_is_known(desk: Desk) -> None:
    page = send(desk, files.as_geojson(ACROSS_THE_GRASS), "walk.geojson")
    assert "It is kept with its own line." in page.text
    assert "Its start and its end are kept too. Do not" in page.text


def test_walks_of_other_people_start_where_they_did_before(desk: Desk) -> None:
    before = desk.plan().text.count('class="walk"')
    add(desk, files.as_geojson(ACROSS_THE_GRASS), "walk.geojson")
    page = desk.plan()
    assert page.text.count('class="walk"') == before
    assert "recorded-" not in desk.get("/plan").text


def test_a_deleted_walk_is_put_back(desk: Desk) -> None:
    add(desk, files.as_gpx(LINE))
    address = f"/routes/recorded/{library(desk)[0].id}"
    page = desk.post(f"{address}/delete")
    assert "You can put it back below." in page.text
    assert 'Use this route<span class="unseen">: Zebrafinch' not in page.text
    assert library(desk) == []
    page = desk.post(f"{address}/undelete")
    assert "The walk is back in your library." in page.text
    assert len(library(desk)) == 1


def test_a_deleted_walk_is_erased_for_good_once_that_is_confirmed(desk: Desk) -> None:
    add(desk, files.as_gpx(LINE))
    address = f"/routes/recorded/{library(desk)[0].id}"
    page = desk.post(f"{address}/delete").text
    assert "30 days, then they are erased for good" in page
    assert f'href="{address}/erase"' in page
    asked = desk.get(f"{address}/erase").text
    assert NAME in asked
    assert "cannot be undone, also not from a backup" in asked
    assert NAME in desk.get("/routes").text
    erased = desk.post(f"{address}/erase").text
    assert "The recorded walk is erased." in erased
    assert NAME not in erased
    assert desk.get(f"{address}/erase").status_code == 404
    assert desk.post(f"{address}/erase").status_code == 404
    assert desk.post(f"{address}/undelete").status_code == 404


def test_a_walk_of_another_account_is_not_erased(desk: Desk) -> None:
    add(desk, files.as_gpx(LINE))
    with state_of(desk.app).write.begin() as db:
        other = Account(created_at=NOW)
        db.add(other)
        db.flush()
        walk = library(desk)[0]
        db.get_one(RecordedWalk, walk.id).account_id = other.id
    address = f"/routes/recorded/{walk.id}/erase"
    assert desk.get(address).status_code == 404
    assert desk.post(address).status_code == 404
    with state_of(desk.app).read.begin() as db:
        assert db.get(RecordedWalk, walk.id) is not None


def test_a_session_keeps_its_walk_when_the_recording_is_deleted_and_erased(desk: Desk) -> None:
    add(desk, files.as_gpx(LINE))
    session = use_it(desk)
    walk = library(desk)[0]
    desk.post(f"/routes/recorded/{walk.id}/delete")
    assert desk.get(session).status_code == 200
    desk.post(f"/routes/recorded/{walk.id}/erase")
    assert desk.get(session).status_code == 200
    plain = desk.get(f"/plan?route=pittville-park/{recorded.route_id(walk)}").text
    assert "Where do you meet?" in plain


def test_a_walk_takes_another_name(desk: Desk) -> None:
    add(desk, files.as_gpx(LINE))
    address = f"/routes/recorded/{library(desk)[0].id}/name"
    assert "By the water" in desk.post(address, {"name": "By the water"}).text
    assert "a name of 1 to 60 characters" in desk.post(address, {"name": " "}).text
    assert library(desk)[0].name == "By the water"


def test_the_button_pressed_twice_keeps_one(desk: Desk) -> None:
    shown = send(desk, files.as_gpx(LINE))
    fields = desk.form(shown, "/routes/recorded/keep")
    desk.post("/routes/recorded/keep", fields)
    desk.post("/routes/recorded/keep", fields)
    assert len(library(desk)) == 1


def test_of_several_tracks_the_page_asks_which(desk: Desk) -> None:
    far = [(lon + 0.002, lat + 0.002) for lon, lat in LINE]
    page = send(desk, files.as_gpx(LINE, far))
    assert page.status_code == 422
    assert "The file holds several tracks. Choose one." in page.text
    assert re.search(r'<option value="2">Track 2: \d\.\d km', page.text)
    assert send(desk, files.as_gpx(LINE, far), track="1").status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG", "The file is none of the kinds that are read"),
        (b"<gpx><trk>", "cut short or damaged"),
        (files.as_geojson([(2.35, 48.85), (2.351, 48.851)]), "km from Pittville Park"),
        (files.as_geojson([(lat, lon) for lon, lat in LINE]), "latitude and longitude are swapped"),
        (files.as_fit(LINE)[:-1] + b"\x00", "damaged"),
    ],
    ids=["empty", "picture", "cut short", "far away", "swapped", "broken sum"],
)
def test_a_file_that_cannot_be_used_is_refused_at_the_field(
    desk: Desk, data: bytes, said: str
) -> None:
    page = send(desk, data)
    assert page.status_code == 422
    error = re.search(r'id="file-error".*?</p>', page.text, re.S)
    assert error is not None
    assert said in error[0]
    assert library(desk) == []


def test_a_recording_finds_its_park_by_itself(desk: Desk) -> None:
    shown = send(desk, files.as_gpx(LINE), area="")
    assert f"<strong>{NAME}</strong>, Pittville Park." in shown.text
    desk.post("/routes/recorded/keep", desk.form(shown, "/routes/recorded/keep"))
    assert [walk.area_id for walk in library(desk)] == ["pittville-park"]
    far = send(desk, files.as_geojson([(2.35, 48.85), (2.351, 48.851)]), area="")
    assert " km from " in far.text


def test_a_file_that_cannot_be_used_and_a_missing_name_are_told_together(desk: Desk) -> None:
    page = send(desk, b"\x89PNG", name="")
    assert "Give it a name." in page.text
    assert "none of the kinds that are read" in page.text


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(desk: Desk) -> None:
    page = send(desk, files.as_gpx(LINE), name="")
    assert page.status_code == 422
    assert "Give it a name." in page.text
    page = send(desk, files.as_gpx(LINE), name="x" * 61)
    assert "Give a name of 1 to 60 characters." in page.text
    desk.get("/routes")
    page = desk.post("/routes/recorded", {"area": "pittville-park", "name": NAME})
    assert "Choose a file." in page.text
    assert f'value="{NAME}"' in page.text


def test_a_file_of_some_megabytes_is_read_and_one_of_a_hundred_refused_before_it_is(
    desk: Desk,
) -> None:
    padded = files.as_gpx(LINE).replace(b"</gpx>", b" " * 3_000_000 + b"</gpx>")
    assert send(desk, padded).status_code == 200
    page = desk.client.post(
        "/routes/recorded",
        environ_overrides={"CONTENT_LENGTH": str(TOO_LARGE)},
        content_type="multipart/form-data; boundary=x",
    )
    assert page.status_code == 413
    assert "up to 64 MB" in page.text


def test_no_other_form_takes_as_much_nor_does_it_for_a_stranger(desk: Desk) -> None:
    much = {"CONTENT_LENGTH": "3000000"}
    form = "multipart/form-data; boundary=x"
    for client, address in (
        (desk.client, "/plan"),
        (desk.app.test_client(), "/routes/recorded"),
    ):
        page = client.post(address, environ_overrides=much, content_type=form)
        assert page.status_code == 413


def test_what_was_not_shown_by_this_server_is_not_kept(desk: Desk) -> None:
    desk.get("/routes")
    page = desk.post("/routes/recorded/keep", {"recording": "made-up"})
    assert page.status_code == 400
    assert library(desk) == []


def test_there_is_nothing_at_the_address_of_no_walk(desk: Desk) -> None:
    desk.get("/routes")
    nowhere = "/routes/recorded/00000000-0000-0000-0000-000000000000"
    for change in ("delete", "undelete", "name"):
        assert desk.post(f"{nowhere}/{change}", {"name": "x"}).status_code == 404
