"""Who may walk: every value has its rule, and what no table knows is never silently safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walktalk.parks.access import FACTS, access_of
from walktalk.parks.fact_schema import PathFacts

UNSURE = "recorded with a value that says nothing sure"


@pytest.mark.parametrize("value", ["yes", "designated", "permissive", "official", "dismount"])
def test_what_is_open_on_foot_needs_no_word(value: str) -> None:
    assert access_of({"foot": value}).standing == "open"
    assert access_of({"access": "private", "foot": value}).reasons == ()


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "private",
        "military",
        "forestry",
        "agricultural",
        "employees",
        "residents",
        "delivery",
        "use_sidepath",
        "emergency",
        "psv",
        "members",
        "agricultural;forestry",
    ],
)
def test_what_is_kept_for_others_is_not_walked_unless_foot_allows_it(value: str) -> None:
    assert access_of({"access": value}).standing == "closed"
    assert access_of({"foot": value}).standing == "closed"
    assert access_of({"access": value, "foot": "yes"}).standing == "open"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"access": "customers"}, "for customers only"),
        ({"access": "permit"}, "open only with a permit"),
        ({"foot": "discouraged"}, "a way that signs advise against"),
        ({"foot": "unknown"}, "a way of which nobody knows who may use it"),
        ({"foot": "sometimes"}, f"{UNSURE} (foot: sometimes)"),
        ({"access": "yes;private"}, "private"),
        ({"disused": "yes"}, "recorded as disused"),
        ({"lifecycle": "abandoned"}, "also abandoned and no longer kept up"),
        ({"construction": "minor", "foot": "yes"}, "a building site"),
        ({"motorroad": "yes", "foot": "designated"}, "a road for motor vehicles only"),
        ({"ford": "yes"}, "a ford: one walks through water"),
        ({"ford": "stepping_stones"}, "stepping stones through water"),
        ({"tidal": "yes"}, "under water at high tide"),
        ({"flood_prone": "yes"}, "liable to flooding"),
        ({"indoor": "yes", "level": "0"}, "inside a building, which may be shut"),
        ({"level": "-1"}, "on another floor (level -1)"),
        ({"sac_scale": "mountain_hiking"}, "a mountain path, steep or rough in places"),
        ({"trail_visibility": "no"}, "not visible on the ground"),
        ({"oneway_foot": "yes"}, "one-way on foot"),
        ({"foot_backward": "no"}, "to be walked in one direction only"),
        ({"hazard": "falling_rocks"}, "recorded with a hazard: falling rocks"),
        ({"ground_access": "private"}, "on ground that is private"),
    ],
)
def test_what_one_should_know_is_a_caution_with_its_reason(
    facts: dict[str, str], reason: str
) -> None:
    found = access_of(facts)
    assert (found.standing, [str(said) for said in found.reasons]) == ("care", [reason])


@pytest.mark.parametrize(
    "facts",
    [
        {"motorroad": "yes"},
        {"construction": "minor"},
        {"construction": "footway"},
        {"military": "danger_area"},
        {"military": "a new word"},
        {"abandoned": "yes"},
        {"demolished": "yes"},
        {"ford": "boat"},
        {"sac_scale": "alpine_hiking", "foot": "yes"},
    ],
)
def test_what_nobody_should_walk_is_closed(facts: dict[str, str]) -> None:
    assert access_of(facts).standing == "closed"


def test_no_is_a_good_answer_to_every_question_but_who_may_walk() -> None:
    asked = FACTS - {"access", "foot", "foot_forward", "foot_backward", "temporary_access"}
    for fact in sorted(asked - {"ground_access", "lifecycle", "level", "sac_scale", "status"}):
        if fact != "trail_visibility":
            assert access_of({fact: "no"}).standing == "open", fact


def test_every_rule_has_its_fact_in_the_schema() -> None:
    assert set(PathFacts.model_fields) >= FACTS


@given(st.sampled_from(sorted(FACTS - {"lifecycle"})), st.text(min_size=1, max_size=12))
@pytest.mark.slow
def test_a_value_that_no_table_knows_is_never_silently_open(fact: str, value: str) -> None:
    found = access_of({fact: f"new {value}".replace(";", "")})
    assert found.standing != "open"
    assert all(found.reasons)
