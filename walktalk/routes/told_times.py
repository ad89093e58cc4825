"""Where a walk is when, as its timetable tells it: for all that is made from a walk once told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from walktalk.routes.model import Walk


@dataclass(frozen=True)
class ToldTimes:
    """Minutes of the session and the metres walked at them, standing still during pauses.

    Attributes:
        minutes: of the session, never going back.
        metres: walked at the same moments.
    """

    minutes: tuple[float, ...]
    metres: tuple[float, ...]

    @classmethod
    def of(cls, walk: Walk) -> ToldTimes:
        """Read a walk's timetable; without one it stays at its start."""
        pauses = iter(sorted(walk.request.pauses, key=lambda pause: pause[1]))
        minutes: list[float] = []
        metres: list[float] = []
        for entry in walk.proposal.timetable:
            minutes.append(entry.minute)
            metres.append(entry.distance_m)
            if entry.event == "pause":
                minutes.append(entry.minute + next(pauses, (0.0, 0.0))[0])
                metres.append(entry.distance_m)
        return cls(tuple(minutes) or (0.0,), tuple(metres) or (0.0,))

    def metres_at(self, minute: float) -> float:
        """Return the metres walked at a minute of the session."""
        return float(np.interp(minute, self.minutes, self.metres))

    def minute_at(self, metres: float) -> float:
        """Return the minute of the session at which a point is reached."""
        return float(np.interp(metres, self.metres, self.minutes))
