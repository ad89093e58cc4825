"""The areas that come with the project."""

from itertools import pairwise

import pytest

from walktalk.parks import Area, ParkDataError, Path, Place, check_areas, load_areas, load_catalogue
from walktalk.parks.geodesy import distance_m
from walktalk.parks.joined import walked_line
from walktalk.resources import shipped_parks

AREAS = load_areas(shipped_parks())
each_area = pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)


def test_the_six_areas_are_there() -> None:
    assert list(AREAS) == [
        "coxs-meadow",
        "honeybourne-line",
        "montpellier-gardens",
        "pittville-park",
        "sandford-park",
        "west-cheltenham",
    ]


@pytest.mark.parametrize(
    ("area_id", "kilometres", "pieces", "loops"),
    [
        ("pittville-park", 2.0, 3, 2),
        ("honeybourne-line", 3.6, 1, 1),
        ("sandford-park", 0.6, 1, 0),
        ("coxs-meadow", 1.3, 1, 0),
        ("montpellier-gardens", 0.2, 1, 0),
        ("west-cheltenham", 6.6, 11, 2),
    ],
)
def test_lengths_pieces_and_loops_are_those_of_the_recorded_ways(
    area_id: str, kilometres: float, pieces: int, loops: int
) -> None:
    (summary,) = check_areas([AREAS[area_id]])
    assert round(summary.kilometres, 1) == kilometres
    assert (summary.pieces, summary.loops) == (pieces, loops)


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
        assert set(item.sources) == {"geometry", *item.facts}
        assert all(source.title and source.as_of for source in item.sources.values())


@each_area
def test_nothing_is_recorded_that_nobody_surveyed(area: Area) -> None:
    (summary,) = check_areas([area])
    for fact in ("steps", "width", "gradient"):
        assert summary.unknown[fact] == summary.paths
    assert not any(place.kind == "bench" for place in area.places.values())


@each_area
def test_stored_routes_lie_exactly_on_recorded_paths(area: Area) -> None:
    segments = {
        segment
        for path in area.paths.values()
        for pair in pairwise(path.coordinates)
        for segment in (pair, pair[::-1])
    }
    assert area.routes
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
        snapped = area.network.snap(meeting_point.position).position
        assert distance_m(snapped, line[0]) < 0.1


@each_area
def test_every_meeting_point_is_on_or_beside_a_path_and_can_be_found(area: Area) -> None:
    for place in area.meeting_points:
        assert area.network.snap(place.position).distance_m < 10
        assert place.how_to_find.endswith(".")


@each_area
def test_reported_sentences_are_notes_and_never_facts(area: Area) -> None:
    assert all(note.source.reported for note in area.notes)
    for path in area.paths.values():
        assert not any(source.reported for source in path.sources.values())


def test_the_default_meeting_point_lies_on_the_largest_piece_of_the_network() -> None:
    pittville = AREAS["pittville-park"]
    assert pittville.meeting_points[0].id == "boat-house"
    path = pittville.paths[pittville.network.snap(pittville.meeting_points[0].position).path_id]
    assert path.facts["beside_water"] == "the lower lake"


def test_the_catalogue_names_parks_that_have_no_paths_and_what_is_near() -> None:
    parks = {park.id: park for park in load_catalogue(shipped_parks() / "catalogue.json")}
    assert not set(parks) & set(AREAS)
    hatherley = parks["hatherley-park"]
    assert hatherley.status == "paths not recorded yet"
    assert hatherley.near[0].name == "Hatherley Park Play Area"
    for park in parks.values():
        assert [near.distance_m for near in park.near] == sorted(n.distance_m for n in park.near)
        assert all(near.distance_m <= 500 for near in park.near)


def test_distances_in_the_catalogue_are_geodesic() -> None:
    parks = {park.name: park for park in load_catalogue(shipped_parks() / "catalogue.json")}
    playground = next(
        place
        for place in AREAS["honeybourne-line"].places.values()
        if place.name == "Winston Churchill Play Area"
    )
    gardens = parks["Winston Churchill Memorial Gardens"]
    (near,) = [near for near in gardens.near if near.name == playground.name]
    assert near.distance_m == pytest.approx(
        distance_m(gardens.position, playground.position), abs=0.5
    )


def test_a_missing_catalogue_is_refused() -> None:
    with pytest.raises(ParkDataError, match="cannot be read"):
        load_catalogue("no-such-catalogue.json")
