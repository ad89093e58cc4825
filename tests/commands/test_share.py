"""``walktalk share``: a session saved and its link, in one go."""

import json
from datetime import datetime

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
