"""A piece of land as JSON values, written short: each source once, positions one after another.

A kept walk is opened for every page and tile, so that reading it back is what counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from walktalk.parks import Area, BackgroundShape, LonLat, Path, Place, Source
from walktalk.parks.model import Barrier, Crossing

_AREA = TypeAdapter(Area)
_SOURCES = TypeAdapter(list[Source])

Json = dict[str, Any]


def land_to_json(area: Area) -> Json:
    """Return an area as JSON values, from which ``land_from_json`` makes the same again."""
    sources = _Sources()
    paths = [
        [
            path.id,
            _flat(path.coordinates),
            dict(path.facts),
            sources.numbers(path.sources),
            path.heights_m,
            *_on_it(path, sources),
        ]
        for path in area.paths.values()
    ]
    places = [
        [
            place.id,
            place.kind,
            place.name,
            list(place.position),
            place.how_to_find,
            dict(place.facts),
            sources.numbers(place.sources),
        ]
        for place in area.places.values()
    ]
    background = [
        [
            shape.kind,
            [_flat(ring) for ring in shape.rings],
            shape.name,
            shape.detail,
            None if shape.source is None else sources.number(shape.source),
        ]
        for shape in area.background
    ]
    about = _AREA.dump_python(replace(area, paths={}, places={}, background=()), mode="json")
    return {
        "about": about,
        "paths": paths,
        "places": places,
        "background": background,
        "sources": _SOURCES.dump_python(list(sources.known), mode="json"),
    }


def land_from_json(values: Json) -> Area:
    """Return the area that ``land_to_json`` gave.

    Raises:
        LookupError, TypeError, ValueError: the values are not those of an area.
    """
    sources = _SOURCES.validate_python(values["sources"])
    paths = [
        Path(
            each,
            _positions(flat),
            facts,
            _named(numbers, sources),
            _heights(heights),
            *_passed(on_it, sources),
        )
        for each, flat, facts, numbers, heights, *on_it in values["paths"]
    ]
    places = [
        Place(each, kind, name, (lon, lat), how_to_find, facts, _named(numbers, sources))
        for each, kind, name, (lon, lat), how_to_find, facts, numbers in values["places"]
    ]
    background = tuple(
        BackgroundShape(
            kind,
            tuple(map(_positions, rings)),
            name,
            detail,
            None if number is None else sources[number],
        )
        for kind, rings, name, detail, number in values["background"]
    )
    return replace(
        _AREA.validate_python(values["about"]),
        paths={path.id: path for path in paths},
        places={place.id: place for place in places},
        background=background,
    )


def whole_area_from_json(values: Json) -> Area:
    """Return an area from its values as they were kept until walks kept their surroundings only.

    Raises:
        ValueError: the values are not those of an area.
    """
    return _AREA.validate_python(values)


def whole_area_to_json(area: Area) -> Json:
    """Return an area as ``whole_area_from_json`` reads it."""
    values: Json = _AREA.dump_python(area, mode="json")
    return values


class _Sources:
    """The sources met so far, each with its number."""

    def __init__(self) -> None:
        self.known: dict[Source, int] = {}

    def number(self, source: Source) -> int:
        return self.known.setdefault(source, len(self.known))

    def numbers(self, sources: Mapping[str, Source]) -> list[list[Any]]:
        """Return ``[number, fact, fact, ...]`` for each source, facts in their order."""
        by: dict[int, list[str]] = {}
        for fact, source in sources.items():
            by.setdefault(self.number(source), []).append(fact)
        return [[number, *facts] for number, facts in by.items()]


def _on_it(path: Path, sources: _Sources) -> list[list[list[list[Any]]]]:
    """Return the barriers and the crossings of a path, nothing for a path that has none."""
    if not path.barriers and not path.crossings:
        return []
    both = [
        [[e.kind, e.position, sources.number(e.source), dict(e.facts)] for e in entries]
        for entries in (path.barriers, path.crossings)
    ]
    return [both]


def _passed(
    on_it: Sequence[Sequence[Sequence[Sequence[Any]]]], sources: Sequence[Source]
) -> tuple[tuple[Barrier, ...], tuple[Crossing, ...]]:
    """Return the barriers and the crossings that ``_on_it`` wrote."""
    barriers, crossings = on_it[0] if on_it else ((), ())
    return (
        tuple(
            Barrier(kind, None if position is None else tuple(position), sources[number], facts)
            for kind, position, number, facts in barriers
        ),
        tuple(
            Crossing(kind, tuple(position), sources[number], facts)
            for kind, position, number, facts in crossings
        ),
    )


def _named(numbers: Sequence[Sequence[Any]], sources: Sequence[Source]) -> dict[str, Source]:
    return {fact: sources[number] for number, *facts in numbers for fact in facts}


def _flat(positions: Sequence[LonLat]) -> list[float]:
    return [degrees for position in positions for degrees in position]


def _positions(flat: Sequence[float]) -> tuple[LonLat, ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _heights(heights: Sequence[float | None] | None) -> tuple[float | None, ...] | None:
    return None if heights is None else tuple(heights)
