"""The figures of the planner and the merge, each a second time beside its reason.

A slip of the finger in one of them changes walks without breaking anything: here it fails.
"""

import pytest

from walktalk.parks import lying, merge_paths
from walktalk.routes import calm, crossing_costs, cues, reading, reasons, timing
from walktalk.routes.search import walks

FIGURES = {
    "0.4 to 0.5 m/s up a long stairway against 1.24 m/s (Kretz 2008, Gast 2019)": (
        timing.STEPS_FACTOR,
        0.4,
    ),
    "a crossed road: waiting, looking, the talk interrupted": (crossing_costs.CROSSING_M, 100.0),
    "a turn: a moment's thought about the way": (calm.TURN_M, 150.0),
    "a parallel metre feels like going back": (calm.BESIDE, 4.0),
    "half a right angle is a turn": (calm.TURN_DEG, 45.0),
    "walked twice costs what a main road does": (calm.REPEATED, 3.0),
    "a left or a right, not a bend": (cues.SIDEWARD_DEG, 60.0),
    "so many turns more are noticed": (reasons._NOTICED_TURNS, 3),
    "a minute of walking is the least walk": (reading.LEAST_WALK_S, 60.0),
    "across a street or a lawn to the start": (reading.SNAP_M, 50.0),
    "the design's limit of laps": (walks.MOST_LAPS, 4),
    "pieces that cover nine tenths are what became of a path": (merge_paths.MOSTLY, 0.9),
    "the contract: the same way within 3 m": (merge_paths.SAME_WAY_WITHIN_M, 3.0),
    "no piece shorter than a phone is off": (lying.LEAST_PIECE_M, 3.0),
}


@pytest.mark.parametrize(("figure", "chosen"), FIGURES.values(), ids=FIGURES)
def test_a_figure_is_as_it_was_published_or_chosen(figure: float, chosen: float) -> None:
    assert figure == chosen
