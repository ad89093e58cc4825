"""Observations that somebody contradicted since: the newer counts, the older is kept and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.seen_crowds import subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from walktalk.parks.observed import Observation


def overtaken(observations: Sequence[Observation]) -> Mapping[str, Observation]:
    """Return for each observation by its id the newest one that says otherwise of the same place.

    Args:
        observations: in the order in which they were sent: of two from one day the later is newer.
    """
    of_one: dict[tuple[str, str], list[Observation]] = {}
    for each in sorted(observations, key=lambda each: each.seen_on):
        subject = subject_of(each.fact, each.value)
        of_one.setdefault((each.path_id, subject), []).append(each)
    found: dict[str, Observation] = {}
    for several in of_one.values():
        for number, older in enumerate(several):
            for newer in several[number + 1 :]:
                is_there = newer.from_m < older.to_m and older.from_m < newer.to_m
                if is_there and newer.value != older.value:
                    found[older.id] = newer
    return found
