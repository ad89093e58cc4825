from dataclasses import replace
from pathlib import Path as FilePath

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, write_osm
from walktalk.parks import (
    Area,
    Note,
    Path,
    Place,
    Source,
    StoredRoute,
    area_to_geojson,
    import_osm,
    read_area,
)
from walktalk.parks.merge import merge_areas
from walktalk.parks.merge_starts import cut_where_walks_begin

BY_HAND = Source("survey", "Somebody who went there", "2026-11-10")
CROSS = {1: ([10, 11, 12, 13], FOOTWAY), 2: ([1, 11, 21], FOOTWAY)}


def _import(folder: FilePath, ways: dict[int, tuple[list[int], dict[str, str]]]) -> Area:
    return import_osm(write_osm(folder / "park.osm", GRID, ways))


def _recorded(area: Area, path_id: str, **facts: str | float) -> Area:
    path = area.paths[path_id]
    path = replace(
        path,
        facts={**path.facts, **facts},
        sources={**path.sources, **dict.fromkeys(facts, BY_HAND)},
    )
    return replace(
        area, paths={**area.paths, path_id: path}, sources={**area.sources, "survey": BY_HAND}
    )


def _with_route(area: Area, *path_ids: str) -> Area:
    start = Place(
        "our-start",
        "meeting_point",
        "Our start",
        area.paths[path_ids[0]].coordinates[0],
        "Where we meet.",
        sources={"geometry": BY_HAND},
    )
    route = StoredRoute("across", "Across", "", start.id, path_ids, closed=False)
    return replace(area, routes={"across": route}, places={start.id: start, **area.places})


def test_the_same_import_again_changes_nothing(tmp_path: FilePath) -> None:
    area = _import(tmp_path, CROSS)
    merged, summary = merge_areas(area, _import(tmp_path, CROSS))
    assert merged == area
    assert not (summary.added or summary.changed or summary.gone or summary.lost_routes)


def test_what_a_person_recorded_is_kept_and_what_openstreetmap_says_is_renewed(
    tmp_path: FilePath,
) -> None:
    old = _recorded(_import(tmp_path, CROSS), "w1-n10-n11", width_m=1.2, surface="mud")
    paved = {1: ([10, 11, 12, 13], FOOTWAY | {"surface": "asphalt", "lit": "yes"}), 2: CROSS[2]}
    merged, summary = merge_areas(old, _import(tmp_path, paved))
    path = merged.paths["w1-n10-n11"]
    assert (path.facts["width_m"], path.facts["surface"], path.facts["lit"]) == (1.2, "mud", "yes")
    assert path.sources["surface"] == BY_HAND
    assert merged.paths["w1-n11-n13"].facts["surface"] == "asphalt"
    assert set(summary.changed) >= {"w1-n10-n11", "w1-n11-n13"}
    assert "w1-n10-n11" in summary.kept
    assert read_area(area_to_geojson(merged)) == merged


def test_a_path_drawn_anew_under_another_id_keeps_the_old_one(tmp_path: FilePath) -> None:
    old = _import(tmp_path, CROSS)
    new = _import(tmp_path, {7: CROSS[1], 8: CROSS[2]})
    merged, summary = merge_areas(old, new)
    assert list(merged.paths) == list(old.paths)
    assert not summary.gone


def test_what_was_recorded_on_a_path_stays_on_the_pieces_it_is_cut_into(
    tmp_path: FilePath,
) -> None:
    old = _recorded(_import(tmp_path, {1: CROSS[1]}), "w1-n10-n13", width_m=1.2, step_count=3)
    merged, summary = merge_areas(old, _import(tmp_path, CROSS))
    assert "w1-n10-n13" in summary.gone
    for piece in ("w1-n10-n11", "w1-n11-n13"):
        assert merged.paths[piece].facts["width_m"] == 1.2
        assert "step_count" not in merged.paths[piece].facts


def test_a_path_that_has_gone_from_the_map_stays_when_a_person_recorded_it(
    tmp_path: FilePath,
) -> None:
    old = _import(tmp_path, CROSS)
    kept = _recorded(old, "w2-n11-n21", lit="yes")
    left = {1: CROSS[1]}
    assert "w2-n11-n21" not in merge_areas(old, _import(tmp_path, left))[0].paths
    merged, summary = merge_areas(kept, _import(tmp_path, left))
    assert "w2-n11-n21" in merged.paths
    assert summary.gone == ["w1-n10-n11", "w1-n11-n13", "w2-n1-n11"]


def test_a_stored_route_whose_path_has_gone_is_flagged_and_never_moved(
    tmp_path: FilePath,
) -> None:
    old = _with_route(_import(tmp_path, CROSS), "w2-n1-n11", "w2-n11-n21")
    merged, summary = merge_areas(old, _import(tmp_path, {1: CROSS[1]}))
    assert not merged.routes
    assert summary.lost_routes == ["Across"]
    assert merged.lost_routes["across"].gone == ("w2-n1-n11", "w2-n11-n21")
    assert merged.lost_routes["across"].line == (GRID[1], GRID[11], GRID[21])
    assert read_area(area_to_geojson(merged)) == merged


def test_a_stored_route_whose_paths_are_there_stays(tmp_path: FilePath) -> None:
    old = _with_route(_import(tmp_path, CROSS), "w2-n1-n11", "w2-n11-n21")
    merged, _ = merge_areas(old, _import(tmp_path, CROSS))
    assert merged.routes == old.routes


def test_a_stored_route_follows_the_same_ground_over_newly_cut_paths(tmp_path: FilePath) -> None:
    old = _with_route(_import(tmp_path, {1: CROSS[1]}), "w1-n10-n13")
    merged, summary = merge_areas(old, _import(tmp_path, CROSS))
    assert merged.routes["across"].path_ids == ("w1-n10-n11", "w1-n11-n13")
    assert not summary.lost_routes
    assert read_area(area_to_geojson(merged)) == merged


def test_heights_go_when_the_line_they_were_taken_along_changes(tmp_path: FilePath) -> None:
    old = _import(tmp_path, CROSS)
    heights = Source("heights-srtm", "SRTM", "2000-02")
    path = old.paths["w1-n11-n13"]
    path = replace(
        path,
        facts={**path.facts, "climb_m": 3.0},
        sources={**path.sources, "climb_m": heights},
    )
    old = replace(old, paths={**old.paths, path.id: path})
    same, _ = merge_areas(old, _import(tmp_path, CROSS))
    assert same.paths[path.id].facts["climb_m"] == 3.0
    bent = {1: ([10, 11, 2, 13], FOOTWAY), 2: CROSS[2]}
    moved, _ = merge_areas(old, _import(tmp_path, bent))
    assert "climb_m" not in moved.paths[path.id].facts


def test_heights_along_a_path_follow_its_line_and_go_with_it(tmp_path: FilePath) -> None:
    old = _import(tmp_path, CROSS)
    model = Source("heights-srtm", "SRTM", "2000-02")
    path = old.paths["w1-n11-n13"]
    high = replace(
        path,
        heights_m=tuple(60.0 + n for n in range(len(path.coordinates))),
        sources={**path.sources, "heights_m": model},
    )
    old = replace(old, paths={**old.paths, path.id: high}, sources={**old.sources, model.id: model})
    same, _ = merge_areas(old, _import(tmp_path, CROSS))
    assert same.paths[path.id].heights_m == high.heights_m
    assert same.paths[path.id].sources["heights_m"] == model
    assert read_area(area_to_geojson(same)) == same
    bent = {1: ([10, 11, 2, 13], FOOTWAY), 2: CROSS[2]}
    moved, _ = merge_areas(old, _import(tmp_path, bent))
    assert moved.paths[path.id].heights_m is None
    assert "heights_m" not in moved.paths[path.id].sources


def test_the_pieces_of_a_path_that_is_cut_anew_have_no_heights(tmp_path: FilePath) -> None:
    old = _import(tmp_path, {1: CROSS[1]})
    [path] = old.paths.values()
    heights = tuple(60.0 for _ in path.coordinates)
    by_hand = {**path.sources, "heights_m": BY_HAND}
    old = replace(old, paths={path.id: replace(path, heights_m=heights, sources=by_hand)})
    merged, _ = merge_areas(old, _import(tmp_path, CROSS))
    assert len(merged.paths) > 1
    assert [each.heights_m for each in merged.paths.values()] == [None] * len(merged.paths)


def test_a_place_and_a_note_of_ours_stay(tmp_path: FilePath) -> None:
    old = _import(tmp_path, CROSS)
    bench = Place("our-bench", "bench", "", GRID[11], sources={"geometry": BY_HAND})
    note = Note("Muddy in winter.", ("surface",), BY_HAND)
    old = replace(old, places={**old.places, "our-bench": bench}, notes=(note,))
    merged, summary = merge_areas(old, _import(tmp_path, CROSS))
    assert merged.places["our-bench"] == bench
    assert merged.notes == (note,)
    assert "our-bench" in summary.kept
    assert merged.sources["survey"] == BY_HAND


def test_an_older_state_of_a_source_keeps_its_own_date(tmp_path: FilePath) -> None:
    old = _recorded(_import(tmp_path, CROSS), "w2-n11-n21", lit="yes")
    before = replace(old.sources["osm"], as_of="2020-01-01")
    old = replace(
        old,
        sources={**old.sources, "osm": before},
        paths={i: _dated(path, before) for i, path in old.paths.items()},
    )
    merged, _ = merge_areas(old, _import(tmp_path, {1: CROSS[1]}))
    path = merged.paths["w2-n11-n21"]
    assert path.sources["geometry"].as_of == "2020-01-01"
    assert merged.paths["w1-n10-n13"].sources["geometry"].as_of != "2020-01-01"
    assert read_area(area_to_geojson(merged)) == merged


def _dated(path: Path, source: Source) -> Path:
    return replace(
        path,
        sources={k: source if s.id == "osm" else s for k, s in path.sources.items()},
    )


def test_a_walk_that_begins_inside_a_path_of_the_map_is_kept_with_its_paths(
    tmp_path: FilePath,
) -> None:
    imported = _import(tmp_path, {1: CROSS[1]})
    [whole] = imported.paths.values()
    (lon, lat), (east_lon, east_lat), *_ = whole.coordinates
    here = ((lon + east_lon) / 2, (lat + east_lat) / 2)
    west = replace(whole, id="west", coordinates=(whole.coordinates[0], here))
    east = replace(whole, id="east", coordinates=(here, *whole.coordinates[1:]))
    old = _with_route(replace(imported, paths={"east": east, "west": west}), "east")
    merged, summary = merge_areas(old, imported)
    assert set(merged.paths) == {"east", "west"}
    assert merged.routes == old.routes
    assert not (summary.gone or summary.added or summary.lost_routes)
    assert merge_areas(merged, imported)[0] == merged
    assert read_area(area_to_geojson(merged)) == merged


def test_a_path_cut_where_a_walk_begins_keeps_its_heights_on_both_pieces(
    tmp_path: FilePath,
) -> None:
    imported = _import(tmp_path, {1: CROSS[1]})
    [whole] = imported.paths.values()
    heights = tuple(60.0 + 2 * n for n in range(len(whole.coordinates)))
    model = Source("osm-heights", "Heights", "2026")
    high = replace(whole, heights_m=heights, sources={**whole.sources, "heights_m": model})
    (lon, lat), (east_lon, east_lat), *_ = whole.coordinates
    here = ((lon + east_lon) / 2, (lat + east_lat) / 2)
    east = replace(whole, id="east", coordinates=(here, *whole.coordinates[1:]))
    old = _with_route(replace(imported, paths={"east": east}), "east")
    new = cut_where_walks_begin(old, replace(imported, paths={whole.id: high}))
    west_piece, east_piece = new.paths.values()
    assert west_piece.heights_m == pytest.approx((60.0, 61.0), abs=0.01)
    assert east_piece.heights_m == pytest.approx((61.0, *heights[1:]), abs=0.01)
    assert east_piece.sources["heights_m"] == model
