"""No mark and no word of a drawing lies on another, whatever the walk."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maps.meadow import MEADOW, walk_along
from tests.maps.real_walks import planned_walks, stored_walks
from walktalk.maps.drawing import MinuteMark, drawing_of
from walktalk.maps.furniture import map_controls
from walktalk.maps.label_places import Layout, layout, merged_minutes, minute_words, small_layout
from walktalk.maps.paper import Paper
from walktalk.maps.room import meet
from walktalk.parks import Place
from walktalk.routes import Walk

_positions = st.tuples(
    st.floats(-2.082, -2.075, allow_nan=False), st.floats(51.899, 51.904, allow_nan=False)
)
_KINDS = ["toilets", "cafe", "bench", "car_park", "playground"]
_places = st.lists(
    st.builds(
        lambda at, kind, name: (at, kind, name),
        _positions,
        st.sampled_from(_KINDS),
        st.sampled_from(["", "Kiosk", "A very long name of a place by the lake Test Meadow"]),
    ),
    max_size=12,
)


def _plans(walk: Walk) -> list[tuple[Layout, Paper]]:
    drawing = drawing_of(walk)
    papers = [Paper.around(drawing.walk_box), Paper.on_a_phone(drawing.walk_box)]
    plans = [(layout(drawing, paper, walk.area.name), paper) for paper in papers]
    return [*plans, (small_layout(drawing, papers[0]), papers[0])]


def _assert_nothing_overlaps(walk: Walk) -> None:
    for plan, _ in _plans(walk):
        for one, other in combinations(plan.boxes, 2):
            assert not meet(one, other)


@settings(max_examples=60, deadline=None)
@given(st.lists(_positions, min_size=3, max_size=12, unique=True), _places)
def test_no_mark_or_word_lies_on_another(
    line: list[tuple[float, float]], places: list[tuple[tuple[float, float], str, str]]
) -> None:
    known = {
        str(number): Place(str(number), kind, name, at)
        for number, (at, kind, name) in enumerate(places)
    }
    area = replace(MEADOW, places={**known, "gate": MEADOW.places["gate"]})
    _assert_nothing_overlaps(walk_along(tuple(line), area=area))


def test_nothing_lies_on_anything_on_any_stored_or_planned_walk() -> None:
    for walk in [*stored_walks().values(), *planned_walks()[::4]]:
        _assert_nothing_overlaps(walk)


def test_every_real_walk_has_its_start_named_inside_the_paper() -> None:
    for walk in [*stored_walks().values(), *planned_walks()[::4]]:
        for plan, paper in _plans(walk)[:2]:
            assert plan.start.side is not None
            assert all(
                left >= 0 and top >= 0 and right <= paper.width and bottom <= paper.height
                for left, top, right, bottom in plan.boxes
            )


def test_a_map_and_a_sketch_of_one_walk_show_the_same_minutes() -> None:
    for walk in [*stored_walks().values(), *planned_walks()[::4]]:
        sketch, phone, _ = (plan for plan, _ in _plans(walk))
        assert sketch.minutes == phone.minutes


def test_the_flag_is_drawn_also_beneath_a_map_s_buttons() -> None:
    up = ((-2.070, 51.900), (-2.0799, 51.9029), (-2.080, 51.903))
    drawing = drawing_of(walk_along((*up, *up[1::-1])))
    paper = Paper.on_a_phone(drawing.walk_box)
    plan = layout(drawing, paper, "Meadow", reserved=map_controls(paper))
    assert plan.flag is not None


def test_half_way_at_the_start_is_a_word_and_not_a_second_mark() -> None:
    lap = ((-2.080, 51.900), (-2.076, 51.900), (-2.076, 51.903), (-2.080, 51.900))
    plan, _ = _plans(walk_along((*lap, *lap[1:])))[0]
    assert plan.flag is None
    assert plan.start.words == "Start, half way"


@pytest.mark.parametrize(
    ("north", "labels"), [(51.9, ["10, 30 back", "20"]), (51.9015, ["10", "20", "30 back"])]
)
def test_minutes_at_one_point_share_a_label(north: float, labels: list[str]) -> None:
    marks = [
        MinuteMark((-2.080, 51.9), 10),
        MinuteMark((-2.076, 51.9), 20),
        MinuteMark((-2.080, north), 30, "back"),
    ]
    paper = Paper.around((-2.080, 51.9, -2.076, 51.903))
    assert [minute_words(pill) for pill in merged_minutes(marks, paper)] == labels
