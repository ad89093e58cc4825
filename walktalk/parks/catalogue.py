"""The named parks whose paths nobody has recorded yet: where they are and what is near."""

import json
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from walktalk.parks.errors import ParkDataError
from walktalk.parks.fact_schema import Text
from walktalk.parks.geodesy import LonLat
from walktalk.parks.model import Source
from walktalk.parks.schema import Position, Slug, SourceEntry

STATUS = "paths not recorded yet"
"""What the catalogue says of every park in it; an import fills its paths in."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A place near a park: kind and name as recorded, metres from the park's point."""

    kind: str
    name: str
    distance_m: float
    source: Source


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A named park without recorded paths.

    Attributes:
        id: slug; an import of this park takes it.
        name: as recorded.
        position: (longitude, latitude) of a point in it.
        source: who says so, and when.
        status: that its paths are not recorded yet.
        near: toilets, playgrounds and car parks within the catalogue's distance, nearest first.
    """

    id: str
    name: str
    position: LonLat
    source: Source
    status: str
    near: tuple[Nearby, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Near(_Strict):
    kind: Literal["toilets", "playground", "car_park"]
    name: Text
    distance_m: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    source: Slug


class _Park(_Strict):
    id: Slug
    name: Text
    position: Position
    source: Slug
    near: list[_Near]


class _Catalogue(_Strict):
    walktalk: Literal[1]
    about: str
    within_m: float
    sources: dict[Slug, SourceEntry]
    parks: list[_Park]


def load_catalogue(path: FilePath | str) -> list[CatalogueEntry]:
    """Read a catalogue file; the shipped one is ``catalogue.json`` beside the area files.

    Raises:
        ParkDataError: the file cannot be read or is not in our schema.
    """
    path = FilePath(path)
    try:
        catalogue = _Catalogue.model_validate(json.loads(path.read_text(encoding="utf-8")))
        sources = {key: Source(id=key, **e.model_dump()) for key, e in catalogue.sources.items()}
        return [_entry(park, sources) for park in catalogue.parks]
    except OSError as error:
        raise ParkDataError(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        member = ".".join(str(part) for part in first["loc"])
        raise ParkDataError(f"{path}: '{member}': {first['msg'].lower()}") from error
    except KeyError as error:
        raise ParkDataError(f"{path}: there is no source {error}") from error
    except ValueError as error:
        raise ParkDataError(f"{path}: not valid JSON: {error}") from error


def _entry(park: _Park, sources: dict[str, Source]) -> CatalogueEntry:
    return CatalogueEntry(
        id=park.id,
        name=park.name,
        position=park.position,
        source=sources[park.source],
        status=STATUS,
        near=tuple(
            Nearby(near.kind, near.name, near.distance_m, sources[near.source])
            for near in park.near
        ),
    )
