"""Every area this installation knows: those that come with Walktalk and those imported here."""

import logging
from collections.abc import Callable, Mapping
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


class AreaFiles:
    """The areas of a server that runs: read anew once a file of the imported ones has changed.

    Whatever stays as it was stays the same object, with all that was derived from it.

    Args:
        settings: where they are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._read: dict[Path, tuple[tuple[int, int], Area]] = {}
        self._last: tuple[int, KnownAreas] | None = None

    @property
    def known(self) -> KnownAreas:
        """What could be read and what could not, as the files are now."""
        stamp = _changed_at(self._settings.imported_parks)
        if self._last is None or self._last[0] != stamp:
            self._last = (stamp, find_areas(self._settings, self._load))
        return self._last[1]

    def areas(self) -> Mapping[str, Area]:
        """Return every area by id."""
        return self.known.areas

    def _load(self, file: Path) -> Area:
        status = file.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if file not in self._read or self._read[file][0] != stamp:
            self._read[file] = (stamp, load_area(file))
        return self._read[file][1]


def find_areas(settings: Settings, load: Callable[[Path], Area] | None = None) -> KnownAreas:
    """Read every area; a file that cannot be used is left out, and the log says so.

    An imported area hides a shipped one of the same id, but not where its file is broken.

    Args:
        settings: where they are.
        load: reads one file; without it every file is read anew.
    """
    load = load or load_area
    areas: dict[str, Area] = {}
    left_out: list[str] = []
    for file in (*_files(shipped_parks()), *_files(settings.imported_parks)):
        try:
            areas[file.stem] = load(file)
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


def _changed_at(folder: Path) -> int:
    """Return when a file of a folder was last put there or taken away: none is changed in place."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
