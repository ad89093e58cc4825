"""What people drew: joined where a point lies on a path, dated, and nothing more known."""

from datetime import date

import pytest

from tests.parks.height_server import at
from walktalk.parks import Area, Path, Source
from walktalk.parks.drawn import Drawing, has_drawings, oddities, with_drawings
from walktalk.parks.model import BackgroundShape, StoredRoute
from walktalk.routes.checks.steps import NEED

OSM = Source("osm", "OpenStreetMap contributors", "2026-11-20", "ODbL-1.0")
DAY = date(2026, 11, 24)


def path(path_id: str, *points: tuple[float, float]) -> Path:
    facts = {"surface": "asphalt"}
    return Path(path_id, tuple(at(*p) for p in points), facts, {"geometry": OSM, "surface": OSM})


AREA = Area(
    "green",
    "Green",
    {p.id: p for p in (path("west", (0, 0), (0, 200)), path("east", (100, 0), (100, 200)))},
    background=(
        BackgroundShape("water", ((at(40, 80), at(60, 80), at(60, 120), at(40, 120), at(40, 80)),)),
    ),
    sources={"osm": OSM},
)


def drawing(kind: str, *points: tuple[float, float], number: int = 1) -> Drawing:
    return Drawing(f"{number:012x}", kind, tuple(at(*p) for p in points), DAY)


def test_a_drawn_path_joins_where_its_points_lie_on_paths_and_cuts_them_there() -> None:
    area = with_drawings(AREA, [drawing("path", (2, 100), (50, 150), (98, 198))])
    assert set(area.paths) == {"west-part-1", "west-part-2", "east", "drawn-000000000001-1"}
    drawn = area.paths["drawn-000000000001-1"]
    ends = {area.network.nodes[node] for node in area.network.ends_of(drawn.id)}
    assert area.paths["west-part-1"].coordinates[-1] in ends
    assert AREA.paths["east"].coordinates[-1] in ends
    assert area.paths["west-part-2"].facts["surface"] == "asphalt"


def test_a_point_on_a_path_in_the_middle_of_a_line_is_a_junction() -> None:
    area = with_drawings(AREA, [drawing("path", (0, 200), (100, 100), (150, 100))])
    drawn = [each for each in area.paths if each.startswith("drawn-")]
    assert len(drawn) == 2
    node = area.network.ends_of(drawn[0])[1]
    assert len(area.network.ends_at(node)) == 4


def test_nothing_is_known_of_a_drawn_path_but_its_line_with_its_day() -> None:
    area = with_drawings(AREA, [drawing("path", (0, 200), (100, 200))])
    drawn = area.paths["drawn-000000000001-1"]
    assert drawn.facts == {"highway": "path"}
    source = drawn.sources["geometry"]
    assert (source.title, source.as_of) == ("Drawn by hand", "2026-11-24")
    assert NEED.verdicts(area)[drawn.id] == "unknown"
    assert has_drawings(area)
    assert not has_drawings(AREA)


def test_a_mended_path_keeps_its_id_its_facts_and_its_ends() -> None:
    area = with_drawings(AREA, [drawing("mended", (1, 199), (20, 100), (1, 1))])
    west = area.paths["west"]
    assert west.coordinates == (at(0, 0), at(20, 100), at(0, 200))
    assert west.facts == {"surface": "asphalt"}
    assert west.sources["geometry"].title == "Drawn by hand"
    assert west.sources["surface"] == OSM


@pytest.mark.parametrize("kind", ["bench", "toilets"])
def test_a_place_stands_where_it_was_drawn(kind: str) -> None:
    area = with_drawings(AREA, [drawing(kind, (10, 10))])
    (place,) = area.places.values()
    assert (place.kind, place.position) == (kind, at(10, 10))


def test_a_gate_stands_on_the_path_that_is_near_and_nowhere_else() -> None:
    area = with_drawings(AREA, [drawing("gate", (3, 50))])
    (gate,) = area.paths["west"].barriers
    assert gate.kind == "gate"
    assert with_drawings(AREA, [drawing("gate", (50, 50))]) is AREA


def test_a_stored_route_leads_over_the_pieces_that_its_path_is_cut_into() -> None:
    route = StoredRoute("up", "Up", "", "start", ("west",), closed=False)
    area = with_drawings(
        Area("green", "Green", AREA.paths, routes={"up": route}),
        [drawing("path", (0, 100), (50, 100)), drawing("path", (0, 150), (50, 150), number=2)],
    )
    assert area.routes["up"].path_ids == ("west-part-1", "west-part-2-part-1", "west-part-2-part-2")


def test_what_is_odd_about_a_line_is_said_and_it_is_kept_as_it_was_drawn() -> None:
    across = tuple(at(*p) for p in ((0, 100), (100, 100)))
    assert oddities(AREA, across) == ["It crosses water."]
    knot = tuple(at(*p) for p in ((20, 20), (30, 30), (30, 20), (20, 30)))
    assert oddities(AREA, knot) == ["It crosses itself.", "Neither end is on a path."]
    area = with_drawings(AREA, [drawing("path", (0, 100), (100, 100))])
    assert len(area.paths["drawn-000000000001-1"].coordinates) == 2
