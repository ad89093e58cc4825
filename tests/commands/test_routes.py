"""``walktalk plan`` and ``share`` on a stored or recorded walk, and the list of what there is."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import NEXT_YEAR, Walktalk
from tests.commands.test_recordings import AREA, LINE, library, written
from tests.maps.real_walks import PARKS
from tests.routes import recorded as files
from walktalk.sessions import recorded

NAME = "Zebrafinch"
STORED = [(area.id, route.id) for area in PARKS.values() for route in area.routes.values()]


@pytest.fixture
def own_walk(walktalk: Walktalk, tmp_path: Path) -> str:
    """Add a recorded walk; return its id among the park's walks."""
    ran = walktalk("routes", "import", written(tmp_path, files.as_gpx(LINE)), *AREA, "--name", NAME)
    assert ran.exit_code == 0, ran.output
    return recorded.route_id(library(tmp_path)[0])


@pytest.mark.parametrize(("area_id", "route_id"), STORED)
@pytest.mark.slow
def test_any_stored_route_is_planned_by_its_id(
    walktalk: Walktalk, area_id: str, route_id: str
) -> None:
    ran = walktalk("plan", "--area", area_id, "--route", route_id, "--json")
    if ran.exit_code == 1:
        _, _, options = ran.stderr.partition("This would work: ")
        ran = walktalk("plan", "--area", area_id, *options.split(), "--json")
    assert ran.exit_code == 0, ran.output
    answer = json.loads(ran.stdout)
    [proposal] = answer["proposals"]
    route = PARKS[area_id].routes[route_id]
    assert proposal["reason"].startswith(route.name)
    assert answer["request"]["start"] == route.start
    assert proposal["total_minutes"] <= answer["request"]["minutes"]


@pytest.mark.parametrize("wanted", ["lower-lake-loop", "LOWER lake  loop", "Lower Lake loop"])
def test_a_stored_route_is_chosen_by_id_or_by_name_in_any_case(
    walktalk: Walktalk, wanted: str
) -> None:
    ran = walktalk("plan", *AREA, "--route", wanted)
    assert ran.exit_code == 0, ran.output
    assert PARKS["pittville-park"].routes["lower-lake-loop"].name in ran.stdout


def test_a_recorded_walk_is_planned_by_name_or_id(walktalk: Walktalk, own_walk: str) -> None:
    by_name = walktalk("plan", *AREA, "--route", NAME.lower(), "--json")
    by_id = walktalk("plan", *AREA, "--route", own_walk, "--json")
    assert by_name.exit_code == 0, by_name.output
    assert by_name.stdout == by_id.stdout
    assert json.loads(by_name.stdout)["proposals"][0]["reason"].startswith(NAME)


def test_its_name_stays_out_of_what_is_handed_on(
    walktalk: Walktalk, own_walk: str, tmp_path: Path
) -> None:
    ran = walktalk("plan", *AREA, "--route", own_walk, "--out", str(tmp_path / "out"))
    assert ran.exit_code == 0, ran.output
    handed_on = [file for file in (tmp_path / "out").iterdir() if file.is_file()]
    assert len(handed_on) >= 3
    assert not any(NAME.encode() in file.read_bytes() for file in handed_on)


def test_a_recorded_walk_is_shared(walktalk: Walktalk, own_walk: str) -> None:
    at = f"{NEXT_YEAR}-06-03T10:00"
    ran = walktalk("share", *AREA, "--route", own_walk, "--at", at, "--json")
    assert ran.exit_code == 0, ran.output
    assert NAME not in ran.stdout
    assert "/w/" in json.loads(ran.stdout)["url"]


def test_an_unknown_walk_is_named_with_all_there_are(walktalk: Walktalk, own_walk: str) -> None:
    ran = walktalk("plan", *AREA, "--route", "round the moon")
    assert ran.exit_code == 2
    assert ran.stderr.startswith("--route: there is no walk 'round the moon' in Pittville Park")
    for route in PARKS["pittville-park"].routes.values():
        assert f"{route.id} ({route.name})" in ran.stderr
    assert f"{own_walk} ({NAME})" in ran.stderr
    told = walktalk("plan", *AREA, "--route", "round the moon", "--json")
    assert json.loads(told.stdout)["error"]["argument"] == "--route"


def test_of_two_walks_of_one_name_the_id_is_asked_for(
    walktalk: Walktalk, own_walk: str, tmp_path: Path
) -> None:
    walktalk("routes", "import", written(tmp_path, files.as_gpx(LINE)), *AREA, "--name", NAME)
    ran = walktalk("plan", *AREA, "--route", NAME)
    assert ran.exit_code == 2
    assert "there are several walks called 'Zebrafinch'" in ran.stderr
    assert own_walk in ran.stderr


def test_a_walk_starts_where_it_starts(walktalk: Walktalk) -> None:
    ran = walktalk("plan", *AREA, "--route", "lower-lake-loop", "--from", "lake-east-end")
    assert ran.exit_code == 2
    assert ran.stderr.startswith("--from: ")


def test_when_a_walk_does_not_fit_the_nearest_that_would_names_it_too(walktalk: Walktalk) -> None:
    ran = walktalk("plan", *AREA, "--route", "Lower Lake loop", "--need", "no-bikes")
    assert ran.exit_code == 1
    assert "This would work: --route 'Lower Lake loop' --minutes 50" in ran.stderr


def test_the_list_gives_stored_and_recorded_walks_with_their_length(
    walktalk: Walktalk, own_walk: str
) -> None:
    ran = walktalk("routes", "list")
    assert ran.exit_code == 0
    for area_id, route_id in STORED:
        assert f"  {route_id}: {PARKS[area_id].routes[route_id].name}, " in ran.stdout
    assert f"  {own_walk}: {NAME}, 1.3 km once round, recorded" in ran.stdout
    one = walktalk("routes", "list", *AREA)
    assert one.stdout.startswith("Pittville Park (pittville-park)\n")
    assert "sandford" not in one.stdout
    assert walktalk("routes", "list", "--area", "nowhere").exit_code == 2
