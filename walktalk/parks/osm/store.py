"""Puts imported areas into the folder of imported areas, merged with what is there."""

from collections.abc import Container, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from walktalk.files import whole_file
from walktalk.parks.errors import ParkDataError
from walktalk.parks.merge import merge_areas
from walktalk.parks.merge_paths import MergeSummary
from walktalk.parks.model import Area
from walktalk.parks.osm.ground import ground_of, is_near, lies_in
from walktalk.parks.osm.importer import Imported
from walktalk.parks.reader import load_area
from walktalk.parks.writer import area_text


@dataclass(frozen=True)
class Stored:
    """An imported area as it is kept, what changed, and the oddities met on the way.

    Attributes:
        area: imported and merged.
        summary: what changed against what was there.
        warnings: how often each oddity was met.
        path: its file.
        is_new: whether nothing of this id was there before.
    """

    area: Area
    summary: MergeSummary
    warnings: dict[str, int]
    path: FilePath
    is_new: bool


def prepare(
    imported: Iterable[Imported], folder: FilePath, shipped: FilePath | None = None
) -> list[Stored]:
    """Merge imported areas with what is there, without writing anything.

    An area builds on the one of its id, where that is the same ground; else on the one inside whose
    boundary it mostly lies, whose id and name it takes. A namesake elsewhere gets a number.

    Args:
        imported: fresh from OpenStreetMap; areas of one id get a number behind it.
        folder: where imported areas are kept.
        shipped: folder of the areas that come along; an import builds on the one it hides.

    Raises:
        ParkDataError: the file that is there already is broken.
    """
    there = _There(folder, shipped)
    stored: dict[str, Stored] = {}
    for item in imported:
        before = there.of(item.area)
        if before is None:
            area = replace(item.area, id=there.free_id(item.area.id, stored))
            summary = MergeSummary(added=[*area.paths, *area.places])
        else:
            area, summary = merge_areas(before, item.area, item.inside)
            there.keep(area)
        if (earlier := stored.get(area.id)) is not None:
            summary = earlier.summary.and_then(summary)
        path = folder / f"{area.id}.geojson"
        stored[area.id] = Stored(area, summary, dict(item.warnings), path, before is None)
    return list(stored.values())


def write(stored: Iterable[Stored]) -> None:
    """Write prepared areas, all of them or none.

    Raises:
        ParkDataError: one cannot be written as a file, or the disk refuses; what was there stays.
    """
    write_texts({item.path: area_text(item.area) for item in stored})


def write_texts(texts: Mapping[FilePath, str]) -> None:
    """Write files, all of them or none.

    Raises:
        ParkDataError: the disk refuses; what was there stays.
    """
    try:
        with ExitStack() as files:
            for path, text in texts.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                file = files.enter_context(whole_file(path))
                file.write(text.encode())
                file.flush()  # a full disk is found before the first file takes its place
    except OSError as error:
        reason = error.strerror or str(error)
        raise ParkDataError(
            f"The areas cannot be written ({reason}); nothing was changed"
        ) from error


class _There:
    """The areas that were known before, each read when it is first needed."""

    def __init__(self, folder: FilePath, shipped: FilePath | None) -> None:
        folders = [each for each in (shipped, folder) if each is not None]
        self._files = {
            file.stem: file for each in folders for file in sorted(each.glob("*.geojson"))
        }
        self._read: dict[str, Area] = {}

    def of(self, fresh: Area) -> Area | None:
        """Return the area that a fresh one makes new, ``None`` where it is new itself."""
        if fresh.id in self._files and is_near(fresh, self._area(fresh.id)):
            return self._area(fresh.id)
        around = [known for each in self._files if lies_in(fresh, known := self._area(each))]
        return min(around, key=lambda known: ground_of(known).area, default=None)

    def free_id(self, wanted: str, more: Container[str]) -> str:
        """Return an id that nobody uses, with a number behind it where that is needed."""
        own, number = wanted, 1
        while own in self._files or own in more:
            number += 1
            own = f"{wanted}-{number}"
        return own

    def keep(self, area: Area) -> None:
        """Build on an area as it is now, where more of it comes."""
        self._read[area.id] = area

    def _area(self, area_id: str) -> Area:
        if area_id not in self._read:
            self._read[area_id] = load_area(self._files[area_id])
        return self._read[area_id]
