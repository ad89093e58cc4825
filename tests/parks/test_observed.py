"""What people saw holds where they saw it: the newest of each fact, for as long as it may last."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walktalk.parks import Area, Path, Source, StoredRoute, area_to_geojson, lying
from walktalk.parks.ageing import AGEING
from walktalk.parks.line import Line
from walktalk.parks.model import Barrier
from walktalk.parks.observed import (
    CHECKED_ON_FOOT,
    MAY_HAVE_CHANGED,
    Observation,
    with_observations,
    without_observations,
)
from walktalk.parks.overtaken import overtaken

DAY = date(2026, 3, 3)
EAST_100_M = 0.0014534  # degrees of longitude at 51.9 north


def path(path_id: str, *, start: int, metres: int) -> Path:
    """A straight path to the east, on whole hundreds of metres from a corner of the ground."""
    points = [-2.07 + (start + share * metres) / 100 * EAST_100_M for share in (0, 0.5, 1)]
    return Path(path_id, tuple((lon, 51.9) for lon in points))


AREA = Area(
    id="park",
    name="Park",
    paths={"a": path("a", start=0, metres=100), "b": path("b", start=100, metres=200)},
    routes={"walk": StoredRoute("walk", "Walk", "", "gate", ("b", "a"), closed=False)},
)


def seen(
    fact: str = "steps",
    value: object = "no",
    *,
    on: str = "b",
    between: tuple[float, float] = (0, 1),
    day: date = DAY,
) -> Observation:
    """What was seen on a share of a path."""
    line = Line.of(AREA.paths[on].coordinates)
    from_m, to_m = (share * line.length_m for share in between)
    stretch = line.cut(from_m, to_m)
    return Observation("1", on, stretch, from_m, to_m, fact, value, day, "Ada")  # type: ignore[arg-type]


def facts(area: Area, fact: str) -> list[object]:
    return [each.facts.get(fact) for each in area.paths.values()]


def test_what_was_seen_on_a_whole_path_is_a_fact_of_it_with_day_and_without_a_name() -> None:
    area = with_observations(AREA, [seen()], DAY).area
    assert facts(area, "steps") == [None, "no"]
    source = area.paths["b"].sources["steps"]
    assert (source.title, source.as_of) == (CHECKED_ON_FOOT, "2026-03-03")
    assert "Ada" not in repr(source)


def test_what_was_seen_on_a_part_is_said_of_that_part_alone() -> None:
    result = with_observations(AREA, [seen("width_m", 1.2, between=(0.25, 0.5))], DAY)
    assert facts(result.area, "width_m") == [None, None, 1.2, None]
    lengths = [each.length_m for each in result.area.paths.values()]
    assert sum(lengths) == pytest.approx(sum(p.length_m for p in AREA.paths.values()), abs=0.01)
    piece = result.pieces["b-part-2"]
    assert (piece.path_id, round(piece.from_m), round(piece.to_m)) == ("b", 50, 100)


def test_a_stored_walk_goes_on_over_the_pieces_whichever_way_it_is_walked() -> None:
    area = with_observations(AREA, [seen(between=(0, 0.5))], DAY).area
    assert area.routes["walk"].path_ids == ("b-part-2", "b-part-1", "a")


def test_the_newer_wins_and_of_one_day_the_later_sent() -> None:
    newer = seen(value="yes", day=DAY + timedelta(1))
    for order in ([seen(), newer], [newer, seen()]):
        area = with_observations(AREA, order, DAY + timedelta(1)).area
        assert facts(area, "steps") == [None, "yes"]
    area = with_observations(AREA, [seen(value="yes"), seen(value="no")], DAY).area
    assert facts(area, "steps") == [None, "no"]


def test_what_was_seen_goes_before_what_was_recorded() -> None:
    recorded = {**AREA.paths, "b": replace(AREA.paths["b"], facts={"surface": "asphalt"})}
    area = replace(AREA, paths=recorded)
    assert facts(with_observations(area, [seen("surface", "mud")], DAY).area, "surface")[1] == "mud"


@pytest.mark.parametrize("fact", AGEING)
def test_what_was_seen_may_have_changed_and_then_is_unknown_again(fact: str) -> None:
    ageing = AGEING[fact]
    titles = []
    for days in (ageing.fresh_for, ageing.fresh_for + timedelta(1), ageing.shown_for):
        area = with_observations(AREA, [seen(fact, "no")], DAY + days).area
        titles.append(area.paths["b"].sources[fact].title)
    assert titles == [CHECKED_ON_FOOT, MAY_HAVE_CHANGED, MAY_HAVE_CHANGED]
    after = DAY + ageing.shown_for + timedelta(1)
    assert with_observations(AREA, [seen(fact, "no")], after).area == AREA


def test_what_was_seen_tomorrow_does_not_count_today() -> None:
    assert with_observations(AREA, [seen(day=DAY + timedelta(1))], DAY).area == AREA


def test_a_fact_outlives_an_import_that_names_its_path_anew() -> None:
    moved = tuple((lon, lat + 0.00001) for lon, lat in AREA.paths["b"].coordinates)
    paths = {"a": AREA.paths["a"], "new": Path("new", moved)}
    result = with_observations(replace(AREA, paths=paths, routes={}), [seen()], DAY)
    assert facts(result.area, "steps") == [None, "no"]
    assert not result.orphans


def test_a_fact_of_a_path_that_is_gone_is_listed_and_laid_on_no_path_that_crosses_there() -> None:
    across = Path("across", ((-2.068, 51.899), (-2.068, 51.901)))
    area = replace(AREA, paths={"a": AREA.paths["a"], "across": across}, routes={})
    result = with_observations(area, [seen()], DAY)
    assert result.orphans == (seen(),)
    assert facts(result.area, "steps") == [None, None]


@settings(derandomize=True, max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["yes", "no"])), max_size=6
    )
)
def test_pieces_always_make_up_the_path_and_each_says_what_was_seen_last_in_its_middle(
    stretches: list[tuple[float, float, str]],
) -> None:
    line = Line.of(AREA.paths["b"].coordinates)
    told = [
        seen(value=value, between=(min(one, other), max(one, other)))
        for one, other, value in stretches
        if abs(one - other) > 0.02
    ]
    result = with_observations(AREA, told, DAY)
    end_m = 0.0
    for piece_id, piece in result.pieces.items():
        assert piece.from_m == end_m
        end_m = piece.to_m
        middle_m = (piece.from_m + piece.to_m) / 2
        covering = [each.value for each in told if each.from_m <= middle_m <= each.to_m]
        expected = covering[-1] if covering else None
        assert result.area.paths[piece_id].facts.get("steps") == expected
    assert end_m in (0.0, line.length_m)


def test_an_area_with_pieces_can_be_written_and_a_gate_stays_on_its_own_piece() -> None:
    survey = Source("survey", "A survey", "2026-01-01")
    way = replace(AREA.paths["a"], sources={"geometry": survey})
    gate = Barrier("gate", way.line.cut(70, 80)[0], survey)
    gated = replace(way, barriers=(gate, Barrier("bollard", None, survey)))
    ground = replace(AREA, paths={"a": gated}, routes={}, sources={"survey": survey})
    known = with_observations(ground, [seen(on="a", between=(0, 0.5))], DAY).area
    assert [[each.kind for each in part.barriers] for part in known.paths.values()] == [
        ["bollard"],
        ["gate", "bollard"],
    ]
    assert len(area_to_geojson(known)["features"]) == len(known.paths)


def test_a_gate_that_was_seen_stands_on_its_stretch_with_its_opening() -> None:
    there = [seen("barriers", "gate", between=(0.4, 0.5))]
    there.append(seen("barrier_width_m", 0.9, between=(0.4, 0.5)))
    area = with_observations(AREA, there, DAY).area
    [gate] = [each for path in area.paths.values() for each in path.barriers]
    assert (gate.kind, gate.facts, gate.source.title) == ("gate", {"width_m": 0.9}, CHECKED_ON_FOOT)
    assert not any(path.barriers for path in without_observations(area).paths.values())


@pytest.mark.parametrize("kind", ["stile", "gate"])
def test_a_recorded_barrier_stays_where_somebody_saw_none_and_takes_a_measured_opening(
    kind: str,
) -> None:
    stile = Barrier(kind, None, Source("osm", "A map", "2020-01-01"))
    recorded = replace(AREA.paths["b"], barriers=(stile,))
    area = replace(AREA, paths={**AREA.paths, "b": recorded})
    result = with_observations(area, [seen("barriers", "none")], DAY).area
    assert result.paths["b"].barriers == (stile,)
    measured = with_observations(area, [seen("barrier_width_m", 0.7)], DAY).area
    assert measured.paths["b"].barriers[0].facts == {"width_m": 0.7}
    assert without_observations(measured).paths["b"].barriers == (stile,)


def test_of_two_that_contradict_each_other_the_older_is_told_by_the_newer() -> None:
    older, newer = seen(value="no"), seen(value="yes", between=(0.5, 1), day=DAY + timedelta(1))
    elsewhere = seen(value="yes", between=(0, 0.4), day=DAY + timedelta(1))
    older, newer, elsewhere = (
        replace(each, id=name)
        for each, name in ((older, "older"), (newer, "newer"), (elsewhere, "elsewhere"))
    )
    assert overtaken([newer, older]) == {"older": newer}
    assert overtaken([older, replace(older, id="again")]) == {}
    assert overtaken([replace(newer, to_m=older.to_m), replace(elsewhere, value="yes")]) == {}


def test_what_was_noted_for_one_hour_stays_beside_what_was_noted_for_another() -> None:
    notes = [
        seen("crowds", "busy Sa 09:00", day=DAY),
        seen("crowds", "quiet Tu 10:00", day=DAY + timedelta(1)),
        seen("crowds", "busy Tu 10:00", day=DAY),
    ]
    path = with_observations(AREA, notes, DAY + timedelta(2)).area.paths["b"]
    assert path.facts["crowds"] == "busy Sa 09:00; quiet Tu 10:00"
    assert path.sources["crowds"].as_of == DAY.isoformat()
    named = [replace(each, id=str(number)) for number, each in enumerate(notes)]
    assert overtaken(named) == {"2": named[1]}


def test_what_lies_along_a_stretch_is_looked_for_once_however_much_is_said_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []
    runs_along = lying._runs_along

    def counting(path: Path, stretch: lying.Stretch) -> bool:
        looked.append(path.id)
        return runs_along(path, stretch)

    monkeypatch.setattr(lying, "_runs_along", counting)
    area = replace(AREA)
    said = [seen(fact, value) for fact, value in (("steps", "no"), ("mud", "no"), ("firm", "yes"))]
    with_observations(area, said, DAY)
    with_observations(area, [*said, seen("seats", "none")], DAY)
    assert looked == ["b"]
