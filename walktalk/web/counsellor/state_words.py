"""A saved walk's state in one line, and what another time would change for the worse."""

from datetime import datetime

from walktalk.routes import Walk
from walktalk.routes.checks.asked_first import asked_first
from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import sun_times
from walktalk.routes.light_on_the_way import (
    light_in_words,
    light_stretches,
    sunset_in_words,
)
from walktalk.routes.model import Level
from walktalk.routes.words import clock_in_words, listed
from walktalk.sessions.diary import ends_at
from walktalk.sessions.store.models import PlannedSession

_WORST_LAST: tuple[Level, ...] = ("pass", "caution", "unknown", "fail")


def state_in_words(planned: PlannedSession, walk: Walk, is_shared: bool, now: datetime) -> str:
    """Return the state: "Not shared yet. Not known: steps. Ends after sunset, 16:02."

    Args:
        planned: the session.
        walk: its frozen walk.
        is_shared: whether one of its links opens.
        now: the present moment.
    """
    if ends_at(planned) <= now:
        said = ["This walk is over."]
    else:
        said = ["Shared." if is_shared else "Not shared yet."]
    request = walk.request
    asked = asked_first(
        walk.proposal.findings, request.needs, seats_within_m=request.seats_within_m
    ).asked_for
    unknown = [need.subject.lower() for need in asked if need.level == "unknown"]
    said += [f"Not known: {listed(unknown)}."] if unknown else []
    return " ".join([*said, *_sunset(planned, walk)])


def worse_at(before: Walk, after: Walk) -> list[str]:
    """Return what another time makes worse, and the light on the way then, sentence by sentence."""
    was = {each.check: each.level for each in before.proposal.findings}
    worse = [
        each.message
        for each in after.proposal.findings
        if _WORST_LAST.index(each.level) > _WORST_LAST.index(was.get(each.check, "fail"))
    ]
    at = after.request.at
    if at is None or all(each.light == "day" for each in light_stretches(after, at)):
        return worse
    before_said = light_in_words(before)
    return [*worse, *(said for said in light_in_words(after) if said not in before_said)]


def _sunset(planned: PlannedSession, walk: Walk) -> list[str]:
    ends = ends_at(planned)
    said = sunset_in_words(walk, ends)
    sunset = sun_times(walk.route.coordinates[0], ends.astimezone(LONDON).date()).sunset
    if said and sunset is not None and ends > sunset:
        return [f"Ends after sunset, {clock_in_words(sunset.astimezone(LONDON))}."]
    return [said] if said else []
