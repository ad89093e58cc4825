"""The same walk again is the same line, and all that is said of it is looked at anew."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.routes.ground import area, at, path
from walktalk.parks import Area, load_area
from walktalk.parks.observed import Observation, with_observations
from walktalk.resources import shipped_parks
from walktalk.routes import NoWalkFits, Proposal, Walk, WalkRequest, plan_walks
from walktalk.routes.clock import LONDON
from walktalk.routes.one_part_new import plan_one_part_new
from walktalk.routes.same_again import plan_same_again
from walktalk.routes.surroundings import surroundings

PITTVILLE = load_area(shipped_parks() / "pittville-park.geojson")
MORNING = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
EVENING = datetime(2026, 12, 8, 19, 30, tzinfo=LONDON)
DAY = date(2026, 11, 20)


def kept(ground: Area, request: WalkRequest, proposal: Proposal) -> Walk:
    """Return a walk as it is kept: with the land around it alone."""
    walk = Walk.chosen(ground, request, proposal)
    return replace(walk, area=surroundings(walk))


def seen_on(ground: Area, path_id: str, from_m: float, to_m: float) -> Area:
    """Return the land once somebody has spoken of a part of a path, which cuts it there."""
    line = ground.paths[path_id].line.cut(from_m, to_m)
    said = Observation("1", path_id, line, from_m, to_m, "lamps", "no", DAY)
    return with_observations(ground, [replace(said, fact="steps", value="no")], DAY).area


@pytest.mark.parametrize("start", [each.id for each in PITTVILLE.meeting_points[:4]])
def test_every_walk_is_the_same_again_with_its_laps_and_its_times(start: str) -> None:
    request = WalkRequest(start=start, minutes=50, at=MORNING)
    for proposal in plan_walks(PITTVILLE, request, limit=6):
        walk = kept(PITTVILLE, request, proposal)
        again = plan_same_again(PITTVILLE, walk.request, walk)
        assert again.route == proposal.route
        assert again.timetable == proposal.timetable
        assert again.findings == proposal.findings
        assert again.walking_minutes == pytest.approx(proposal.walking_minutes)
        assert again.reason == "The same walk again."


def test_at_another_time_its_light_is_looked_at_anew() -> None:
    request = WalkRequest(start="boat-house", minutes=50, at=MORNING)
    (proposal, *_) = plan_walks(PITTVILLE, request)
    walk = kept(PITTVILLE, request, proposal)
    again = plan_same_again(PITTVILLE, replace(walk.request, at=EVENING), walk)
    level = {
        each: {found.check: found.level for found in found_by.findings}["light"]
        for each, found_by in (("morning", proposal), ("evening", again))
    }
    assert level["morning"] == "pass"
    assert level["evening"] != "pass"
    assert again.route == proposal.route


def test_paths_that_were_cut_or_joined_since_are_the_same_ground() -> None:
    request = WalkRequest(start="boat-house", minutes=50)
    (proposal, *_) = plan_walks(PITTVILLE, request)
    longest = max(proposal.route.legs, key=lambda leg: leg.length_m)
    cut = seen_on(PITTVILLE, longest.path_id, 10.0, longest.length_m / 2)
    cut_elsewhere = seen_on(PITTVILLE, longest.path_id, 20.0, longest.length_m / 3)
    for before, today in ((PITTVILLE, cut), (cut, PITTVILLE), (cut, cut_elsewhere)):
        walks = plan_walks(before, request, limit=6)
        known = next(
            each for each in walks if each.route.length_m == pytest.approx(proposal.route.length_m)
        )
        walk = kept(before, request, known)
        again = plan_same_again(today, walk.request, walk)
        assert again.route.length_m == pytest.approx(known.route.length_m, abs=0.5)
        assert again.route.coordinates[0] == pytest.approx(known.route.coordinates[0])
        assert {leg.path_id for leg in again.route.legs} <= today.paths.keys()
        assert plan_one_part_new(today, walk.request, walk)


RING = [path("ring", (0, 0), (640, 0), (640, 640), (0, 640), (0, 0))]
REQUEST = WalkRequest(start=at(0, 0), minutes=52, at=MORNING)


@pytest.mark.parametrize(("minutes", "laps"), [(53, 1), (97, 2)])
def test_a_ring_of_one_path_that_was_cut_since_is_walked_round_as_before(
    minutes: int, laps: int
) -> None:
    ring = area(RING)
    request = replace(REQUEST, minutes=minutes)
    walk = kept(ring, request, plan_walks(ring, request)[0])
    again = plan_same_again(seen_on(ring, "ring", 300.0, 900.0), walk.request, walk)
    assert again.route.length_m == pytest.approx(walk.route.length_m, abs=0.1)
    assert (again.route.shape, again.route.laps) == (walk.route.shape, laps)
    assert again.route.shape in ("loop", "laps")


@pytest.mark.parametrize(
    ("facts", "needs", "said"),
    [
        (
            {"step_count": 9, "highway": "steps"},
            {"step-free"},
            "This walk does not keep to this need: ",
        ),
        ({"access": "no"}, set(), "A path of this walk is closed then."),
    ],
)
def test_what_stands_against_it_is_said_and_other_walks_are_offered(
    facts: dict[str, str | int], needs: set[str], said: str
) -> None:
    ring = area(RING)
    request = replace(REQUEST, needs=frozenset(needs))
    walk = kept(ring, request, plan_walks(ring, request)[0])
    today = area([replace(RING[0], facts=facts)])
    with pytest.raises(NoWalkFits) as caught:
        plan_same_again(today, walk.request, walk)
    assert caught.value.reason.startswith(said)
    assert caught.value.nearest == walk.request


def test_a_walk_whose_paths_have_gone_or_moved_says_so() -> None:
    ring = area(RING)
    walk = kept(ring, REQUEST, plan_walks(ring, REQUEST)[0])
    moved = path("ring", (0, 0), (640, 0), (650, 640), (0, 640), (0, 0))
    for today in (area([moved]), area([replace(RING[0], id="other")])):
        with pytest.raises(NoWalkFits, match="not as they were"):
            plan_same_again(today, walk.request, walk)
