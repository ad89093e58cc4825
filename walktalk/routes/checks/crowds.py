"""How busy the paths are, as people noted it, on which weekday and at which hour.

It is never said to fit: what people saw on one day can be otherwise on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on, sources_of
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
    noted = [each for each in walked.stretches if text(each.path, "crowds")]
    busy = [each for each in noted if _value(each).startswith("busy")]
    told = busy or noted
    says = None
    if told:
        when = {_value(each).partition(" ")[2] for each in told}
        # one weekday and hour for all of it can be named; several would fill the page
        [moment] = when if len(when) == 1 else [""]
        says = _said(told, is_busy=bool(busy), moment=moment)
    because: list[Figure] = []
    at = walked.request.at
    if at is not None and told and not any(_is_then(_value(each), at) for each in told):
        because = [say("It was noted at another time than that of this walk.")]
    level: Level = "caution" if noted else "unknown"
    return Outcome(level, says, because, sources_of(told, "crowds"))


def _value(stretch: Stretch) -> str:
    return text(stretch.path, "crowds") or ""


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
    moment = value.partition(" ")[2]
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
