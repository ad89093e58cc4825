import re

import pytest

from tests.web.desk import Desk

TELLS = re.compile("walktalk|walk-and-talk|counsel|therap|client|session", re.IGNORECASE)


@pytest.mark.parametrize("address", ["/", "/sign-in", "/diary", "/nothing-here", "/setup/x", "/w"])
def test_a_stranger_is_not_told_what_the_server_is_for(desk: Desk, address: str) -> None:
    page = desk.app.test_client().get(address, follow_redirects=True)
    assert not TELLS.search(page.text), page.text


@pytest.mark.parametrize("address", ["/favicon.ico", "/apple-touch-icon.png", "/manifest.json"])
def test_what_browsers_ask_for_unbidden_is_not_there_and_says_nothing(
    desk: Desk, address: str
) -> None:
    answer = desk.app.test_client().get(address)
    assert (answer.status_code, answer.data) == (404, b"")


def test_searchers_are_asked_to_stay_away(desk: Desk) -> None:
    answer = desk.app.test_client().get("/robots.txt")
    assert answer.status_code == 200
    assert answer.text == "User-agent: *\nDisallow: /\n"


def test_an_address_without_a_token_gives_the_same_quiet_page(desk: Desk) -> None:
    public = desk.app.test_client()
    assert public.get("/w").data == public.get("/w/").data
    assert public.get("/w").status_code == 404


def test_whoever_is_signed_in_sees_the_name_and_the_way_on_errors_too(desk: Desk) -> None:
    page = desk.get("/nothing-here")
    assert page.status_code == 404
    assert "Walktalk" in page.text
    assert 'href="/diary"' in page.text
