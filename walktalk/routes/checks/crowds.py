"""How busy the paths are, as people noted it, on which weekday and at which hour.

It is never said to fit: what people saw on one day can be otherwise on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.seen_crowds import moment_of, notes_in
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.clock import LONDON
from walktalk.routes.sentences import say
from walktalk.wording import N_

if TYPE_CHECKING:
    from datetime import datetime

    from walktalk.routes.checks.walked import Stretch, Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Figure

WEEKDAYS = {
    "Mo": N_("Monday"),
    "Tu": N_("Tuesday"),
    "We": N_("Wednesday"),
    "Th": N_("Thursday"),
    "Fr": N_("Friday"),
    "Sa": N_("Saturday"),
    "Su": N_("Sunday"),
}
"""The days as ``crowds`` names them, Monday first."""


def _find(walked: Walked) -> Outcome:
    """Look at what was noted for the walk's own weekday and hour, else at all that was noted."""
    noted = [
        (stretch, note)
        for stretch in walked.stretches
        for note in notes_in(text(stretch.path, "crowds") or "")
    ]
    at = walked.request.at
    then = [each for each in noted if at is None or _is_then(each[1], at)]
    known = then or noted
    busy = [each for each in known if each[1].startswith("busy")]
    told = busy or known
    says = None
    stretches = list({id(stretch): stretch for stretch, _ in told}.values())
    if told:
        when = {moment_of(note) for _, note in told}
        # one weekday and hour for all of it can be named; several would fill the page
        [moment] = when if len(when) == 1 else [""]
        says = _said(stretches, is_busy=bool(busy), moment=moment)
    because: list[Figure] = []
    if told and not then:
        because = [say("It was noted at another time than that of this walk.")]
    level: Level = "caution" if noted else "unknown"
    return Outcome(level, says, because, walked.sources_of(stretches, "crowds"))


def _said(told: list[Stretch], *, is_busy: bool, moment: str) -> Figure:
    length = metres_on(told)
    if not moment:
        if is_busy:
            return say("It was busy on %(length)s of this walk.", length=length)
        return say("It was quiet on %(length)s; it can be busy another day.", length=length)
    weekday, hour = moment.split(" ")
    day = say(WEEKDAYS[weekday])
    if is_busy:
        return say(
            "It was busy on %(length)s, on a %(weekday)s about %(hour)s.",
            length=length,
            weekday=day,
            hour=hour,
        )
    return say(
        "It was quiet on %(length)s, on a %(weekday)s about %(hour)s; it can be busy another day.",
        length=length,
        weekday=day,
        hour=hour,
    )


def _is_then(value: str, at: datetime) -> bool:
    """Whether it was noted on the walk's weekday, within an hour of its time, or with no time."""
    moment = moment_of(value)
    if not moment:
        return True
    local = at.astimezone(LONDON) if at.tzinfo else at
    weekday, hour = moment.split(" ")
    return list(WEEKDAYS)[local.weekday()] == weekday and abs(int(hour[:2]) - local.hour) <= 1


CHECK = Check(
    id="crowds",
    title=N_("How busy it is"),
    facts=("crowds",),
    find=_find,
    nothing_known=N_("How busy it is: not noted on any of the walk."),
    on_the_page="if anything is known",
)
