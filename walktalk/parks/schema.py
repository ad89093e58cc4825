"""Our own GeoJSON schema of an area file, as pydantic models: what may be written, and how.

The names of facts and their values follow OpenStreetMap's where it has one
(https://wiki.openstreetmap.org/wiki/Map_features). What a model does not name is refused, so that
a misspelt fact can never pass for an unknown one.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from walktalk.parks.fact_schema import (
    BarrierFacts,
    CrossingFacts,
    Metres,
    PathFacts,
    PlaceFacts,
    Strict,
    Text,
)
from walktalk.parks.model import FactValue

SCHEMA_VERSION = 1

PLACE_KINDS: tuple[str, ...] = (
    "meeting_point",
    "entrance",
    "gate",
    "bench",
    "toilets",
    "drinking_water",
    "shelter",
    "cafe",
    "kiosk",
    "car_park",
    "bus_stop",
    "station",
    "playground",
    "dog_area",
    "information",
    "defibrillator",
    "emergency_access_point",
    "bandstand",
    "boathouse",
    "attraction",
    "park",
    "hazard",
)
"""Every kind of place an area file may hold."""

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LOWEST_M, HIGHEST_M = -500.0, 9000.0  # the Dead Sea's shore and Mount Everest lie within

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
LongText = Annotated[str, StringConstraints(max_length=2550)]
HeightM = Annotated[float, Field(ge=LOWEST_M, le=HIGHEST_M, allow_inf_nan=False)]
Lon = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
Position = tuple[Lon, Lat]
Line = Annotated[list[Position], Field(min_length=2)]
Ring = Annotated[list[Position], Field(min_length=4)]


class SourceEntry(Strict):
    """Who says so, and when."""

    title: Text
    as_of: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}(/\d{4}(-\d{2}){0,2})?$")]
    licence: Text | None = None
    url: Text | None = None
    reported: bool = False


class NoteEntry(Strict):
    """A sentence nobody surveyed, for the checks it concerns."""

    text: LongText
    checks: list[Slug]
    source: Slug


class WayInEntry(Strict):
    """How one comes on foot from a place to a meeting point: paths by id, streets by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: Slug
    to: Slug
    length_m: Metres
    path_ids: list[Slug] = Field(default_factory=list)
    streets: list[Annotated[str, StringConstraints(max_length=255)]] = Field(default_factory=list)
    streets_m: Metres = 0.0
    crosses: list[Annotated[str, StringConstraints(max_length=255)]] = Field(default_factory=list)
    source: Slug


class SourcedFact(Strict):
    """A fact that comes from somewhere else than the rest of its feature."""

    value: FactValue
    source: Slug


FactEntry = FactValue | SourcedFact


def fact_values(facts: dict[str, FactEntry]) -> dict[str, FactValue]:
    """Return the facts without their sources."""
    return {
        name: entry.value if isinstance(entry, SourcedFact) else entry
        for name, entry in facts.items()
    }


class _Sourced(Strict):
    """Properties with a source that holds for the geometry and every fact without its own."""

    source: Slug
    facts: dict[str, FactEntry] = Field(default_factory=dict)


class SourcedHeights(Strict):
    """Heights that come from somewhere else than the line they are of."""

    value: list[HeightM | None]
    source: Slug


class _OnAPath(BaseModel):
    """Something at a position on a path; its source is the path's where it names none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Text
    position: Position | None = None
    source: Slug | None = None


class BarrierEntry(_OnAPath):
    """Something that one passes on a path."""

    facts: BarrierFacts = Field(default_factory=BarrierFacts)


class CrossingEntry(_OnAPath):
    """A road or railway that a path crosses at grade; ``kind`` is its class."""

    position: Position
    facts: CrossingFacts = Field(default_factory=CrossingFacts)


class PathProperties(_Sourced):
    """A stretch of way between two junctions.

    ``heights_m`` holds one height in metres above mean sea level for each position of the line,
    null where it is unknown. It stands beside the line and not in its positions, because a third
    coordinate in GeoJSON is metres above the WGS 84 ellipsoid (RFC 7946, section 4), which lies
    about 50 m from the sea's level in England.
    """

    kind: Literal["path"]
    heights_m: list[HeightM | None] | SourcedHeights | None = None
    barriers: list[BarrierEntry] = Field(default_factory=list)
    crossings: list[CrossingEntry] = Field(default_factory=list)

    @property
    def heights(self) -> list[HeightM | None] | None:
        """The heights without their source."""
        entry = self.heights_m
        return entry.value if isinstance(entry, SourcedHeights) else entry

    @model_validator(mode="after")
    def _facts_are_known(self) -> "PathProperties":
        PathFacts.model_validate(fact_values(self.facts))
        return self


class PlaceProperties(_Sourced):
    """A point that matters."""

    kind: Literal["place"]
    type: Literal[PLACE_KINDS]  # type: ignore[valid-type]  # one list, not two
    name: Annotated[str, StringConstraints(max_length=255)] = ""
    how_to_find: LongText = ""

    @model_validator(mode="after")
    def _facts_are_known(self) -> "PlaceProperties":
        PlaceFacts.model_validate(fact_values(self.facts))
        return self


class ShapeProperties(Strict):
    """Something drawn behind the walk."""

    kind: Literal["boundary", "water", "green", "building", "road"]
    source: Slug
    name: Annotated[str, StringConstraints(max_length=255)] = ""
    detail: Annotated[str, StringConstraints(max_length=80)] = ""


class RouteProperties(Strict):
    """A stored walk: its paths in walking order.

    ``gone`` marks a walk that can no longer be walked as it was, and names those of its paths
    that are no longer there.
    """

    kind: Literal["route"]
    name: Text
    about: LongText = ""
    start: Slug
    paths: Annotated[list[Slug], Field(min_length=1)]
    closed: bool
    gone: list[Slug] | None = None


class _Geometry(BaseModel):
    """Lists stand for tuples here, as JSON has only those; numbers must still be numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PointGeometry(_Geometry):
    """One position."""

    type: Literal["Point"]
    coordinates: Position


class LineGeometry(_Geometry):
    """A line of at least two positions."""

    type: Literal["LineString"]
    coordinates: Line


class LinesGeometry(_Geometry):
    """Several lines."""

    type: Literal["MultiLineString"]
    coordinates: Annotated[list[Line], Field(min_length=1)]


class PolygonGeometry(_Geometry):
    """An outer ring and the holes in it, each closed."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1)]

    @model_validator(mode="after")
    def _rings_are_closed(self) -> "PolygonGeometry":
        if any(ring[0] != ring[-1] for ring in self.coordinates):
            raise ValueError("a ring must end at the position it starts from")
        return self


class _Feature(Strict):
    type: Literal["Feature"]
    id: Slug


class PathFeature(_Feature):
    """A path."""

    properties: PathProperties
    geometry: LineGeometry

    @model_validator(mode="after")
    def _heights_are_of_the_line(self) -> "PathFeature":
        heights, points = self.properties.heights, len(self.geometry.coordinates)
        if heights is not None and len(heights) != points:
            raise ValueError(
                f"'heights_m' must hold one height, or null, for each of the line's {points} "
                f"positions; it holds {len(heights)}"
            )
        return self


class PlaceFeature(_Feature):
    """A place."""

    properties: PlaceProperties
    geometry: PointGeometry


class ShapeFeature(_Feature):
    """A background shape."""

    properties: ShapeProperties
    geometry: PolygonGeometry | LineGeometry | LinesGeometry = Field(discriminator="type")


class RouteFeature(_Feature):
    """A stored walk."""

    properties: RouteProperties
    geometry: LineGeometry


Feature = PathFeature | PlaceFeature | ShapeFeature | RouteFeature

FEATURE_OF_KIND: dict[str, type[Feature]] = {
    "path": PathFeature,
    "place": PlaceFeature,
    "boundary": ShapeFeature,
    "water": ShapeFeature,
    "green": ShapeFeature,
    "building": ShapeFeature,
    "road": ShapeFeature,
    "route": RouteFeature,
}


class Collection(Strict):
    """An area file without its features, which are checked one by one."""

    type: Literal["FeatureCollection"]
    walktalk: Literal[1]
    id: Slug
    name: Text
    about: LongText = ""
    sources: dict[Slug, SourceEntry]
    searched: dict[str, Slug] = Field(default_factory=dict)
    notes: list[NoteEntry] = Field(default_factory=list)
    ways_in: list[WayInEntry] = Field(default_factory=list)
    features: list[dict[str, Any]]
