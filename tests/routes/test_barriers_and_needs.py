"""What stands on a path decides whether it meets a need, before what the path itself says."""

from dataclasses import replace
from typing import Any

import pytest

from tests.routes.ground import SURVEY, area, path
from walktalk.parks.barriers import RULES, barrier_name, barrier_step_free
from walktalk.parks.model import Barrier
from walktalk.routes.checks import verdict

WIDE: dict[str, Any] = {"wheelchair": "yes", "width_m": 3.0, "surface": "asphalt"}


def verdict_past(need: str, kind: str, **facts: Any) -> str:
    barrier = Barrier(kind, (0.0, 0.0), SURVEY, facts)
    way = replace(path("way", (0, 0), (0, 100), **WIDE), barriers=(barrier,))
    return verdict(area([way]), way, need)


@pytest.mark.parametrize(
    ("kind", "facts", "step_free", "wide"),
    [
        ("gate", {}, "met", "unknown"),
        ("gate", {"width_m": 1.2}, "met", "met"),
        ("gate", {"width_m": 0.8}, "met", "broken"),
        ("gate", {"wheelchair": "no"}, "broken", "unknown"),
        ("kissing_gate", {}, "unknown", "unknown"),
        ("kissing_gate", {"wheelchair": "no"}, "broken", "unknown"),
        ("kissing_gate", {"wheelchair": "yes", "width_m": 1.5}, "met", "met"),
        ("cycle_barrier", {}, "unknown", "unknown"),
        ("turnstile", {}, "broken", "unknown"),
        ("full-height_turnstile", {}, "broken", "unknown"),
        ("stile", {}, "broken", "unknown"),
        ("cattle_grid", {}, "broken", "unknown"),
        ("debris", {}, "broken", "unknown"),
        ("steps", {}, "broken", "unknown"),
        ("kerb", {"kerb": "raised"}, "broken", "met"),
        ("kerb", {"kerb_height_m": 0.04}, "broken", "met"),
        ("kerb", {"kerb_height_m": 0.03}, "met", "met"),
        ("a kind of thing nobody knows", {}, "unknown", "unknown"),
    ],
)
def test_a_barrier_counts_before_the_path_that_it_stands_on(
    kind: str, facts: dict[str, Any], step_free: str, wide: str
) -> None:
    assert verdict_past("step-free", kind, **facts) == step_free
    assert verdict_past("wide-path", kind, **facts) == wide


@pytest.mark.parametrize("kind", ["ford", "stepping_stones"])
def test_a_ford_breaks_what_one_needs_firm_and_dry(kind: str) -> None:
    for need in ("step-free", "firm-surface", "away-from-water"):
        assert verdict_past(need, kind) == "broken"
    way = path("way", (0, 0), (0, 100), ford="yes", **WIDE)
    assert {verdict(area([way]), way, n) for n in ("step-free", "firm-surface")} == {"broken"}


@pytest.mark.parametrize("kind", sorted(RULES))
def test_every_barrier_has_a_name_that_a_sentence_takes(kind: str) -> None:
    name = str(barrier_name(Barrier(kind, None, SURVEY)))
    assert name[0].islower()
    assert "_" not in name


def test_a_barrier_that_no_table_knows_is_named_and_never_met() -> None:
    barrier = Barrier("portcullis", None, SURVEY)
    assert str(barrier_name(barrier)) == "a barrier (portcullis)"
    assert barrier_step_free(barrier) == "unknown"
