import subprocess

import gpxpy
import numpy as np
from lxml import etree

from tests.maps.meadow import walk_round
from walktalk.maps import gpx_file

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
