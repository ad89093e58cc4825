from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.routes.ground import area, path, place, route
from walktalk.parks import Area
from walktalk.routes.ways_off import next_way_off, ways_off


def words_at(ground: Area, metre: float, *steps: str, again: bool = False) -> str:
    walk = route(ground, *steps)
    found = next_way_off(ways_off(ground, walk), walk, metre)
    return found.in_words(again) if found else ""


def with_spur(**facts: str) -> Area:
    """Ground with a way to the north in two halves, and a path that leads off between them."""
    return area(
        [
            path("a", (0, 0), (0, 300)),
            path("b", (0, 300), (0, 600)),
            path("off", (0, 300), (200, 300), **facts),
        ]
    )


def test_the_next_path_off_is_told_along_the_walk_forward_or_back() -> None:
    ground = with_spur()
    assert words_at(ground, 200, "a", "b") == (
        "Go on along the walk for 100 m, to the north at first. A path leads off there."
    )
    assert words_at(ground, 500, "a", "b").startswith(
        "Go back along the walk for 200 m, to the south at first. A path leads off there."
    )


def test_at_the_junction_itself_the_path_leads_off_here() -> None:
    assert words_at(with_spur(), 300, "a", "b").startswith("A path leads off here.")


def test_where_the_walk_comes_by_again_it_is_neither_on_nor_back() -> None:
    assert words_at(with_spur(), 200, "a", "b", again=True).startswith(
        "Follow the walk for 100 m, to the north at first."
    )


def test_the_start_is_told_where_it_is_nearer_than_any_path() -> None:
    assert words_at(with_spur(), 100, "a", "b") == (
        "Go back along the walk for 100 m, to the south at first. That is the start."
    )


def test_the_end_of_a_round_is_the_start_again() -> None:
    ground = area([path("a", (0, 0), (0, 300), (200, 300)), path("b", (200, 300), (0, 0))])
    assert words_at(ground, 800, "a", "b").startswith("Go on along the walk for 60 m")
    assert words_at(ground, 800, "a", "b").endswith("That is the start.")


def test_the_road_that_the_path_meets_is_named_only_when_recorded() -> None:
    for facts, said in (
        ({"crosses_road": "Park St"}, "It crosses Park St."),
        ({"beside_road": "Park St"}, "It runs beside Park St."),
        ({"name": "Long Walk"}, "Its name is Long Walk."),
        ({"crosses_road": "yes", "beside_road": "no"}, "A path leads off here."),
    ):
        assert words_at(with_spur(**facts), 300, "a", "b").endswith(said)


def test_a_path_closed_to_people_on_foot_is_no_way_off() -> None:
    assert words_at(with_spur(access="private"), 300, "a", "b").endswith("That is the start.")
    open_on_foot = with_spur(access="private", foot="yes")
    assert words_at(open_on_foot, 300, "a", "b").startswith("A path leads off here.")


def test_an_entrance_on_the_walk_is_a_way_out_to_its_street() -> None:
    places = [place("gate", "entrance", 5, 400, street="Park St")]
    ground = area([path("a", (0, 0), (0, 600))], places)
    assert words_at(ground, 500, "a").endswith("A way out to Park St is there.")
    assert words_at(ground, 400, "a") == "A way out to Park St is here."


def test_at_a_start_that_nothing_leads_off_nothing_is_said() -> None:
    assert words_at(area([path("a", (0, 0), (0, 600))]), 0, "a") == ""


@given(
    lengths=st.lists(st.integers(20, 400), min_size=1, max_size=8),
    share=st.floats(0, 1),
    spurs=st.sets(st.integers(0, 8)),
)
def test_no_way_off_is_nearer_along_the_walk_than_the_one_told(
    lengths: list[int], share: float, spurs: set[int]
) -> None:
    norths = [sum(lengths[:count]) for count in range(len(lengths) + 1)]
    ways = [
        path(f"w{number}", (0, south), (0, north))
        for number, (south, north) in enumerate(pairwise(norths))
    ]
    led_off = [path(f"s{n}", (0, norths[n]), (50, norths[n])) for n in spurs if n < len(norths)]
    ground = area([*ways, *led_off])
    walk = route(ground, *(way.id for way in ways))
    metre = share * walk.length_m
    off_m = [norths[n] for n in spurs if n < len(norths)]
    found = next_way_off(ways_off(ground, walk), walk, metre)
    if found is None:
        assert metre < 1
        assert not off_m
        return
    assert 0 <= metre + found.walk_m <= walk.length_m + 0.01
    at_m = [*off_m, *([0] if metre >= 1 else [])]
    assert abs(abs(found.walk_m) - min(abs(each - metre) for each in at_m)) < 0.1
