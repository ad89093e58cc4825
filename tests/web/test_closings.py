"""Closed paths: noted with their days, avoided, told where they touch a walk, taken back."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from tests.web.desk import DAY, NOW, Desk, link_of, state_of
from walktalk.parks.geodesy import distance_m
from walktalk.sessions import diary
from walktalk.sessions.store.models import PlannedSession

AREA = "pittville-park"
PAGE = f"/areas/{AREA}/close"
TODAY = NOW.date()
UNTIL = {"first": TODAY.isoformat(), "last": "2027-03-14"}


def note(desk: Desk, **fields: str) -> str:
    """Note a closed path, through the page that shows it first; return the last page."""
    hidden = dict(re.findall(r'name="(answer_id)" value="(\w+)"', desk.get(PAGE).text))
    asked = {"place": "", "position": "", "extent": "whole", "position_to": ""} | UNTIL
    page = desk.post(PAGE, asked | hidden | fields)
    assert page.status_code == 200, page.text
    assert "It is not noted yet" in page.text
    again = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    sent = [(name, unescape(value)) for name, value in again if name != "csrf_token"]
    return desk.post(PAGE, sent).text


def middle_of_the_walk(desk: Desk, session: str) -> tuple[str, str]:
    """Return a position on a session's walk, as one types it, and the path it lies on."""
    with state_of(desk.app).read.begin() as db:
        planned = db.query(PlannedSession).one()
        route = diary.frozen_walk(planned).route
    lon, lat = route.coordinates[len(route.coordinates) // 2]
    snap = state_of(desk.app).land.recorded[AREA].network.snap((lon, lat))
    return f"{snap.position[1]:.7f}, {snap.position[0]:.7f}", snap.path_id


@pytest.mark.slow
def test_a_closed_path_is_told_avoided_and_open_again_once_taken_back(desk: Desk) -> None:
    session = desk.saved()
    link = link_of(desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"}))
    where, path_id = middle_of_the_walk(desk, session)
    assert "closed from 23 November 2026 until 14 March 2027" in note(desk, position=where)

    assert "A path on this walk is closed" in desk.get("/diary").text
    page = desk.get(session).text
    assert "New since it was shared" in page
    assert "Closed at some time of this walk" in page
    public = desk.app.test_client()
    assert "Closed at some time" not in public.get(link).text
    desk.post(f"{session}/take-over")
    told = public.get(link).text
    assert "Closed at some time of this walk" in told
    assert not re.search(r"\bann\b", told)

    for proposal in re.findall(r"Closed at some time of this walk", desk.plan().text):
        pytest.fail(f"a walk over the closed path is proposed: {proposal}")
    area = desk.get(f"/areas/{AREA}").text
    assert "until 14 March 2027" in area
    assert "Noted by ann" in area
    (undo,) = re.findall(rf'action="(/areas/{AREA}/seen/[\w-]+/withdraw)"', area)
    desk.post(undo)
    assert "Closed paths" not in desk.get(f"/areas/{AREA}").text
    assert "A path on this walk is closed" not in desk.get("/diary").text
    assert state_of(desk.app).areas[AREA].paths[path_id].facts.get("closed") is None


def test_a_closure_that_is_over_before_a_walk_does_not_touch_it(desk: Desk) -> None:
    session = desk.saved()
    where, _ = middle_of_the_walk(desk, session)
    ends = date.fromisoformat(DAY) - timedelta(days=1)
    note(desk, position=where, last=ends.isoformat())
    assert "A path on this walk is closed" not in desk.get("/diary").text
    assert "Closed at some time" not in desk.get(session).text


def test_only_the_stretch_between_two_places_is_closed(desk: Desk) -> None:
    area = state_of(desk.app).land.recorded[AREA]
    path = max(area.paths.values(), key=lambda path: path.length_m)
    ends = [path.line.point_at(share * path.length_m) for share in (0.25, 0.5)]
    typed = [f"{lat:.7f}, {lon:.7f}" for lon, lat in ends]
    note(desk, position=typed[0], extent="between", position_to=typed[1])
    closed = [p for p in state_of(desk.app).areas[AREA].paths.values() if "closed" in p.facts]
    assert sum(p.length_m for p in closed) == pytest.approx(path.length_m / 4, abs=2)


def test_a_closure_may_lead_over_several_paths_by_the_shortest_way(desk: Desk) -> None:
    area = state_of(desk.app).land.recorded[AREA]
    lon, lat = area.places["lake-east-end"].position
    fields = {"place": "boat-house", "extent": "between", "position_to": f"{lat}, {lon}"}
    page = note(desk, **fields)
    closed = [p for p in state_of(desk.app).areas[AREA].paths.values() if "closed" in p.facts]
    assert len(closed) > 1
    assert len({p.id.split("-part-")[0] for p in closed}) > 1
    assert page.count("It is open again") == 1
    away = distance_m(area.places["boat-house"].position, (lon, lat))
    assert away - 60 < sum(path.length_m for path in closed) < 3 * away


def test_a_path_can_be_chosen_without_the_map(desk: Desk) -> None:
    assert "It is noted as closed" in note(desk, place="boat-house")


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"position": "51.5, -0.1"}, "No path is near this place."),
    ({"position": ""}, "Choose a path, or tap it on the map."),
    ({"position": "", "place": "nowhere"}, "Choose one from the list."),
    ({"place": "boat-house", "last": "2026-11-01"}, "not before the first"),
    ({"place": "boat-house", "first": "2026-10-01", "last": "2026-11-01"}, "not over"),
    ({"place": "boat-house", "last": "2036-11-01"}, "three years apart"),
    ({"place": "boat-house", "last": ""}, "Give a day."),
    ({"place": "boat-house", "extent": "between"}, "Tap the other end on the map."),
    ({"place": "boat-house", "extent": "between", "position_to": "HERE"}, "they are too near"),
]
"""What the form is filled with, and what it says."""


def test_what_cannot_be_noted_is_refused_at_its_field(desk: Desk) -> None:
    desk.get(PAGE)
    lon, lat = state_of(desk.app).land.recorded[AREA].places["boat-house"].position
    for fields, said in REFUSED:
        here = {name: value.replace("HERE", f"{lat}, {lon}") for name, value in fields.items()}
        asked = {"place": "", "position": "", "extent": "whole", "position_to": ""} | UNTIL
        page = desk.post(PAGE, asked | {"answer_id": "0" * 32, "sure": "y"} | here)
        assert page.status_code == 422, fields
        assert said in page.text, fields


def test_a_walk_over_a_path_that_is_closed_then_is_shared_only_once_both_agreed(desk: Desk) -> None:
    session = desk.saved()
    where, _path_id = middle_of_the_walk(desk, session)
    note(desk, position=where)
    for way in ("share", "file"):
        asked = desk.post(f"{session}/{way}")
        assert asked.status_code == 422
        assert "This walk does not fit as it is" in asked.text
        assert "Closed at some time of this walk" in asked.text
    assert "/w/" not in desk.get(session).text
    refused = desk.post(f"{session}/share", {"asked": "y"})
    assert "Say what you found, or that you have both agreed." in refused.text
    link = link_of(desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"}))
    told = desk.app.test_client().get(link).text
    assert "Closed at some time of this walk" in told  # it is frozen as it was known when shared
    assert "both agreed" in desk.get(session).text
