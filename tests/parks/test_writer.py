import errno
import json
import os
from dataclasses import replace
from pathlib import Path as FilePath
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parks.samples import CROSS, document
from walktalk.parks import (
    Area,
    BackgroundShape,
    Note,
    ParkDataError,
    Path,
    Place,
    Source,
    area_to_geojson,
    load_area,
    read_area,
    write_area,
)
from walktalk.parks.model import FactValue, Height

_SOURCES = {
    "osm": Source("osm", "OpenStreetMap contributors", "2026-09-15", "ODbL-1.0"),
    "walked": Source("walked", "Somebody who walked there", "2026-11", reported=True),
}
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "surface": _TEXT,
        "width_m": st.floats(0.1, 100),
        "step_count": st.integers(1, 500),
        "lit": st.sampled_from(["yes", "no"]),
    },
)


_HEIGHT = st.none() | st.floats(-500, 9000).map(lambda height: round(height, 1))


def any_height(heights: tuple[Height, ...]) -> bool:
    return any(height is not None for height in heights)


@st.composite
def _areas(draw: st.DrawFn) -> Area:
    """A star of paths that all start at one point, with facts from two sources."""
    source = st.sampled_from(list(_SOURCES.values()))
    paths = {}
    for number in range(draw(st.integers(1, 4))):
        facts = cast(dict[str, FactValue], draw(_FACTS))
        far = (CROSS[0] + draw(st.floats(0.001, 0.1)), CROSS[1] + draw(st.floats(-0.1, 0.1)))
        heights = draw(st.none() | st.tuples(_HEIGHT, _HEIGHT).filter(any_height))
        sourced = ("geometry", *facts, *(["heights_m"] if heights else []))
        paths[f"path-{number}"] = Path(
            id=f"path-{number}",
            coordinates=(CROSS, far),
            facts=facts,
            sources={name: draw(source) for name in sourced},
            heights_m=heights,
        )
    place = Place(
        "meet",
        "meeting_point",
        draw(_TEXT),
        CROSS,
        "Where the paths meet.",
        sources={"geometry": draw(source)},
    )
    ring = (CROSS, (-2.0, 51.9), (-2.0, 52.0), CROSS)
    return Area(
        id="star",
        name=draw(_TEXT),
        paths=paths,
        places={"meet": place},
        notes=(Note(draw(_TEXT), ("bikes",), _SOURCES["walked"]),),
        background=(
            BackgroundShape("water", (ring,), draw(_TEXT), source=_SOURCES["osm"]),
            BackgroundShape("road", (ring[:2],), detail="primary", source=_SOURCES["osm"]),
        ),
        sources=_SOURCES,
        searched={"bench": _SOURCES["osm"]},
    )


@given(_areas())
def test_an_area_written_and_read_again_is_the_same(area: Area) -> None:
    assert read_area(area_to_geojson(area)) == area


def test_a_written_file_can_be_loaded(tmp_path: FilePath) -> None:
    area = read_area(document())
    write_area(area, tmp_path / "new" / "small-park.geojson")
    assert load_area(tmp_path / "new" / "small-park.geojson") == area


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "small-park.geojson"
    write_area(read_area(document()), file)
    before = file.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ParkDataError, match=r"No space left on device.*nothing was changed"):
        write_area(read_area(document() | {"name": "Changed"}), file)
    assert file.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["small-park.geojson"]


def test_a_path_without_a_source_is_not_written() -> None:
    area = Area("a", "A", {"p": Path("p", (CROSS, (-2.0, 51.9)))})
    with pytest.raises(ParkDataError, match="no source"):
        area_to_geojson(area)


def test_heights_are_written_to_a_tenth_of_a_metre_and_unknown_ones_as_null() -> None:
    area = read_area(document())
    path = replace(
        area.paths["path-01"],
        heights_m=(61.2345, None),
        sources={**area.paths["path-01"].sources, "heights_m": _SOURCES["osm"]},
    )
    area = replace(
        area,
        paths={**area.paths, path.id: path},
        sources={**area.sources, "osm": _SOURCES["osm"]},
    )
    written = area_to_geojson(area)
    (feature,) = [each for each in written["features"] if each["id"] == path.id]
    assert feature["properties"]["heights_m"] == {"value": [61.2, None], "source": "osm"}
    assert {len(position) for position in feature["geometry"]["coordinates"]} == {2}
    read = read_area(written).paths[path.id]
    assert (read.heights_m, read.sources["heights_m"]) == ((61.2, None), _SOURCES["osm"])


def test_a_path_of_which_no_height_is_known_has_none_in_its_file() -> None:
    area = read_area(document())
    path = replace(area.paths["path-01"], heights_m=(None, None))
    written = area_to_geojson(replace(area, paths={**area.paths, path.id: path}))
    assert "heights_m" not in json.dumps(written)
    assert read_area(written) == area
