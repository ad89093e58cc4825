"""Guessing at passwords is slowed, then refused; the counsellor is never locked out by it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from tests.web.desk import NOW, PASSWORD, Desk, state_of
from walktalk.web.state import EXTENSION
from walktalk.web.throttle import (
    FREE_TRIES,
    LONGEST_WAIT_S,
    REFUSED_AFTER,
    WINDOW,
    Throttle,
    place_of,
    wait_s,
)


class Slow:
    """A throttle on a clock of its own, with what it waited."""

    def __init__(self) -> None:
        self.now: datetime = NOW
        self.waited: list[float] = []
        self.throttle = Throttle(lambda: self.now, self.waited.append)

    def guess(self, place: str, name: str = "ann", is_right: bool = False) -> None:
        with self.throttle.guess(place, name) as guess:
            guess.is_right = is_right

    def refuses(self, place: str, name: str = "ann") -> bool:
        try:
            self.guess(place, name)
        except TooManyRequests:
            return True
        return False


def test_a_few_slips_cost_nothing_and_more_cost_longer_and_longer() -> None:
    waits = [wait_s(wrong) for wrong in range(60)]
    assert waits[:FREE_TRIES] == [0.0] * FREE_TRIES
    assert waits == sorted(waits)
    assert waits[FREE_TRIES] == 0.5
    assert waits[-1] == LONGEST_WAIT_S


def test_one_place_is_slowed_before_it_is_refused_and_not_for_ever() -> None:
    slow = Slow()
    for _ in range(REFUSED_AFTER):
        assert not slow.refuses("a", "")
    assert slow.waited == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0]
    assert slow.refuses("a", "")
    assert not slow.refuses("b", "")
    slow.now += WINDOW
    assert not slow.refuses("a", "")


def test_a_name_is_never_refused_however_many_places_try_it() -> None:
    slow = Slow()
    for number in range(500):
        assert not slow.refuses(f"place {number}")
    assert slow.waited[-1] == LONGEST_WAIT_S
    before = len(slow.waited)
    slow.guess("her own browser", "", is_right=True)
    assert len(slow.waited) == before, "a browser that is known waits for nobody's guesses"


def test_the_right_password_forgets_the_slips_of_its_place_but_not_what_others_tried() -> None:
    slow = Slow()
    for _ in range(FREE_TRIES):
        slow.guess("hers")
    slow.guess("hers", is_right=True)
    slow.guess("hers", "bea")
    assert slow.waited == [0.5]
    slow.guess("other")
    assert slow.waited == [0.5, 0.5]


def test_a_household_is_one_place_in_either_internet() -> None:
    assert place_of("203.0.113.5") == "203.0.113.5"
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff") != place_of("2001:db8:0:1::1")
    assert place_of("") == ""


def refused(desk: Desk, address: str, fields: dict[str, str]) -> list[int]:
    return [desk.post(address, fields).status_code for _ in range(REFUSED_AFTER + 1)]


def test_a_stranger_is_refused_and_the_counsellor_still_signs_in(app: Flask) -> None:
    hers, stranger, elsewhere = Desk(app), Desk(app), Desk(app)
    right = {"name": "ann", "password": PASSWORD}
    hers.get("/sign-in")
    hers.post("/sign-in", right)
    hers.get("/account")
    hers.post("/account/sign-out")
    hers.get("/sign-in")
    stranger.get("/sign-in")
    tries = refused(stranger, "/sign-in", {"name": "ann", "password": "x"})
    assert tries == [422] * REFUSED_AFTER + [429]
    assert int(stranger.post("/sign-in", right).headers["Retry-After"]) == WINDOW.total_seconds()
    assert hers.post("/sign-in", right).status_code == 200, "from the very same address"
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    elsewhere.get("/sign-in")
    assert elsewhere.post("/sign-in", right).status_code == 200, "from a browser that is new"


def test_guesses_at_the_password_on_pages_behind_the_door_are_slowed_too(desk: Desk) -> None:
    waited: list[float] = []
    throttle = Throttle(lambda: NOW, waited.append)
    desk.app.extensions[EXTENSION] = replace(state_of(desk.app), throttle=throttle)
    desk.get("/account")
    new = "copper lantern under rain"
    tries = refused(desk, "/account", {"old": "x", "password": new, "again": new})
    assert tries == [422] * REFUSED_AFTER + [429]
    assert len(waited) == REFUSED_AFTER - FREE_TRIES
    assert desk.post("/account/password", {"password": PASSWORD}).status_code == 429


def test_whoever_tries_set_up_links_is_refused_after_some(app: Flask) -> None:
    desk = Desk(app)
    tries = [desk.get(f"/setup/{number}").status_code for number in range(REFUSED_AFTER + 1)]
    assert tries == [404] * REFUSED_AFTER + [429]


@pytest.mark.parametrize("seconds", [-1, 0])
def test_a_wrong_try_counts_for_a_quarter_of_an_hour(seconds: int) -> None:
    slow = Slow()
    for _ in range(REFUSED_AFTER):
        slow.guess("a", "")
    slow.now += WINDOW + timedelta(seconds=seconds)
    assert slow.refuses("a", "") is (seconds < 0)


def test_each_try_at_a_password_is_in_the_log_without_the_name(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(app)
    desk.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    desk.get("/sign-in")
    refused(desk, "/sign-in", {"name": "ann", "password": "not it"})
    said = [record.getMessage() for record in caplog.records if record.name == "walktalk.security"]
    wrong = "A password or set-up link was wrong, from 203.0.113.9"
    refusal = "A try at a password or set-up link was refused, from 203.0.113.9"
    assert said == [wrong] * REFUSED_AFTER + [refusal]
    assert "ann" not in caplog.text
    assert "not it" not in caplog.text
