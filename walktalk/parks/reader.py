"""Reads area files: JSON to plain values, everything checked, every refusal in plain English."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from walktalk.parks import schema
from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.integrity import refuse_what_does_not_fit_together
from walktalk.parks.line_heights import is_known
from walktalk.parks.model import (
    Area,
    BackgroundShape,
    Barrier,
    Crossing,
    LostRoute,
    Note,
    Path,
    Place,
    Source,
    StoredRoute,
    WayIn,
)

Model = TypeVar("Model", bound=BaseModel)

MAX_FILE_BYTES = 200_000_000  # an area is one park; a whole town's network takes about 20 MB


def load_areas(*folders: FilePath | str) -> dict[str, Area]:
    """Read every area file of one or more folders.

    Args:
        folders: a later folder's area hides an earlier one's of the same id. A folder that does
            not exist holds no areas.

    Returns:
        The areas by id, sorted by id.

    Raises:
        ParkDataError: a file is broken.
    """
    files = {
        file.stem: file for folder in folders for file in sorted(FilePath(folder).glob("*.geojson"))
    }
    return {area_id: load_area(files[area_id]) for area_id in sorted(files)}


def load_area(path: FilePath | str) -> Area:
    """Read one area file.

    Raises:
        ParkDataError: the file cannot be read, is not an area in our schema, or contradicts
            itself; the message names file, feature and reason.
    """
    path = FilePath(path)
    area = read_area(_read_json(path), str(path))
    if area.id != path.stem:
        raise ParkDataError(f"{path}: the file's name must be its id, {area.id}.geojson")
    return area


def read_area(document: object, name: str = "area") -> Area:
    """Turn a parsed GeoJSON document in our schema into an area.

    Args:
        document: what the JSON parser returned.
        name: how messages call the file.

    Raises:
        ParkDataError: as for ``load_area``.
    """
    if not isinstance(document, dict):
        raise ParkDataError(f"{name}: the file must hold one JSON object, a FeatureCollection")
    head = _checked(schema.Collection, document, name)
    sources = {key: Source(id=key, **entry.model_dump()) for key, entry in head.sources.items()}
    features = [_feature(raw, index, name) for index, raw in enumerate(head.features)]
    _refuse_twins(features, name)
    reader = _FeatureReader(sources, name)
    paths = {f.id: reader.path(f) for f in features if isinstance(f, schema.PathFeature)}
    stored = [f for f in features if isinstance(f, schema.RouteFeature)]
    area = Area(
        id=head.id,
        name=head.name,
        about=head.about,
        paths=paths,
        places={f.id: reader.place(f) for f in features if isinstance(f, schema.PlaceFeature)},
        routes={f.id: _route(f) for f in stored if f.properties.gone is None},
        lost_routes={
            f.id: LostRoute(_route(f), tuple(f.properties.gone), tuple(f.geometry.coordinates))
            for f in stored
            if f.properties.gone is not None
        },
        notes=tuple(
            Note(note.text, tuple(note.checks), reader.source(note.source, "notes"))
            for note in head.notes
        ),
        background=tuple(reader.shape(f) for f in features if isinstance(f, schema.ShapeFeature)),
        ways_in=tuple(map(reader.way_in, head.ways_in)),
        sources=sources,
        searched={
            kind: reader.source(source, "searched") for kind, source in head.searched.items()
        },
    )
    lines = {f.id: tuple(f.geometry.coordinates) for f in stored}
    refuse_what_does_not_fit_together(area, lines, name)
    return area


class _FeatureReader:
    """Turns checked features into plain values, with their sources looked up."""

    def __init__(self, sources: Mapping[str, Source], name: str) -> None:
        self._sources = sources
        self._name = name

    def source(self, key: str, where: str) -> Source:
        if key not in self._sources:
            raise ParkDataError(
                f"{self._name}: {where}: there is no source {key!r}; "
                f"the file names {_listed(self._sources)}"
            )
        return self._sources[key]

    def way_in(self, entry: schema.WayInEntry) -> WayIn:
        return WayIn(
            place=entry.place,
            to=entry.to,
            length_m=entry.length_m,
            path_ids=tuple(entry.path_ids),
            streets=tuple(entry.streets),
            streets_m=entry.streets_m,
            crosses=tuple(entry.crosses),
            source=self.source(entry.source, "ways_in"),
        )

    def path(self, feature: schema.PathFeature) -> Path:
        heights = feature.properties.heights
        sources = self._fact_sources(feature)
        if is_known(heights):
            sources["heights_m"] = self._heights_source(feature)
        return Path(
            id=feature.id,
            coordinates=tuple(feature.geometry.coordinates),
            facts=schema.fact_values(feature.properties.facts),
            sources=sources,
            heights_m=tuple(heights) if heights and is_known(heights) else None,
            barriers=self._barriers(feature),
            crossings=tuple(
                Crossing(entry.kind, entry.position, self._entry_source(entry, feature), known)
                for entry in feature.properties.crossings
                for known in (entry.facts.model_dump(exclude_none=True),)
            ),
        )

    def _barriers(self, feature: schema.PathFeature) -> tuple[Barrier, ...]:
        """Return the barriers of a path; those of older files have a kind and no position."""
        entries = feature.properties.barriers
        if entries:
            return tuple(
                Barrier(entry.kind, entry.position, self._entry_source(entry, feature), known)
                for entry in entries
                for known in (entry.facts.model_dump(exclude_none=True),)
            )
        facts = schema.fact_values(feature.properties.facts)
        width = {"width_m": facts["barrier_width_m"]} if "barrier_width_m" in facts else {}
        source = self._fact_sources(feature)
        return tuple(
            Barrier(kind, None, source["barrier"], width)
            for kind in str(facts.get("barrier", "")).split(";")
            if kind
        )

    def _entry_source(
        self, entry: schema.BarrierEntry | schema.CrossingEntry, feature: schema.PathFeature
    ) -> Source:
        return self.source(entry.source or feature.properties.source, f"feature {feature.id!r}")

    def _heights_source(self, feature: schema.PathFeature) -> Source:
        entry = feature.properties.heights_m
        sourced = entry if isinstance(entry, schema.SourcedHeights) else feature.properties
        return self.source(sourced.source, f"feature {feature.id!r}")

    def place(self, feature: schema.PlaceFeature) -> Place:
        return Place(
            id=feature.id,
            kind=feature.properties.type,
            name=feature.properties.name,
            position=feature.geometry.coordinates,
            how_to_find=feature.properties.how_to_find,
            facts=schema.fact_values(feature.properties.facts),
            sources=self._fact_sources(feature),
        )

    def shape(self, feature: schema.ShapeFeature) -> BackgroundShape:
        geometry = feature.geometry
        rings: Iterable[list[LonLat]] = (
            [geometry.coordinates]
            if isinstance(geometry, schema.LineGeometry)
            else geometry.coordinates
        )
        return BackgroundShape(
            kind=feature.properties.kind,
            rings=tuple(tuple(ring) for ring in rings),
            name=feature.properties.name,
            detail=feature.properties.detail,
            source=self.source(feature.properties.source, f"feature {feature.id!r}"),
        )

    def _fact_sources(self, feature: schema.PathFeature | schema.PlaceFeature) -> dict[str, Source]:
        where = f"feature {feature.id!r}"
        default = self.source(feature.properties.source, where)
        return {"geometry": default} | {
            fact: self.source(entry.source, where)
            if isinstance(entry, schema.SourcedFact)
            else default
            for fact, entry in feature.properties.facts.items()
        }


def _route(feature: schema.RouteFeature) -> StoredRoute:
    properties = feature.properties
    return StoredRoute(
        id=feature.id,
        name=properties.name,
        about=properties.about,
        start=properties.start,
        path_ids=tuple(properties.paths),
        closed=properties.closed,
    )


def _feature(raw: dict[str, Any], index: int, name: str) -> schema.Feature:
    label = f"feature {raw['id']!r}" if isinstance(raw.get("id"), str) else f"feature {index}"
    properties = raw.get("properties")
    kind = properties.get("kind") if isinstance(properties, dict) else None
    if not isinstance(kind, str) or kind not in schema.FEATURE_OF_KIND:
        raise ParkDataError(
            f"{name}: {label}: 'kind' is {kind!r}; accepted are {_listed(schema.FEATURE_OF_KIND)}"
        )
    return _checked(schema.FEATURE_OF_KIND[kind], raw, f"{name}: {label}")


def _refuse_twins(features: Iterable[schema.Feature], name: str) -> None:
    seen: set[str] = set()
    for feature in features:
        if feature.id in seen:
            raise ParkDataError(f"{name}: feature {feature.id!r}: two features have this id")
        seen.add(feature.id)


def _checked(model: type[Model], raw: dict[str, Any], where: str) -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        reasons = "; ".join(_in_words(dict(entry)) for entry in error.errors()[:3])
        raise ParkDataError(f"{where}: {reasons}") from error


def _in_words(entry: dict[str, Any]) -> str:
    """Say one of pydantic's errors so that whoever edits the file knows what to change."""
    member = ".".join(str(part) for part in entry["loc"])
    if entry["type"] == "extra_forbidden":
        return f"'{member}' is not part of the schema"
    if entry["type"] == "missing":
        return f"'{member}' is missing"
    if entry["type"] == "string_pattern_mismatch":
        return f"'{member}' is {entry['input']!r}, which is not in the form accepted there"
    message = entry["msg"].removeprefix("Value error, ")
    return f"'{member}': {message[0].lower()}{message[1:]}"


def _read_json(path: FilePath) -> object:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ParkDataError(f"{path}: larger than {MAX_FILE_BYTES // 1_000_000} MB")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ParkDataError(f"{path}: there is no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ParkDataError(f"{path}: cannot be read: {error}") from error
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ParkDataError(f"{path}: not valid JSON: {error}") from error


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
