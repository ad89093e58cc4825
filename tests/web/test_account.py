import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.web.desk import NOW, PASSWORD, Desk, SignedUp, make_app, setup_token, state_of
from walktalk.web.state import EXTENSION

HOST = "walks.example"


def turned_clock(app: Flask) -> Callable[..., None]:
    """Return what turns an application's clock on: ``clock(hours=2)``."""
    now = NOW

    def turn(**by: int) -> None:
        nonlocal now
        now += timedelta(**by)

    app.extensions[EXTENSION] = replace(state_of(app), now=lambda: now)
    return turn


def test_the_start_page_says_what_this_is_to_whoever_is_signed_in_only(
    app: Flask, desk: Desk
) -> None:
    page = Desk(app).get("/")
    assert page.status_code == 200
    assert "<h1>Sign in</h1>" in page.text
    assert "Plan a calm walk that fits the session" in desk.get("/").text


def test_every_other_page_asks_to_sign_in(app: Flask) -> None:
    for address in ("/plan", "/diary", "/routes", "/areas", "/account"):
        page = Desk(app).get(address)
        assert page.status_code == 302, address
        assert page.location.startswith("/sign-in"), address


def test_the_set_up_link_works_once(new_app: Flask) -> None:
    token = setup_token(new_app)
    first, second = Desk(new_app), Desk(new_app)
    fields = {"name": "ann", "password": PASSWORD, "again": PASSWORD}
    first.get(f"/setup/{token}")
    assert "Open the diary" in first.post(f"/setup/{token}", fields).text
    page = second.get(f"/setup/{token}")
    assert page.status_code == 404
    assert "no longer works" in page.text


def test_a_weak_password_is_refused_at_its_field_and_what_was_typed_stays(new_app: Flask) -> None:
    desk, token = Desk(new_app), setup_token(new_app)
    desk.get(f"/setup/{token}")
    page = desk.post(
        f"/setup/{token}", {"name": "ann", "password": "passwordpassword", "again": "x"}
    )
    assert page.status_code == 422
    assert 'value="ann"' in page.text
    assert "The two passwords are not the same." in page.text
    page = desk.post(
        f"/setup/{token}",
        {"name": "ann", "password": "passwordpassword", "again": "passwordpassword"},
    )
    assert page.status_code == 422
    assert "Too easy to guess" in page.text


def test_signing_in_goes_on_to_the_page_asked_for_but_never_to_another_server(desk: Desk) -> None:
    for wanted, reached in (
        ("/diary", "/diary"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
    ):
        desk.get("/account")
        desk.post("/sign-out")
        desk.get("/sign-in")
        page = desk.post(f"/sign-in?next={wanted}", {"name": "ann", "password": PASSWORD}, False)
        assert page.location == reached, wanted


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(desk: Desk) -> None:
    desk.get("/account")
    desk.post("/sign-out")
    desk.get("/sign-in")
    wrong = desk.post("/sign-in", {"name": "ann", "password": "x"})
    unknown = desk.post("/sign-in", {"name": "bob", "password": "x"})
    for page in (wrong, unknown):
        assert page.status_code == 422
        assert "do not belong together" in page.text


def test_changing_the_password_signs_other_browsers_out(desk: Desk) -> None:
    other = Desk(desk.app)
    other.get("/sign-in")
    other.post("/sign-in", {"name": "ann", "password": PASSWORD})
    assert other.get("/diary").status_code == 200
    desk.get("/account")
    new = "copper lantern under rain"
    desk.post("/account", {"old": PASSWORD, "password": new, "again": new})
    assert desk.get("/diary").status_code == 200
    assert other.get("/diary").status_code == 302


def test_a_form_without_its_csrf_token_changes_nothing(desk: Desk) -> None:
    page = desk.client.post("/sign-out")
    assert page.status_code == 400
    assert "This form was open for too long" in page.text
    assert desk.get("/diary").status_code == 200


def copied(desk: Desk) -> Desk:
    """Return a browser with the same cookie, as a thief or a backup of a browser would have."""
    cookie = desk.client.get_cookie("session", HOST)
    assert cookie is not None
    other = Desk(desk.app)
    other.client.set_cookie("session", cookie.value, domain=HOST)
    return other


@pytest.mark.parametrize("address", ["/sign-out", "/account/sign-out"])
def test_signing_out_ends_the_session_on_the_server_not_only_in_the_browser(
    desk: Desk, address: str
) -> None:
    thief = copied(desk)
    assert thief.get("/diary").status_code == 200
    desk.get("/account")
    desk.post(address)
    assert thief.get("/diary").status_code == 302


def test_another_network_and_a_long_time_neither_sign_out_nor_lose_a_form(
    app: Flask, signed_up: SignedUp
) -> None:
    desk, clock = Desk(app), turned_clock(app)
    desk.go_on(signed_up)
    page = desk.get("/settings")
    assert page.status_code == 200
    clock(hours=11)
    desk.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    desk.client.environ_base["HTTP_USER_AGENT"] = "Another/2.0"
    page = desk.post("/settings", {"guide": "We go together.", "distances": "metric"})
    assert "Your settings are saved." in page.text
    assert "We go together." in page.text


def test_nobody_stays_signed_in_who_was_idle_for_half_a_day_or_is_here_for_a_week(
    app: Flask, signed_up: SignedUp
) -> None:
    desk, clock = Desk(app), turned_clock(app)
    desk.go_on(signed_up)
    for _ in range(15):
        clock(hours=11)
        assert desk.get("/diary").status_code == 200
    clock(hours=11)
    assert desk.get("/diary").status_code == 302
    desk.get("/sign-in")
    assert desk.post("/sign-in", {"name": "ann", "password": PASSWORD}).status_code == 200
    clock(hours=12)
    assert desk.get("/diary").status_code == 302


def test_what_was_handed_out_before_signing_in_opens_nothing_after_it(app: Flask) -> None:
    desk = Desk(app)
    desk.get("/sign-in")
    before = copied(desk)
    token = before._token = desk._token
    desk.post("/sign-in", {"name": "ann", "password": PASSWORD})
    assert before.get("/diary").status_code == 302
    answer = desk.client.post("/sign-out", data={"csrf_token": token})
    assert answer.status_code == 400
    assert desk.get("/diary").status_code == 200


def test_the_account_lists_devices_and_signs_each_out(desk: Desk) -> None:
    agent = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    phone = Desk(desk.app, agent)
    phone.get("/sign-in")
    phone.post("/sign-in", {"name": "ann", "password": PASSWORD})
    page = desk.get("/account")
    assert "Firefox on Android" in page.text
    (ending,) = re.findall(r'action="(/account/devices/[^"]+)"', page.text)
    assert "That device is signed out." in desk.post(ending).text
    assert phone.get("/diary").status_code == 302
    assert desk.get("/diary").status_code == 200


@pytest.mark.slow
def test_everything_is_erased_only_just_after_the_password_was_given(
    app: Flask, signed_up: SignedUp
) -> None:
    desk, clock = Desk(app), turned_clock(app)
    desk.go_on(signed_up)
    address, link = desk.saved(), desk.shared(time="14:00")
    clock(minutes=11)
    page = desk.get("/account/erase")
    assert page.location == "/account/password?next=/account/erase"
    assert desk.post("/account/erase", follow=False).location == page.location
    assert desk.post(page.location, {"password": "wrong"}).status_code == 422
    before = copied(desk)
    page = desk.post(page.location, {"password": PASSWORD})
    assert "Erase everything for good" in page.text
    assert before.get("/diary").status_code == 302, "the token is a new one"
    assert desk.get(address).status_code == 200
    assert "Everything is erased." in desk.post("/account/erase").text
    assert desk.get(address).status_code == 404
    assert desk.app.test_client().get(link).status_code == 404
    clock(minutes=11)
    assert desk.get("/account/erase").status_code == 303


def test_on_https_the_cookies_are_bound_to_this_host_alone(tmp_path: Path) -> None:
    app = make_app(tmp_path, base_url="https://walks.example")
    desk = Desk(app)
    desk.client.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    desk.client.environ_base["HTTP_REFERER"] = "https://walks.example/"
    address = f"/setup/{setup_token(app)}"
    desk.get(address)
    page = desk.post(address, {"name": "ann", "password": PASSWORD, "again": PASSWORD}, False)
    kept = page.headers.getlist("Set-Cookie")
    assert {line.split("=")[0] for line in kept} == {"__Host-session", "__Host-device"}
    for line in kept:
        parts = set(line.split("; ")[1:])
        assert {"Secure", "HttpOnly", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)


@pytest.mark.parametrize(
    "wanted",
    [
        *("/%0d%0a", "/%0d%0aSet-Cookie:a=b", "/diary%0d%0a", "/diary?a=%0d%0a", "/%00", "%ff"),
        *("//[", "///evil.example", "/%5cevil.example", "/;//evil.example", "/\u202e"),
        *("/sign-out", "/nothing", "x" * 9000),
    ],
)
@pytest.mark.slow
def test_a_wish_for_a_page_that_is_none_leads_to_the_start(desk: Desk, wanted: str) -> None:
    other = Desk(desk.app)
    other.get("/sign-in")
    page = other.post(f"/sign-in?next={wanted}", {"name": "ann", "password": PASSWORD}, False)
    assert (page.status_code, page.location) == (302, "/")
    assert desk.get(f"/sign-in?next={wanted}").location == "/"


def test_a_short_password_that_also_differs_is_told_both_at_once(new_app: Flask) -> None:
    desk = Desk(new_app)
    address = f"/setup/{setup_token(new_app)}"
    desk.get(address)
    page = desk.post(address, {"name": "ann", "password": "short", "again": "other"}).text
    assert "Too short" in page
    assert "The two passwords are not the same." in page
