from dataclasses import replace

from markupsafe import escape

from tests.web.desk import Desk, state_of
from walktalk.parks.model import LostRoute
from walktalk.sessions.seen_land import SeenLand
from walktalk.web.state import EXTENSION


def test_every_stored_route_is_in_the_library_and_can_be_used_for_a_session(desk: Desk) -> None:
    page = desk.get("/routes").text
    for area in state_of(desk.app).areas.values():
        for route in area.routes.values():
            assert escape(route.name) in page
            assert f"/plan?route={area.id}/{route.id}" in page
            drawn = desk.get(f"/routes/{area.id}/{route.id}/sketch")
            assert drawn.mimetype == "image/svg+xml"
            assert "sketch-walk" in drawn.text
    assert "minutes at a gentle pace, from" in page
    assert desk.get("/routes/pittville-park/nowhere/sketch").status_code == 404


def test_a_stored_route_is_planned_as_it_is_kept(desk: Desk) -> None:
    form = desk.get("/plan?route=pittville-park/lower-lake-loop").text
    assert "Lower lake loop" in form
    assert 'name="route" type="hidden" value="pittville-park/lower-lake-loop"' in form
    page = desk.plan(route="pittville-park/lower-lake-loop")
    assert page.status_code == 200
    assert page.text.count('class="walk"') == 1
    assert desk.save(page).status_code == 200


def test_an_unknown_stored_route_gives_the_plain_form(desk: Desk) -> None:
    assert "Where do you meet?" in desk.get("/plan?route=pittville-park/nowhere").text


def test_the_areas_page_says_what_is_there_and_which_parks_have_no_recorded_paths(
    desk: Desk,
) -> None:
    page = desk.get("/areas").text
    assert "Pittville Park" in page
    assert "Paths not recorded yet" in page
    assert "Naunton Park" in page


def test_an_area_says_what_is_not_known(desk: Desk) -> None:
    page = desk.get("/areas/pittville-park").text
    assert "Not known" in page
    assert "100 %" in page
    assert "data-across=" in page
    assert desk.get("/areas/nowhere").status_code == 404


def test_a_start_can_be_taken_from_an_area(desk: Desk) -> None:
    page = desk.get("/plan?from=pittville-park/lake-east-end").text
    assert '<option selected value="pittville-park/lake-east-end">' in page


def test_the_server_says_that_it_runs_and_that_it_is_ready(desk: Desk) -> None:
    assert desk.get("/healthz").text == "ok\n"
    assert desk.get("/readyz").text == "ok\n"


def test_a_stored_route_whose_path_has_gone_is_shown_and_cannot_be_used(desk: Desk) -> None:
    state = state_of(desk.app)
    areas = state.areas
    area = areas["pittville-park"]
    route = area.routes["lower-lake-loop"]
    lost = LostRoute(route, gone=route.path_ids[:1], line=())
    changed = replace(area, routes={}, lost_routes={route.id: lost})
    desk.app.extensions[EXTENSION] = replace(
        state, land=SeenLand(lambda: {**areas, area.id: changed}, state.read)
    )
    for address in ("/routes", f"/areas/{area.id}"):
        page = desk.get(address).text
        assert "One of its paths is no longer on the map." in page
        assert f"/plan?route={area.id}/{route.id}" not in page
