"""Puts imported areas into the folder of imported areas, merged with what is there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from walktalk.parks.merge import merge_areas
from walktalk.parks.merge_paths import MergeSummary
from walktalk.parks.model import Area
from walktalk.parks.osm.importer import Imported
from walktalk.parks.reader import load_area
from walktalk.parks.writer import write_area


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
    """Merge imported areas with those of the same id, without writing anything.

    Args:
        imported: fresh from OpenStreetMap; areas of one id get a number behind it.
        folder: where imported areas are kept.
        shipped: folder of the areas that come along; an import builds on the one it hides.

    Raises:
        ParkDataError: the file that is there already is broken.
    """
    stored: list[Stored] = []
    taken: set[str] = set()
    for item in imported:
        area = _with_own_id(item.area, taken)
        path = folder / f"{area.id}.geojson"
        before = _before(path, shipped)
        summary = MergeSummary(added=[*area.paths, *area.places])
        if before is not None:
            area, summary = merge_areas(before, area)
        stored.append(Stored(area, summary, dict(item.warnings), path, before is None))
    return stored


def write(stored: Iterable[Stored]) -> None:
    """Write prepared areas, each whole or not at all.

    Raises:
        ParkDataError: the disk refuses; what was there stays.
    """
    for item in stored:
        write_area(item.area, item.path)


def _with_own_id(area: Area, taken: set[str]) -> Area:
    own, number = area.id, 1
    while own in taken:
        number += 1
        own = f"{area.id}-{number}"
    taken.add(own)
    return area if own == area.id else replace(area, id=own)


def _before(path: FilePath, shipped: FilePath | None) -> Area | None:
    if path.exists():
        return load_area(path)
    if shipped is not None and (shipped / path.name).exists():
        return load_area(shipped / path.name)
    return None
