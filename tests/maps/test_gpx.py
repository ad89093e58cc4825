import subprocess
from datetime import timedelta

import gpxpy
import numpy as np
import pytest
from lxml import etree

from tests.maps.meadow import MEADOW, NORTH_EAST, walk_round
from tests.maps.real_walks import legs_in_order, planned_walks, stored_walks, walk_by
from walktalk.maps import FORMATS
from walktalk.maps.gpx import gpx_file
from walktalk.routes import Walk

_G = {"g": "http://www.topografix.com/GPX/1/1"}


def _read() -> etree._Element:
    return etree.fromstring(gpx_file(walk_round()))


def test_a_file_has_one_track_and_no_route() -> None:
    document = _read()
    assert len(document.findall("g:trk", _G)) == 1
    assert document.find("g:rte", _G) is None


def test_the_track_is_the_walk() -> None:
    walk = walk_round()
    points = _read().findall("g:trk/g:trkseg/g:trkpt", _G)
    line = [(float(p.get("lon")), float(p.get("lat"))) for p in points]
    assert line == [(round(lon, 7), round(lat, 7)) for lon, lat in walk.route.coordinates]


def test_a_file_has_no_times_and_no_made_up_heights() -> None:
    document = _read()
    assert document.find(".//g:time", _G) is None
    assert document.find(".//g:ele", _G) is None


def test_waypoints_are_start_half_way_and_places() -> None:
    names = [point.findtext("g:name", None, _G) for point in _read().findall("g:wpt", _G)]
    assert names[:5] == ["Start", "1 Turn left", "2 Turn left", "3 Turn left", "Half way"]
    assert "Toilets" in names


def _turns(walk: Walk) -> list[tuple[str, tuple[float, float]]]:
    points = gpxpy.parse(gpx_file(walk).decode()).waypoints
    return [(p.name or "", (p.longitude, p.latitude)) for p in points if p.type == "Turn"]


def _round(*path_ids: str) -> Walk:
    return walk_by(MEADOW, legs_in_order(MEADOW, path_ids))


def test_a_place_that_asks_the_same_on_every_lap_is_one_waypoint_with_that_turn() -> None:
    once, twice = (_round(*("south", "east", "across") * laps) for laps in (1, 2))
    assert [name for name, _ in _turns(once)] == ["1 Turn left", "2 Turn left"]
    assert [name for name, _ in _turns(twice)] == ["1 Turn left", "2 Turn left", "3 Turn left"]


def test_a_place_that_asks_for_different_turns_says_them_in_order() -> None:
    two_ways = ("across", "east", "south")
    back = ("south", "east", "north", "west")
    assert ("1 Right, then left", NORTH_EAST) in _turns(_round(*two_ways, *back))
    assert ("1 Right, left, then left", NORTH_EAST) in _turns(_round(*two_ways, *back, *back))
    assert ("1 Right, then left 3 times", NORTH_EAST) in _turns(_round(*two_ways, *back * 3))


@pytest.mark.slow
def test_no_place_of_any_planned_walk_carries_two_waypoints_of_turns() -> None:
    for walk in [*planned_walks(), *stored_walks().values()]:
        places = [position for _, position in _turns(walk)]
        assert len(places) == len(set(places))


def test_gpsbabel_reads_the_track_back(tmp_path: object) -> None:
    walk = walk_round()
    out = subprocess.run(
        ["gpsbabel", "-t", "-i", "gpx", "-f", "-", "-o", "gpx", "-F", "-"],
        input=gpx_file(walk),
        capture_output=True,
        check=True,
    )
    track = gpxpy.parse(out.stdout.decode()).tracks[0]
    read = [(p.longitude, p.latitude) for p in track.segments[0].points]
    assert np.allclose(read, walk.route.coordinates, rtol=0, atol=1e-7)


def test_the_variant_with_times_tells_when_each_point_is_reached_by_the_timetable() -> None:
    walk = walk_round(arrive_minutes=3)
    times = FORMATS["gpx-times"].write(walk)
    plain = gpxpy.parse(gpx_file(walk).decode()).tracks[0].segments[0].points
    timed = gpxpy.parse(times.decode()).tracks[0].segments[0].points
    assert [(each.latitude, each.longitude) for each in timed] == [
        (each.latitude, each.longitude) for each in plain
    ]
    told = [each.time for each in timed if each.time is not None]
    assert len(told) == len(timed)
    assert told == sorted(told)

    at, table = walk.request.at, walk.proposal.timetable
    assert at is not None
    assert told[0] == at + timedelta(minutes=table[1].minute)
    assert abs(told[-1] - at - timedelta(minutes=table[-1].minute)) <= timedelta(seconds=1)
