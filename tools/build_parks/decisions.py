"""Reads ``decisions.toml``: what people decided about the areas, checked."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tools.build_parks.errors import BuildError
from walktalk.parks import LonLat
from walktalk.parks.fact_schema import Text
from walktalk.parks.schema import LongText, Position, Slug

FILE = Path(__file__).parent / "decisions.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meeting(_Strict):
    """A meeting point: at a recorded place, or at a position on a path; ``by`` says what it is."""

    id: Slug
    name: Text
    place: Slug | None = None
    at: Position | None = None
    by: LongText = ""


class Walk(_Strict):
    """A stored walk: from a meeting point through positions on its paths, in order."""

    id: Slug
    name: Text
    about: LongText
    start: Slug
    through: Annotated[list[Position], Field(min_length=1)]
    closed: bool = True


class NoteText(_Strict):
    """A reported sentence for some checks."""

    text: LongText
    checks: list[Slug]
    source: Slug


class AreaDecision(_Strict):
    """One area: its ground, its words, its meeting points and its walks."""

    id: Slug
    name: Text
    about: LongText
    grounds: list[str] = []
    neighbours: list[str] = []
    ways: list[str] = []
    files: list[str] = []
    reach_m: Annotated[float, Field(gt=0, le=200)] = 60.0
    meeting: list[Meeting] = []
    walk: list[Walk] = []
    note: list[NoteText] = []


class _File(_Strict):
    closed: list[str]
    closed_places: dict[str, tuple[float, float, float]]
    also_public: list[str]
    names: dict[str, str]
    listed: dict[str, Text]
    area: list[AreaDecision]


@dataclass(frozen=True)
class Decisions:
    """Everything that was decided.

    Attributes:
        closed: names of grounds that are not open to everybody.
        closed_places: others that no file draws: longitude, latitude and metres around it.
        also_public: public grounds too small for an area of their own.
        names: readable names, by the recorded one.
        listed: grounds that the catalogue lists beside the register's, with their names.
        areas: in the order of the file.
    """

    closed: list[str]
    closed_places: dict[str, tuple[LonLat, float]]
    also_public: list[str]
    names: dict[str, str]
    listed: dict[str, str]
    areas: list[AreaDecision]


def read_decisions(file: Path = FILE) -> Decisions:
    """Read the file of decisions.

    Raises:
        BuildError: it cannot be read, two areas have one id, or an area decides nonsense.
    """
    try:
        document: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        found = _File.model_validate(document)
    except OSError as error:
        raise BuildError(f"{file}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        member = ".".join(str(part) for part in first["loc"])
        raise BuildError(f"{file}: '{member}': {first['msg'].lower()}") from error
    except ValueError as error:
        raise BuildError(f"{file}: not valid TOML: {error}") from error
    seen: set[str] = set()
    for area in found.area:
        if area.id in seen:
            raise BuildError(f"{file}: area {area.id!r}: two areas have this id")
        seen.add(area.id)
        for meeting in area.meeting:
            if (meeting.place is None) == (meeting.at is None):
                raise BuildError(
                    f"{file}: area {area.id!r}: meeting point {meeting.id!r}: it needs either "
                    "'place' or 'at'"
                )
    return Decisions(
        closed=found.closed,
        closed_places={
            name: ((lon, lat), metres) for name, (lon, lat, metres) in found.closed_places.items()
        },
        also_public=found.also_public,
        names=found.names,
        listed=found.listed,
        areas=found.area,
    )
