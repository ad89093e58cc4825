"""``walktalk share``: a session saved and its link, in one go."""

import json
from datetime import datetime

import pytest

from tests.commands.conftest import NEXT_YEAR, Walktalk

WALK = ["--area", "pittville-park", "--at", f"{NEXT_YEAR}-06-03T10:00", "--minutes", "50"]


def test_a_shared_walk_gives_a_link_that_ends_with_the_day(walktalk: Walktalk) -> None:
    ran = walktalk("share", *WALK, "--json")
    assert ran.exit_code == 0
    answer = json.loads(ran.stdout)
    assert set(answer) == {"session", "url", "expires_at"}
    assert len(answer["url"].rpartition("/w/")[2]) == 22
    assert datetime.fromisoformat(answer["expires_at"]) == datetime.fromisoformat(
        f"{NEXT_YEAR}-06-04T00:00+01:00"
    )


def test_something_needed_and_unknown_is_shared_only_when_accepted(walktalk: Walktalk) -> None:
    refused = walktalk("share", *WALK, "--need", "step-free")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("--accept-unknown: ")
    accepted = walktalk("share", *WALK, "--need", "step-free", "--accept-unknown", "--json")
    assert accepted.exit_code == 0


def test_sharing_from_a_loopback_address_warns_that_a_phone_cannot_open_it(
    walktalk: Walktalk,
) -> None:
    ran = walktalk("share", *WALK)
    assert ran.exit_code == 0
    assert "Only this machine can open that address" in ran.stderr


@pytest.mark.slow
def test_a_shared_walk_is_planned_and_shared_again_at_another_time(walktalk: Walktalk) -> None:
    shared = json.loads(walktalk("share", *WALK, "--prefer", "quiet", "--json").stdout)
    later = ["--again", shared["session"], "--at", f"{NEXT_YEAR}-06-10T19:00"]
    first = json.loads(walktalk("plan", *WALK, "--prefer", "quiet", "--json").stdout)
    again = json.loads(walktalk("plan", *later, "--json").stdout)
    (proposal,) = again["proposals"]
    assert proposal["route"] == first["proposals"][0]["route"]
    assert again["request"]["at"].startswith(f"{NEXT_YEAR}-06-10T19:00")
    assert again["request"]["preferences"] == ["quiet"]
    assert set(json.loads(walktalk("share", *later, "--json").stdout)) == set(shared)
    anew = json.loads(walktalk("plan", *later, "--one-part-new", "--json").stdout)
    assert proposal["route"] not in [each["route"] for each in anew["proposals"]]


def test_again_stands_alone_and_names_a_session_that_there_is(walktalk: Walktalk) -> None:
    at = ["--at", f"{NEXT_YEAR}-06-10T19:00"]
    shared = json.loads(walktalk("share", *WALK, "--json").stdout)
    odd = walktalk("plan", "--again", shared["session"], *at, "--need", "step-free")
    assert odd.exit_code == 2
    assert odd.stderr.startswith("--need: not beside --again")
    for unknown in ("nothing", "00000000-0000-0000-0000-000000000000"):
        ran = walktalk("plan", "--again", unknown, *at)
        assert ran.exit_code == 2
        assert ran.stderr.startswith("--again: there is no session")
