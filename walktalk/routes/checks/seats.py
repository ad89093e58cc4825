"""Seats along the walk.

The need is never broken: nobody records every bench, so one that is not recorded may still be
there, and none recorded is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.beside_walk import Along
from walktalk.routes.checks.check import Check, Need, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on, place_sources
from walktalk.routes.sentences import Metres, Minutes, Sentence, say, say_n
from walktalk.routes.words import distance_in_words
from walktalk.wording import N_, _

if TYPE_CHECKING:
    from walktalk.parks import Area, Place
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Finding, Level, Route

SEAT_KINDS = frozenset(["bench", "seat"])

SEAT_REACH_M = 20.0
"""Metres from the line within which a seat is along the walk: in sight, a few steps off."""

SEAT_GAP_M = 50.0
"""Metres between seats where people commonly walk: Inclusive Mobility (Department for Transport,
2021), "no more than 50 metres". The same guide reports that 3 in 10 of the disabled people who can
walk manage no more than that without a stop."""

_ROUNDING_M = 0.1  # what is drawn 50 m apart is measured a little more or less


@dataclass(frozen=True, slots=True)
class Seats:
    """The recorded seats along a walk.

    Attributes:
        places: the seats.
        longest_gap_m: metres of the longest stretch between two, or between one and an end.
        first_m: metres walked to the first.
    """

    places: tuple[Place, ...]
    longest_gap_m: float
    first_m: float

    @property
    def are_often_enough(self) -> bool:
        """Whether seats are recorded never more than ``SEAT_GAP_M`` apart."""
        return bool(self.places) and self.longest_gap_m <= SEAT_GAP_M + _ROUNDING_M


def seats_along(along: Along) -> Seats:
    """Return the recorded seats within ``SEAT_REACH_M`` of the walk and its longest gap."""
    near = along.near(SEAT_KINDS, SEAT_REACH_M)
    # the walk's two ends close the first and the last gap
    stops = (0.0, *near.passed_m, along.route.length_m)
    gaps = [there - here for here, there in pairwise(stops)]
    return Seats(near.places, longest_gap_m=max(gaps), first_m=gaps[0])


def seats_are_within(area: Area, route: Route, metres: float) -> bool:
    """Whether seats are recorded never more than so many metres apart along a walk."""
    seats = seats_along(Along(area, route))
    return bool(seats.places) and seats.longest_gap_m <= metres + _ROUNDING_M


def within_in_words(metres: float) -> str:
    """Return the need for seats so many metres apart, as a counsellor reads it."""
    return _("Seats no more than %(gap)s apart", gap=distance_in_words(metres))


def level_within(finding: Finding | None, metres: float) -> Level:
    """Return whether what was found of the seats answers the need for them so near."""
    says = finding.says if finding else ""
    gap = says.figures.get("gap") if isinstance(says, Sentence) else None
    if not isinstance(gap, Metres):
        return "unknown"
    return "pass" if gap.metres <= metres + _ROUNDING_M else "caution"


def _verdict(area: Area, route: Route) -> Verdict:
    return "met" if seats_along(Along(area, route)).are_often_enough else "unknown"


NEED = Need("seats", "Seats along the way", of_walk=_verdict)


def _find(walked: Walked) -> Outcome:
    found = seats_along(walked.along)
    because = say(
        "Seats within %(reach)s m of the walk. Inclusive Mobility (2021): "
        "no more than %(gap)s m apart where people commonly walk.",
        reach=f"{SEAT_REACH_M:.0f}",
        gap=f"{SEAT_GAP_M:.0f}",
    )
    if not found.places:
        return _seen(walked) or Outcome("unknown", None, [because])
    says = say_n(
        "One seat is recorded, after %(first)s; the longest stretch without one is %(gap)s.",
        "%(number)s seats are recorded, the first after %(first)s; "
        "the longest stretch without one is %(gap)s.",
        len(found.places),
        first=Minutes(walked.clock.walking_minutes_to(found.first_m)),
        gap=Metres(found.longest_gap_m),
    )
    return Outcome(
        "pass" if found.are_often_enough else "caution",
        says,
        [because],
        place_sources(found.places),
    )


def _seen(walked: Walked) -> Outcome | None:
    """Return what somebody who looked says, where no seat has a place on the map."""
    here = [each for each in walked.stretches if text(each.path, "seats") == "yes"]
    none = [each for each in walked.stretches if text(each.path, "seats") == "none"]
    if not (here or none):
        return None
    says = say("No seats were seen on %(length)s of this walk.", length=metres_on(none))
    if here:
        says = say("There are seats on %(length)s of this walk.", length=metres_on(here))
    because = [say("How far apart they are is not recorded.")] if here else []
    return Outcome("caution", says, because, walked.sources_of(here or none, "seats"))


CHECK = Check(
    id="seats",
    title=N_("Seats"),
    facts=("seats",),
    find=_find,
    nothing_known=N_("Seats: not recorded on any of the walk."),
    need=NEED,
)
