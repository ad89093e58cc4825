"""Slopes from the 1 m model: judged over 20 m, with the error that its source states."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.parks.height_server import COVERAGE, answers_of, at, square
from tests.parks.osm.stand_in import Answer, StandIn, stand_in
from walktalk.parks import Area, ParkDataError, Path, Source
from walktalk.parks.asking import Online
from walktalk.parks.heights import with_heights
from walktalk.parks.lidar import SOURCE, lidar_heights, squares_of
from walktalk.parks.model import FactValue
from walktalk.routes.checks.gradient import NEED

OSM = Source("osm", "OpenStreetMap contributors", "2026-11-20", "ODbL-1.0")
SLOPES = (0.0, 1 / 40, 1 / 22, 1 / 20, 1 / 18, 1 / 12)
"""How the terrain rises to the east, band by band of 100 m from south to north."""

VOID = slice(400, 500)  # metres east: nothing was flown there


def terrain(east: NDArray[np.float64], north: NDArray[np.float64]) -> NDArray[np.float64]:
    band = np.floor(north / 100).astype(int)
    slope = np.array((*SLOPES, 0.0, 0.0, 0.0, 0.0))[band]
    height: NDArray[np.float64] = 60 + slope * east
    in_void = (east >= VOID.start) & (east < VOID.stop)
    height[in_void & (band == 6)] = -3.4028234663852886e38
    height[in_void & (band == 7)] = 0.0
    return height


def path(
    path_id: str,
    band: int,
    from_m: float,
    to_m: float,
    *,
    north_m: float = 50,
    facts: Mapping[str, FactValue] = MappingProxyType({}),
) -> Path:
    line = tuple(at(east, band * 100 + north_m) for east in (from_m, to_m))
    return Path(path_id, line, facts, dict.fromkeys(("geometry", *facts), OSM))


def area(*paths: Path) -> Area:
    return Area("hill", "Hill", {each.id: each for each in paths}, sources={"osm": OSM})


def server_of(server: StandIn, folder: FilePath) -> Online:
    return Online(f"{server.url}/wcs", "a test", folder / "cache", 5.0, backoff_s=0.0)


def measured(land: Area, folder: FilePath) -> Area:
    with stand_in(answers_of(terrain)) as server:
        heights = lidar_heights(land, server_of(server, folder), lambda _: None)
        return with_heights(land, [heights])[0]


def test_known_ramps_are_judged_with_the_error_at_both_ends_of_each_window(
    tmp_path: FilePath,
) -> None:
    names = ("flat", "1 in 40", "1 in 22", "1 in 20", "1 in 18", "1 in 12")
    land = measured(area(*(path(n, band, 100, 300) for band, n in enumerate(names))), tmp_path)
    assert {name: NEED.verdicts(land)[name] for name in names} == {
        "flat": "met",
        "1 in 40": "met",
        "1 in 22": "unknown",
        "1 in 20": "unknown",
        "1 in 18": "unknown",
        "1 in 12": "broken",
    }
    facts = land.paths["1 in 40"].facts
    assert facts["gradient_pct"] == pytest.approx(2.5, abs=0.1)
    assert facts["gradient_error_pct"] == pytest.approx(2.1)
    assert facts["gradient_window_m"] == pytest.approx(20.0)
    assert land.paths["1 in 40"].sources["gradient_pct"] == SOURCE
    assert len(land.paths["1 in 40"].heights_m or ()) == 2


def test_a_long_even_ramp_is_judged_by_its_windows_and_not_by_its_whole_climb(
    tmp_path: FilePath,
) -> None:
    land = measured(area(path("long", 4, 100, 900)), tmp_path)
    assert NEED.verdicts(land)["long"] == "unknown"


def test_a_path_over_the_seam_between_two_squares_is_measured_all_along(
    tmp_path: FilePath,
) -> None:
    land = area(path("seam", 1, 900, 1100))
    assert [east for east, _ in squares_of(land)] == [394_000, 395_000]
    assert NEED.verdicts(measured(land, tmp_path))["seam"] == "met"


@pytest.mark.parametrize("band", [6, 7])
def test_a_void_and_zeros_where_nothing_was_flown_are_unknown(
    tmp_path: FilePath, band: int
) -> None:
    land = measured(area(path("void", band, 300, 600), path("beside", band, 100, 300)), tmp_path)
    assert "gradient_pct" not in land.paths["void"].facts
    assert NEED.verdicts(land)["void"] == "unknown"
    assert NEED.verdicts(land)["beside"] == "met"


@pytest.mark.parametrize("fact", [{"bridge": "yes"}, {"tunnel": "yes"}, {"layer": "-1"}])
def test_a_bridge_a_tunnel_and_another_layer_get_none_nor_what_lies_15_m_around(
    tmp_path: FilePath, fact: dict[str, FactValue]
) -> None:
    land = measured(
        area(
            path("over", 0, 200, 230, facts=fact),
            path("to it", 0, 100, 200),
            path("beside it", 0, 100, 300, north_m=62),
            path("far", 0, 100, 300, north_m=75),
        ),
        tmp_path,
    )
    known = {path.id for path in land.paths.values() if "gradient_pct" in path.facts}
    assert known == {"far"}


def test_a_path_shorter_than_a_window_is_judged_with_what_leads_on_from_it(
    tmp_path: FilePath,
) -> None:
    steep = path("up", 5, 108, 300)
    land = measured(
        area(
            path("gentle", 1, 100, 108),
            path("before", 1, 20, 100),
            path("after", 1, 108, 200),
            path("alone", 1, 300, 308),
            path("short", 5, 100, 108),
            path("from", 5, 20, 100),
            steep,
        ),
        tmp_path,
    )
    verdicts = NEED.verdicts(land)
    assert verdicts["gentle"] == "met"
    assert land.paths["gentle"].facts["gradient_window_m"] == pytest.approx(20.0, abs=0.5)
    assert verdicts["alone"] == "unknown"
    assert verdicts["short"] == "broken"


def test_a_short_path_beside_one_steep_path_of_several_is_not_steep_for_sure(
    tmp_path: FilePath,
) -> None:
    corner = at(208, 595)
    up = Path("up", (corner, at(208, 560)), {}, {"geometry": OSM})  # falls to no side
    steep = Path("steep", (corner, at(300, 595)), {}, {"geometry": OSM})
    short = Path("short", (at(208, 599), corner), {}, {"geometry": OSM})
    verdicts = NEED.verdicts(measured(area(up, steep, short), tmp_path))
    assert (verdicts["steep"], verdicts["short"]) == ("broken", "unknown")


def test_squares_that_are_kept_are_not_asked_for_again(tmp_path: FilePath) -> None:
    land = area(path("flat", 0, 100, 300))
    with stand_in(answers_of(terrain)) as server:
        for _ in range(2):
            lidar_heights(land, server_of(server, tmp_path), lambda _: None)
    asked = [each["question"] for each in server.asked if "GetCoverage" in each["question"]]
    assert len(asked) == 1
    assert f"coverageId={COVERAGE}" in asked[0]
    assert "subset=E%28394000%2C395000%29&subset=N%28223000%2C224000%29" in asked[0]


def wrapped(body: bytes) -> Answer:
    head = b"--x\r\nContent-Type: text/xml\r\n\r\n<gml/>\r\n--x\r\nContent-Type: image/tiff\r\n\r\n"
    return 200, head + body + b"\r\n--x--\r\n", 'multipart/related; boundary="x"'


def test_heights_wrapped_in_several_parts_are_taken_out_whole(tmp_path: FilePath) -> None:
    land = area(path("flat", 1, 100, 300))
    right = answers_of(terrain)

    def answer(question: str) -> Answer:
        body = right(question)[1]
        return wrapped(body) if "GetCoverage" in question else right(question)

    with stand_in(answer) as server:
        heights = lidar_heights(land, server_of(server, tmp_path), lambda _: None)
    assert NEED.verdicts(with_heights(land, [heights])[0])["flat"] == "met"


def other_place() -> bytes:
    return square(terrain, 395_000, 223_000)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (lambda: (500, b'{"error": {"message": "box outside"}}'), "refuses.*box outside"),
        (lambda: (200, b"<html>login</html>"), "sends no heights"),
        (lambda: (200, b'{"message": "quota"}'), "sends no heights: quota"),
        (lambda: (200, square(terrain, 394_000, 223_000)[:100_000]), "damaged or cut short"),
        (lambda: (200, other_place()), "of another place"),
        (lambda: (503, b""), "too busy"),
    ],
)
def test_a_bad_answer_gives_a_clear_message_and_is_not_kept(
    tmp_path: FilePath, body: Callable[[], Answer], reason: str
) -> None:
    right = answers_of(terrain)

    def answer(question: str) -> Answer:
        return body() if "GetCoverage" in question else right(question)

    land = area(path("flat", 0, 100, 300))
    with stand_in(answer) as server, pytest.raises(ParkDataError, match=reason):
        lidar_heights(land, server_of(server, tmp_path), lambda _: None)
    assert not list(tmp_path.rglob("*.tif"))


def test_an_answer_that_breaks_off_or_comes_too_slowly_is_given_up(tmp_path: FilePath) -> None:
    land = area(path("flat", 0, 100, 300))
    with (
        stand_in(answers_of(terrain), cut=10) as server,
        pytest.raises(ParkDataError, match="broke off"),
    ):
        lidar_heights(land, server_of(server, tmp_path), lambda _: None)
    with (
        stand_in(answers_of(terrain)) as server,
        pytest.raises(ParkDataError, match="too slow"),
    ):
        slow = replace(server_of(server, tmp_path), longest_s=0.0)
        lidar_heights(land, slow, lambda _: None)


def test_an_area_that_is_not_in_england_is_not_asked_for(tmp_path: FilePath) -> None:
    krems = Path("krems", ((15.60, 48.41), (15.61, 48.41)), {}, {"geometry": OSM})
    with (
        stand_in(answers_of(terrain)) as server,
        pytest.raises(ParkDataError, match="not in England"),
    ):
        lidar_heights(area(krems), server_of(server, tmp_path), lambda _: None)
    assert not server.asked
