"""The areas that come with the project."""

from itertools import pairwise

import pytest

from walktalk.parks import Area, ParkDataError, Path, Place, check_areas, load_areas, load_catalogue
from walktalk.parks.geodesy import distance_m
from walktalk.parks.joined import walked_line
from walktalk.parks.nearness import nearness
from walktalk.resources import shipped_parks
from walktalk.routes import WalkRequest, plan_walks
from walktalk.routes.checks import verdict

AREAS = load_areas(shipped_parks())
each_area = pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
MAIN = {"pittville-park", "montpellier-gardens", "imperial-gardens", "sandford-park"} | {
    "hatherley-park"
}


def test_the_parks_that_people_name_are_there() -> None:
    named = {
        "burrows-field",
        "coxs-meadow",
        "honeybourne-line",
        "leckhampton-hill",
        "naunton-park",
        "springfields-park",
        "west-cheltenham",
    }
    assert named | MAIN <= set(AREAS)
    names = [area.name for area in AREAS.values()]
    assert len(set(names)) == len(names)


IN_PIECES = {"honeybourne-line", "west-cheltenham"}
"""Lines of 2026 that end more than 1.6 m from any other are pieces of their own."""


@pytest.mark.parametrize("area_id", sorted(set(AREAS) - IN_PIECES))
def test_every_park_is_one_piece(area_id: str) -> None:
    (summary,) = check_areas([AREAS[area_id]])
    assert summary.pieces == 1
    assert summary.kilometres > 0.3


@each_area
def test_paths_meet_only_at_their_ends(area: Area) -> None:
    ends = {
        end for path in area.paths.values() for end in (path.coordinates[0], path.coordinates[-1])
    }
    inside = [point for path in area.paths.values() for point in path.coordinates[1:-1]]
    assert not ends.intersection(inside)
    assert len(set(inside)) == len(inside)


@each_area
def test_every_fact_has_a_source_and_a_date(area: Area) -> None:
    items: list[Path | Place] = [*area.paths.values(), *area.places.values()]
    for item in items:
        assert {"geometry", *item.facts} <= set(item.sources)
        assert all(source.title and source.as_of for source in item.sources.values())
    assert all(shape.source is not None for shape in area.background)


def test_a_path_is_the_same_in_every_area_that_holds_it() -> None:
    seen: dict[str, Path] = {}
    for area in AREAS.values():
        for path in area.paths.values():
            if path.id.startswith("p-"):
                assert seen.setdefault(path.id, path) == path
    lines: dict[tuple[tuple[float, float], ...], str] = {}
    for area in AREAS.values():
        for path in area.paths.values():
            assert lines.setdefault(path.coordinates, path.id) == path.id


@each_area
def test_nothing_is_recorded_that_nobody_surveyed(area: Area) -> None:
    (summary,) = check_areas([area])
    assert summary.unknown["width"] == summary.paths
    for path in area.paths.values():
        assert "steps" not in path.facts
        assert path.facts.get("public") in (None, "not recorded")
    assert not any("backrest" in place.facts for place in area.places.values())


@each_area
def test_heights_every_50_metres_prove_no_gentle_slope(area: Area) -> None:
    for path in area.paths.values():
        assert verdict(area, path, "gentle-slope") != "met"
        if "gradient_pct" in path.facts:
            assert path.facts["height_error_m"] == 4.0
            assert path.sources["gradient_pct"].as_of == "2013-05"


@each_area
def test_every_way_in_is_on_foot_from_a_stop_or_car_park(area: Area) -> None:
    for way in area.ways_in:
        place, meeting = area.places[way.place], area.places[way.to]
        assert place.kind in ("bus_stop", "car_park")
        assert meeting.is_meeting_point
        assert distance_m(place.position, meeting.position) <= way.length_m + 5


@each_area
def test_people_can_meet_on_different_sides(area: Area) -> None:
    assert len(area.meeting_points) > 1
    first, *others = area.meeting_points
    assert any(distance_m(first.position, other.position) > 60 for other in others)


@each_area
def test_stored_routes_lie_exactly_on_recorded_paths(area: Area) -> None:
    segments = {
        segment
        for path in area.paths.values()
        for pair in pairwise(path.coordinates)
        for segment in (pair, pair[::-1])
    }
    for route in area.routes.values():
        line, _ = walked_line(area.paths, route.path_ids, area.places[route.start].position)
        assert set(pairwise(line)) <= segments
        assert route.closed == (line[0] == line[-1])


@each_area
def test_every_stored_route_begins_where_people_meet(area: Area) -> None:
    for route in area.routes.values():
        meeting_point = area.places[route.start]
        line, _ = walked_line(area.paths, route.path_ids, meeting_point.position)
        assert distance_m(meeting_point.position, line[0]) <= 15


@each_area
def test_every_meeting_point_is_on_or_beside_a_path_and_can_be_found(area: Area) -> None:
    for place in area.meeting_points:
        assert area.network.snap(place.position).distance_m < 25
        assert place.how_to_find.endswith(".")


@each_area
def test_public_toilets_and_playgrounds_are_never_the_default_meeting_point(area: Area) -> None:
    default = area.meeting_points[0]
    assert "toilets" not in default.name.lower()
    for place in area.places.values():
        if place.kind in ("toilets", "playground"):
            assert distance_m(place.position, default.position) > 5


@each_area
def test_reported_sentences_are_notes_and_never_facts(area: Area) -> None:
    assert all(note.source.reported for note in area.notes)
    for path in area.paths.values():
        assert not any(source.reported for source in path.sources.values())


@each_area
def test_what_lies_around_is_drawn_and_can_be_measured(area: Area) -> None:
    kinds = {shape.kind for shape in area.background}
    assert {"boundary", "green", "road"} <= kinds
    assert nearness(area, "road") is not None


def test_people_recognise_the_park_by_its_lake() -> None:
    names = {shape.name for shape in AREAS["pittville-park"].background if shape.kind == "water"}
    assert "Pittville Lake" in names
    roads = {shape.name for shape in AREAS["pittville-park"].background if shape.kind == "road"}
    assert "Evesham Road" in roads


@pytest.mark.parametrize("area_id", sorted(MAIN))
@pytest.mark.slow
def test_fifty_minutes_without_recorded_steps_can_be_walked_from_everywhere_in_the_main_parks(
    area_id: str,
) -> None:
    area = AREAS[area_id]
    for place in area.meeting_points:
        request = WalkRequest(start=place.id, minutes=50, needs=frozenset({"step-free"}))
        for proposal in plan_walks(area, request):
            walked = {leg.path_id for leg in proposal.route.legs}
            assert not any(area.paths[each].facts["highway"] == "steps" for each in walked)
            (steps,) = (each for each in proposal.findings if each.check == "steps")
            assert steps.level == "unknown"  # a map of 2023 proves no ground free of steps


def test_the_default_meeting_point_of_pittville_park_is_the_boathouse() -> None:
    assert AREAS["pittville-park"].meeting_points[0].id == "boat-house"


def test_the_catalogue_names_parks_that_are_no_area_and_what_is_near() -> None:
    parks = {park.id: park for park in load_catalogue(shipped_parks() / "catalogue.json")}
    assert not set(parks) & set(AREAS)
    campus = parks["the-park-university-campus"]
    assert campus.status == "paths not recorded yet"
    for park in parks.values():
        assert [near.distance_m for near in park.near] == sorted(n.distance_m for n in park.near)
        assert all(near.distance_m <= 500 for near in park.near)


def test_distances_in_the_catalogue_are_geodesic() -> None:
    playgrounds = {
        place.name: place
        for area in AREAS.values()
        for place in area.places.values()
        if place.kind == "playground"
    }
    told = [
        (park, near, playgrounds[near.name])
        for park in load_catalogue(shipped_parks() / "catalogue.json")
        for near in park.near
        if near.name in playgrounds
    ]
    assert told
    for park, near, playground in told:
        away_m = distance_m(park.position, playground.position)
        assert near.distance_m == pytest.approx(away_m, abs=0.5)


def test_a_missing_catalogue_is_refused() -> None:
    with pytest.raises(ParkDataError, match="cannot be read"):
        load_catalogue("no-such-catalogue.json")
