"""A saved walk's state in one line, and what another time would change for the worse."""

from datetime import datetime

from walktalk.routes import Walk
from walktalk.routes.checks.asked_first import asked_first
from walktalk.routes.clock import LONDON
from walktalk.routes.daylight import sun_times
from walktalk.routes.words import clock_in_words, listed
from walktalk.sessions.diary import ends_at
from walktalk.sessions.store.models import PlannedSession


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
    asked = asked_first(walk.proposal.findings, walk.request.needs).asked_for
    unknown = [need.subject.lower() for need in asked if need.level == "unknown"]
    said += [f"Not known: {listed(unknown)}."] if unknown else []
    return " ".join([*said, *_after_sunset(planned, walk)])


def worse_at(before: Walk, after: Walk) -> list[str]:
    """Return what is found at another time where all was well before, sentence by sentence."""
    was_well = {each.check for each in before.proposal.findings if each.level == "pass"}
    return [
        each.message
        for each in after.proposal.findings
        if each.check in was_well and each.level != "pass"
    ]


def _after_sunset(planned: PlannedSession, walk: Walk) -> list[str]:
    ends = ends_at(planned).astimezone(LONDON)
    sunset = sun_times(walk.route.coordinates[0], ends.date()).sunset
    if sunset is None or ends <= sunset:
        return []
    return [f"Ends after sunset, {clock_in_words(sunset.astimezone(LONDON))}."]
