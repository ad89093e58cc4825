"""What the walk is like, step by step, in plain sentences made from its line and recorded facts.

Every sentence says one thing and names nothing that is not recorded: no landmarks, no views.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.barriers_met import Met, barriers_met
from walktalk.routes.checks.facts import surveyed
from walktalk.routes.cues import CHOICE, LOOK_M, Cue, CueKind, CuePlace, turn_cues
from walktalk.routes.described import Confidence, confidence_of, on_the_way, way_in_words
from walktalk.routes.landmarks import node_after, thing_at
from walktalk.routes.passed_by import SAME_PLACE_M, junctions_passed_m, start_passed_m
from walktalk.routes.repeats import Again, Back, laps_told_once, rounds_told_once
from walktalk.routes.timing import legs_seconds
from walktalk.routes.words import (
    about_distance_in_words,
    compass_in_words,
    listed,
    minutes_in_words,
)
from walktalk.wording import N_, Table, _, n_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Area, LonLat, Path
    from walktalk.routes.model import Leg, Route

__all__ = ["Confidence", "Cue", "Step", "directions", "turn_cues"]

_HALF_A_MINUTE = 0.5

AT_ONCE_M = 15.0
"""Metres before a turning point within which the step before it tells of it: some ten paces."""

SHORT_STEP_M = 15.0
"""Metres below which a sharp bend is no step of its own: some ten paces, and the path leads on."""

_TO_JUNCTION = (
    N_("to the next junction"),
    N_("to the second junction"),
    N_("to the third junction"),
    N_("to the fourth junction"),
    N_("to the fifth junction"),
    N_("to the sixth junction"),
    N_("to the seventh junction"),
    N_("to the eighth junction"),
    N_("to the ninth junction"),
)

_DO: Table[CueKind] = Table(
    {
        "left": N_("Turn left."),
        "right": N_("Turn right."),
        "slight-left": N_("Keep left."),
        "slight-right": N_("Keep right."),
        "straight": N_("Go straight on."),
        "u-turn": N_("Turn round."),
    }
)
_TO: Table[CuePlace] = Table(
    {
        "bend": N_("to a sharp bend"),
        "turning-point": N_("to the place on the map where the walk turns"),
        "round": N_("to the start of a round"),
        "round-again": N_("to the place where the round began"),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a walk in words.

    Attributes:
        text: plain sentences.
        kind: what to do where it begins.
        distance_m: metres along the walk where it begins.
        length_m: metres until the next step.
        minutes: walking minutes until the next step.
        position: (longitude, latitude) where it begins.
        confidence: whether the ground of this part is recorded, partly so, or only its line.
    """

    text: str
    kind: CueKind
    distance_m: float
    length_m: float
    minutes: float
    position: LonLat
    confidence: Confidence


def directions(area: Area, route: Route, pace: float) -> tuple[Step, ...]:
    """Return a walk step by step, in walking order, the last step being its finish.

    A way back over the same paths is one step, and so are further rounds of the same legs.

    Args:
        area: the land.
        route: the walk.
        pace: walking speed on the flat in metres a second.
    """
    once = _without_mere_bends(laps_told_once(route, turn_cues(area, route)))
    cues = rounds_told_once(route, once)
    passed = _Passed(area, route)
    steps: list[Step] = []
    at_once = False
    for here, following in pairwise(cues):
        step = _step(passed, pace, here, following, _number_of_step(steps, here))
        if at_once:
            steps[-1] = _joined(steps[-1], step)
        else:
            steps.append(step)
        at_once = _turns_at_once(here, following)
    back = route.coordinates[0] == route.coordinates[-1]
    text = _("You are back at the start.") if back else _("This is the end of the walk.")
    last = cues[-1]
    end = Step(text, "finish", last.distance_m, 0.0, 0.0, last.position, "recorded")
    return (*steps, end)


@dataclass(frozen=True, eq=False)
class _Passed:
    """A walk with what it passes on the way."""

    area: Area
    route: Route

    @cached_property
    def _junctions_m(self) -> list[float]:
        return junctions_passed_m(self.area, self.route)

    @cached_property
    def _starts_m(self) -> list[float]:
        return start_passed_m(self.route)

    def junctions(self, here: Cue, following: Cue) -> int:
        """Return how many junctions lie between two cues, their own places left out."""
        return _count_between(self._junctions_m, here, following)

    @cached_property
    def _barriers(self) -> tuple[Met, ...]:
        return barriers_met(self.area, self.route)

    def barriers(self, here: Cue, following: Cue) -> list[str]:
        """Return the names of what one passes through between two cues, each once."""
        begin, end = here.distance_m - SAME_PLACE_M, following.distance_m - SAME_PLACE_M
        met = [each.words for each in self._barriers if begin <= each.at_m < end]
        return list(dict.fromkeys(met))

    def start(self, here: Cue, following: Cue) -> bool:
        """Return whether the walk comes by its start between two cues."""
        return _count_between(self._starts_m, here, following) > 0

    def is_at_junction(self, cue: Cue) -> bool:
        """Return whether a cue is to be told by the junction it lies at."""
        if cue.place != "turning-point":
            return cue.place == "junction"
        node = node_after(self.area, self.route, cue.distance_m)
        named = bool(thing_at(self.area, self.route, cue.distance_m))
        return not named and node is not None and bool(self.area.network.degrees[node] >= CHOICE)

    def is_at_start(self, cue: Cue) -> bool:
        """Return whether a cue within the walk lies at its start."""
        return any(abs(metres - cue.distance_m) <= SAME_PLACE_M for metres in self._starts_m)


def _count_between(places_m: Sequence[float], here: Cue, following: Cue) -> int:
    begin, end = here.distance_m + SAME_PLACE_M, following.distance_m - SAME_PLACE_M
    return sum(begin < metres < end for metres in places_m)


def _turns_at_once(here: Cue, following: Cue) -> bool:
    """Whether a step is only a few paces to a turning point."""
    close = following.distance_m - here.distance_m <= AT_ONCE_M
    return here.kind in _DO and following.kind == "u-turn" and close


def _joined(step: Step, turned: Step) -> Step:
    """Return a step of a few paces together with the one that turns round after it."""
    return replace(
        step,
        text=f"{step.text} {turned.text.removeprefix(_DO['u-turn']).lstrip()}",
        length_m=step.length_m + turned.length_m,
        minutes=step.minutes + turned.minutes,
        confidence=step.confidence if step.confidence == turned.confidence else "partly",
    )


def _without_mere_bends(cues: Sequence[Cue]) -> list[Cue]:
    """Leave out sharp bends next to another cue: nobody can go wrong at one.

    Of bends that follow each other to the same side the first stays: together they turn the walk.
    """
    kept = list(cues[:1])
    for number, cue in enumerate(cues[1:-1], start=1):
        before, after = cues[number - 1], cues[number + 1]
        told_before = cue.distance_m - before.distance_m < SHORT_STEP_M
        told_after = after.distance_m - cue.distance_m < SHORT_STEP_M
        turns_on = not told_before and (after.place, after.kind) == (cue.place, cue.kind)
        if cue.place != "bend" or turns_on or not (told_before or told_after):
            kept.append(cue)
    return [*kept, cues[-1]]


def _number_of_step(steps: Sequence[Step], here: Cue) -> int:
    """Return which step what is walked again began with, counted from 1; 0 where nothing is."""
    if not isinstance(here, Again):
        return 0
    return sum(step.distance_m <= here.begins_m + SAME_PLACE_M for step in steps)


def _step(passed: _Passed, pace: float, here: Cue, following: Cue, begun: int) -> Step:
    area, route = passed.area, passed.route
    legs = _legs_between(route, here.distance_m, following.distance_m)
    paths = [(surveyed(area.paths[leg.path_id]), leg.length_m) for leg in legs]
    minutes = sum(legs_seconds(area, legs, pace)) / 60
    length_m = following.distance_m - here.distance_m
    if isinstance(here, Again):
        said = _walked_again(route, here, begun, minutes)
    else:
        said = _sentences(passed, here, following, paths, minutes)
    return Step(
        text=" ".join(said),
        kind=here.kind,
        distance_m=here.distance_m,
        length_m=length_m,
        minutes=minutes,
        position=here.position,
        confidence=confidence_of(paths),
    )


def _legs_between(route: Route, from_m: float, to_m: float) -> list[Leg]:
    """Return the parts of the legs between two distances along the walk."""
    found: list[Leg] = []
    for leg, walked in zip(route.legs, route.walked_m.tolist(), strict=False):
        begin, end = max(from_m - walked, 0.0), min(to_m - walked, leg.length_m)
        if end > begin:
            sign = 1 if leg.to_m >= leg.from_m else -1
            part = type(leg)(leg.path_id, leg.from_m + sign * begin, leg.from_m + sign * end)
            found.append(part)
    return found


def _walked_again(route: Route, here: Again, begun: int, minutes: float) -> list[str]:
    begins = [_("You are where step %(number)s began.", number=begun)]
    said = begins if here.place == "round-again" else []
    takes = _("This takes %(minutes)s.", minutes=minutes_in_words(minutes))
    return [*said, _once_more(route, here), takes]


def _once_more(route: Route, here: Again) -> str:
    times = here.times
    if route.shape == "laps" and times == 2:  # noqa: PLR2004 - two of three laps
        return _("Laps 2 and 3: walk the same way 2 more times.")
    if route.shape == "laps":
        return n_(
            "Lap 2: walk the same way once more.",
            "Laps 2 to %(last)s: walk the same way %(number)s more times.",
            times,
            last=times + 1,
        )
    if here.place == "end":
        return n_("Walk the same way once more.", "Walk the same way %(number)s more times.", times)
    return n_("Walk the same round once more.", "Walk the same round %(number)s more times.", times)


def _sentences(
    passed: _Passed,
    here: Cue,
    following: Cue,
    paths: list[tuple[Path, float]],
    minutes: float,
) -> list[str]:
    route = passed.route
    length_m = following.distance_m - here.distance_m
    how_long = _how_long(minutes, length_m)
    if isinstance(here, Back):
        return [
            _DO["u-turn"],
            _("Go back the same way %(how_long)s, to the start.", how_long=how_long),
        ]
    first = _DO.get(here.kind) or _set_off(route)
    walked = _legs_between(route, 0.0, here.distance_m)
    before = surveyed(passed.area.paths[walked[-1].path_id]) if walked else None
    recorded = on_the_way(paths, before)
    if barriers := passed.barriers(here, following):
        recorded.append(_("You pass %(barriers)s.", barriers=listed(barriers)))
    if _turns_at_once(here, following):
        return [first, *recorded, _turn_round_after(length_m, following)]
    to = _where_to(passed, here, following)
    if isinstance(following, Back):
        to = _("%(place)s, the turning point", place=to)
    follow = _(
        "Follow %(way)s %(how_long)s, %(to)s.", way=way_in_words(paths), how_long=how_long, to=to
    )
    return [first, follow, *_passing(passed, here, following), *recorded]


def _to_the_end(route: Route, following: Cue) -> str:
    if isinstance(following, Again):
        return _("to the place where you began")
    back = route.coordinates[0] == route.coordinates[-1]
    return _("back to the start") if back else _("to the end of the walk")


def _where_to(passed: _Passed, here: Cue, following: Cue) -> str:
    """Return where a step ends, a junction counted from where the step begins."""
    route = passed.route
    if following.place == "end":
        return _to_the_end(route, following)
    if passed.is_at_start(following):
        return _("back to the start")
    if following.place == "turning-point":
        thing = thing_at(passed.area, route, following.distance_m)
        if thing:
            return _("to %(place)s", place=thing)
    if following.place != "junction" and not passed.is_at_junction(following):
        return _TO[following.place]
    skipped = passed.junctions(here, following)
    if skipped < len(_TO_JUNCTION):
        return _(_TO_JUNCTION[skipped])
    return n_(
        "past %(number)s junction, to the one after it",
        "past %(number)s junctions, to the one after them",
        skipped,
    )


def _passing(passed: _Passed, here: Cue, following: Cue) -> list[str]:
    """Return what is passed on a step that its end does not tell: junctions, and the start."""
    said: list[str] = []
    skipped = passed.junctions(here, following)
    counted = passed.is_at_junction(following) and not passed.is_at_start(following)
    if skipped and not counted:
        said.append(
            n_(
                "Go straight on at %(number)s junction.",
                "Go straight on at %(number)s junctions.",
                skipped,
            )
        )
    if passed.start(here, following):
        said.append(_("You pass the start on the way."))
    return said


def _set_off(route: Route) -> str:
    ahead = route.line.point_at(2 * LOOK_M)
    if ahead == route.coordinates[0]:
        return _("Set off.")
    return _("Set off to the %(way)s.", way=compass_in_words(route.coordinates[0], ahead))


def _how_long(minutes: float, length_m: float) -> str:
    if minutes < _HALF_A_MINUTE:
        return _("for about %(distance)s", distance=about_distance_in_words(length_m))
    return _("for %(minutes)s", minutes=minutes_in_words(minutes))


def _turn_round_after(length_m: float, following: Cue) -> str:
    after = about_distance_in_words(length_m)
    if isinstance(following, Back):
        return _("Turn round after about %(distance)s, at the turning point.", distance=after)
    return _("Turn round after about %(distance)s.", distance=after)
