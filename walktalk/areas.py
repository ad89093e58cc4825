"""Every area this installation knows: those that come with Walktalk and those imported here."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from walktalk.parks import Area, ParkDataError, load_area
from walktalk.resources import shipped_parks
from walktalk.settings import Settings

_LOG = logging.getLogger("walktalk.areas")


@dataclass(frozen=True)
class KnownAreas:
    """What could be read and what could not.

    Attributes:
        areas: every area by id, sorted by id.
        left_out: for each file that cannot be used, a sentence that says which and why.
    """

    areas: Mapping[str, Area]
    left_out: tuple[str, ...]


def find_areas(settings: Settings) -> KnownAreas:
    """Read every area; a file that cannot be used is left out, and the log says so.

    An imported area hides a shipped one of the same id, but not where its file is broken.
    """
    areas: dict[str, Area] = {}
    left_out: list[str] = []
    for file in (*_files(shipped_parks()), *_files(settings.imported_parks)):
        try:
            areas[file.stem] = load_area(file)
        except ParkDataError as error:
            left_out.append(f"Left out, as it cannot be used: {error}")
            _LOG.warning(left_out[-1])
    return KnownAreas(dict(sorted(areas.items())), tuple(left_out))


def known_areas(settings: Settings) -> Mapping[str, Area]:
    """Return every area that can be used, by id."""
    return find_areas(settings).areas


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == ".geojson")
    except OSError:
        return []
