"""Everything together against the session's minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import Metres, Minutes, say, say_n
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Sentence

TOLERANCE_MINUTES = 1.0
"""The promise: everything together is the session's minutes, within one minute, never longer."""

_ROUNDING_MINUTES = 1e-6


def _find(walked: Walked) -> Outcome:
    clock, request = walked.clock, walked.request
    paused = sum(minutes for minutes, _ in request.pauses)
    total = request.arrive_minutes + clock.walking_minutes + paused + request.close_minutes
    level, says = _judged(total, request.minutes)
    because = [
        say(
            "%(length)s of walking in %(minutes)s, at %(pace)s m/s on the flat.",
            length=Metres(walked.route.length_m),
            minutes=Minutes(clock.walking_minutes),
            pace=f"{request.pace:g}",
        )
    ]
    guessed = [each for each in walked.stretches if "surface" not in each.path.facts]
    if guessed:
        because.append(
            say(
                "The surface of %(length)s is not known: counted as bare ground.",
                length=metres_on(guessed),
            )
        )
    as_flat = [each for each in walked.stretches if "climb_m" not in each.path.facts]
    if as_flat:
        because.append(
            say(
                "Slopes are not recorded on %(length)s: counted as flat.", length=metres_on(as_flat)
            )
        )
    return Outcome(level, says, because, walked.sources_of(walked.stretches, "geometry"))


def _judged(total: float, minutes: int) -> tuple[Level, Sentence]:
    """Return the level and what is said where everything takes ``total`` minutes."""
    spare = minutes - total
    if spare < -_ROUNDING_MINUTES:
        return "fail", say(
            "The walk takes %(spare)s longer than the %(minutes)s minutes.",
            spare=Minutes(-spare),
            minutes=minutes,
        )
    if spare > TOLERANCE_MINUTES:
        return "caution", say(
            "The walk ends %(spare)s before the %(minutes)s minutes are over.",
            spare=Minutes(spare),
            minutes=minutes,
        )
    return "pass", say_n(
        "Everything together takes %(number)s minute.",
        "Everything together takes %(number)s minutes.",
        round(total),
    )


CHECK = Check(
    id="length",
    title=N_("Length"),
    facts=("surface", "climb_m"),
    find=_find,
    on_the_page="never",
)
