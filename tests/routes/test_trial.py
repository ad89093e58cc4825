"""Whether a request gives a walk, as far as it is known without looking for one."""

from dataclasses import replace

import pytest

from tests.routes.towns import area_of, at, town
from walktalk.parks import Area
from walktalk.routes import NoWalkFits, WalkRequest, plan_walks
from walktalk.routes.model import Shape
from walktalk.routes.reading import read_request
from walktalk.routes.trial import Trial

RING = [(0, 0), (90, 0), (90, 90), (0, 90), (0, 0)]
GROUND = {
    "a lane": area_of({"a": [(0, 0), (100, 0)], "b": [(100, 0), (100, 136)]}),
    "a ring with a way to it": area_of({"ring": RING, "way": [(0, 0), (-250, 0)]}),
    "a few streets": town(14, 5),
    "a piece apart": area_of({"near": [(0, 0), (60, 0)], "far": [(0, 300), (900, 300)]}),
}


def never(_request: object, _ground: object) -> bool:
    pytest.fail("it was looked for")


@pytest.mark.parametrize("name", GROUND)
@pytest.mark.parametrize("shape", [None, "out-and-back", "loop"])
@pytest.mark.slow
def test_what_is_known_without_looking_is_what_is_found_by_looking(
    name: str, shape: Shape | None
) -> None:
    area = GROUND[name]
    longest = WalkRequest(start=area.network.nodes[0], minutes=120, pace=0.8)
    looked: list[int] = []

    def looks(request: WalkRequest, _ground: object) -> bool:
        looked.append(request.minutes)
        return _gives(area, request)

    trial = Trial(area, longest, read_request(area, longest), looks)
    for minutes in range(20, 121, 10):
        asked = replace(longest, minutes=minutes, shape=shape)
        assert trial.fits(asked) == _gives(area, asked)
    assert len(looked) < 11  # something is known without looking


def _gives(area: Area, request: WalkRequest) -> bool:
    try:
        return bool(plan_walks(area, request, limit=1))
    except NoWalkFits:
        return False


def test_two_hours_on_a_lane_are_hopeless_before_any_search() -> None:
    area = GROUND["a lane"]
    for minutes, hopeless in ((40, False), (120, True)):
        request = WalkRequest(start=at(0, 0), minutes=minutes)
        assert Trial(area, request, read_request(area, request), never).is_hopeless == hopeless
    seated = WalkRequest(start=at(0, 0), minutes=120, seated=True)
    assert not Trial(area, seated, read_request(area, seated), never).is_hopeless


def test_what_gave_no_walk_is_not_looked_for_again_where_the_same_paths_may_be_used() -> None:
    area = GROUND["a ring with a way to it"]
    request = WalkRequest(
        start=at(0, 0), minutes=60, shape="lollipop", needs=frozenset({"wide-path"})
    )
    trial = Trial(area, request, read_request(area, request), never)
    trial.gave_none(request)
    assert not trial.fits(replace(request, needs=frozenset()))


def test_what_only_a_whole_walk_can_have_is_looked_for_only_where_nothing_may_be_unknown() -> None:
    area = GROUND["a lane"]
    request = WalkRequest(start=at(0, 0), minutes=30, needs=frozenset({"toilets"}))
    assert Trial(area, request, read_request(area, request), never).fits(request)
    looked: list[bool] = []

    def looks(_request: object, _ground: object) -> bool:
        looked.append(True)
        return False

    strict = replace(request, unknown="refuse")
    assert not Trial(area, strict, read_request(area, strict), looks).fits(strict)
    assert looked
