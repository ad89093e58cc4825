"""Ids that were given before: what is still the same on the ground keeps them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely

from tools.build_parks.ways import TOWN, Way, flat
from walktalk.parks import LonLat

SAME_WITHIN_M = 3.0
"""The design's contract: a path is the same when its line stays within 3 m."""

FILE = Path(__file__).parent / "given_ids.json"


@dataclass(frozen=True)
class GivenIds:
    """Ids of the area files of November 2026, by area: of paths with their lines."""

    paths: Mapping[str, Mapping[str, tuple[LonLat, ...]]]

    @classmethod
    def read(cls) -> "GivenIds":
        """Read the file beside this module."""
        document = json.loads(FILE.read_text(encoding="utf-8"))
        return cls(
            {
                area: {path: tuple((x, y) for x, y in line) for path, line in paths.items()}
                for area, paths in document["paths"].items()
            }
        )

    def of_paths(self, area_id: str, ways: Iterable[Way]) -> dict[int, str]:
        """Return the given ids of those ways that are the same line as one that had an id."""
        given = self.paths.get(area_id, {})
        chosen = list(ways)
        if not given or not chosen:
            return {}
        old = TOWN.flat(shapely.LineString(line) for line in given.values())
        ids = list(given)
        lines = flat(chosen)
        found: dict[int, str] = {}
        tree = shapely.STRtree(lines)
        for path_id, line in zip(ids, old, strict=True):
            near = tree.query(line, predicate="dwithin", distance=SAME_WITHIN_M).tolist()
            away = {n: lines[n].hausdorff_distance(line) for n in near if n not in found}
            best = min(away, key=away.__getitem__, default=None)
            if best is not None and away[best] <= SAME_WITHIN_M:
                found[best] = path_id
        return found
