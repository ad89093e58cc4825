"""Recorded walks laid over an area."""

from dataclasses import replace
from datetime import date

from tests.maps.real_walks import PARKS
from walktalk.parks import Height, LonLat, RecordedRoute, with_recorded_routes
from walktalk.parks.joined import walked_line
from walktalk.routes import WalkRequest, plan_walks
from walktalk.routes.stored import fit_route

AREA = PARKS["pittville-park"]
STORED = AREA.routes["lower-lake-loop"]
LINE, _ = walked_line(AREA.paths, STORED.path_ids, AREA.places[STORED.start].position)
TODAY = date(2026, 11, 23)
ACROSS_THE_GRASS = tuple((lon + 0.0005, lat + 0.0002) for lon, lat in LINE[:20])


def a_route(**changes: object) -> RecordedRoute:
    values = {
        "id": "recorded-1",
        "name": "Mine",
        "line": LINE,
        "path_ids": STORED.path_ids,
        "recorded_on": date(2026, 5, 4),
        "kept_on": TODAY,
    } | changes
    return RecordedRoute(**values)  # type: ignore[arg-type]


def test_a_walk_on_the_paths_is_a_route_over_them_and_adds_no_path() -> None:
    area = with_recorded_routes(AREA, [a_route()])
    assert area.routes["recorded-1"].path_ids == STORED.path_ids
    assert area.routes["recorded-1"].closed
    assert area.routes["recorded-1"].about == "Recorded on 4 May 2026."
    assert area.paths == AREA.paths
    assert set(AREA.routes) < set(area.routes)


def test_a_walk_off_the_paths_is_its_own_line_of_which_nothing_else_is_known() -> None:
    area = with_recorded_routes(AREA, [a_route(line=ACROSS_THE_GRASS, path_ids=())])
    route = area.routes["recorded-1"]
    own = [area.paths[path_id] for path_id in route.path_ids]
    assert walked_line(area.paths, route.path_ids)[0] == ACROSS_THE_GRASS
    assert [dict(path.facts) for path in own] == [{}] * len(own)
    assert {path.sources["geometry"].title for path in own} == {"Recorded on a walk"}
    assert {path.sources["geometry"].as_of for path in own} == {"2026-05-04"}


def test_a_walk_whose_paths_have_gone_keeps_its_line() -> None:
    area = with_recorded_routes(AREA, [a_route(path_ids=("path-07", "gone"))])
    route = area.routes["recorded-1"]
    assert walked_line(area.paths, route.path_ids)[0] == LINE


def test_the_start_is_a_place_people_can_find() -> None:
    area = with_recorded_routes(AREA, [a_route(line=ACROSS_THE_GRASS, path_ids=())])
    start = area.places[area.routes["recorded-1"].start]
    assert start.is_meeting_point
    assert " m " in start.name
    assert start.how_to_find.startswith("The walk starts ")


def test_a_recording_without_a_date_says_when_it_was_kept() -> None:
    undated = a_route(line=ACROSS_THE_GRASS, path_ids=(), recorded_on=None)
    area = with_recorded_routes(AREA, [undated])
    assert area.sources["recorded-1"].as_of == "2026-11-23"
    assert "without a date" in area.sources["recorded-1"].title


def test_nothing_that_a_walker_reads_says_what_the_walk_is_for() -> None:
    area = with_recorded_routes(AREA, [a_route(line=ACROSS_THE_GRASS, path_ids=())])
    told = repr(area.places["recorded-1-start"]) + repr(area.sources["recorded-1"])
    assert not [word for word in ("client", "counsel", "therap", "walktalk") if word in told]


def test_a_session_can_be_planned_on_either_and_nothing_on_it_is_claimed_to_be_known() -> None:
    for changes in ({}, {"path_ids": ()}):
        area = with_recorded_routes(AREA, [a_route(**changes)])
        route = area.routes["recorded-1"]
        proposal = fit_route(area, route, WalkRequest(start=route.start, minutes=50))
        levels = {finding.check: finding.level for finding in proposal.findings}
        assert levels["steps"] == "unknown"
        if changes:
            assert levels["surface"] == "unknown"


def test_a_walk_over_the_paths_changes_no_other_walk() -> None:
    area = with_recorded_routes(AREA, [a_route()])
    asked = WalkRequest(start=AREA.meeting_points[0].id, minutes=50)
    assert plan_walks(area, asked) == plan_walks(AREA, asked)


CLIMB = tuple(60.0 + 0.1 * n for n in range(len(LINE)))


def test_a_walk_on_its_own_line_carries_its_heights() -> None:
    heights = (*CLIMB[:19], None)
    area = with_recorded_routes(
        AREA, [a_route(line=ACROSS_THE_GRASS, path_ids=(), heights_m=heights)]
    )
    one, two = (area.paths[path_id] for path_id in area.routes["recorded-1"].path_ids)
    assert one.heights_m is not None
    assert two.heights_m is not None
    assert (*one.heights_m, *two.heights_m[1:]) == heights
    assert one.sources["heights_m"].title == "Recorded on a walk"


def test_the_paths_of_a_walk_take_its_heights_where_nobody_knows_them() -> None:
    paths = {path.id: replace(path, heights_m=None) for path in AREA.paths.values()}
    before = replace(AREA, paths=paths)
    area = with_recorded_routes(before, [a_route(heights_m=CLIMB)])
    seen: dict[LonLat, Height] = {}
    for path_id in STORED.path_ids:
        path = area.paths[path_id]
        assert path.heights_m is not None
        assert path.sources["heights_m"].as_of == "2026-05-04"
        seen |= dict(zip(path.coordinates[1:-1], path.heights_m[1:-1], strict=True))
    assert seen == {at: up for at, up in zip(LINE, CLIMB, strict=True) if at in seen}
    others = set(AREA.paths) - set(STORED.path_ids)
    assert all(area.paths[path_id] == before.paths[path_id] for path_id in others)


def test_a_walk_with_a_path_whose_heights_are_known_gives_none_to_the_others() -> None:
    first = STORED.path_ids[0]
    known = replace(AREA.paths[first], heights_m=(50.0,) * len(AREA.paths[first].coordinates))
    others = {path.id: replace(path, heights_m=None) for path in AREA.paths.values()}
    before = replace(AREA, paths={**others, first: known})
    area = with_recorded_routes(before, [a_route(heights_m=CLIMB)])
    assert area.paths == before.paths


def test_a_walk_whose_paths_run_elsewhere_now_gives_them_no_heights() -> None:
    moved = tuple((lon, lat + 0.00001) for lon, lat in LINE)
    area = with_recorded_routes(AREA, [a_route(line=moved, heights_m=CLIMB)])
    assert area.paths == AREA.paths
