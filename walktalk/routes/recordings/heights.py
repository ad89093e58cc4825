"""What a recording says of the height of a line that runs beside it."""

from __future__ import annotations

import numpy as np
import shapely

from walktalk.parks import Height, LonLat
from walktalk.parks.line_heights import is_known, rounded_height
from walktalk.parks.plane import Plane
from walktalk.routes.recordings.match import MATCH_WITHIN_M
from walktalk.routes.recordings.model import Recording


def heights_beside(recording: Recording, line: tuple[LonLat, ...]) -> tuple[Height, ...] | None:
    """Return the recorded height at each point of a line, ``None`` when none is known.

    A point takes the height of the stretch of recording nearest to it, evenly between the two
    recorded points that bound it. It stays unknown where either of them has no height, where they
    have a gap between them, and where the recording is farther than ``MATCH_WITHIN_M``:
    there it says nothing of this ground.
    """
    if not is_known(recording.heights_m):
        return None
    plane = Plane.around(line)
    recorded = plane.to_metres(np.array(recording.line))
    up = np.array([np.nan if each is None else each for each in recording.heights_m])
    pairs = np.stack((recorded[:-1], recorded[1:]), axis=1)
    steps = np.asarray(shapely.linestrings(pairs), dtype=object)
    points = np.asarray(shapely.points(plane.to_metres(np.array(line))), dtype=object)
    near = shapely.STRtree(steps).nearest(points)
    share = np.clip(shapely.line_locate_point(steps[near], points, normalized=True), 0.0, 1.0)
    heights = np.select(  # at a recorded point the other end of its step does not matter
        [share == 0.0, share == 1.0],
        [up[near], up[near + 1]],
        up[near] + share * (up[near + 1] - up[near]),
    )
    # in a gap nobody measured
    in_a_gap = np.isin(near, list(recording.gaps)) & (share > 0.0) & (share < 1.0)
    heights = np.where(in_a_gap, np.nan, heights)
    heights = np.where(shapely.distance(steps[near], points) <= MATCH_WITHIN_M, heights, np.nan)
    found = tuple(None if np.isnan(each) else rounded_height(each) for each in heights.tolist())
    return found if is_known(found) else None
