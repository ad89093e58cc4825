"""What every answer forbids the browser, and what only some pages allow."""

import pytest

from tests.web.desk import Desk


@pytest.mark.slow
def test_only_the_page_of_a_walk_may_ask_where_the_phone_is(desk: Desk) -> None:
    address = desk.saved()
    link = desk.post(f"{address}/share", {"answer": "checked"}).text.split("/w/")[1][:22]
    for where in (f"/w/{link}", f"{address}/preview"):
        assert "geolocation=(self)" in desk.get(where).headers["Permissions-Policy"]
    for where in (
        "/",
        "/plan",
        address,
        f"/w/{link}/print",
        f"/w/{link}/walk.gpx",
        "/w/none",
        "/x",
    ):
        policy = desk.get(where).headers["Permissions-Policy"]
        assert "geolocation=()" in policy
        assert "geolocation=(self)" not in policy


@pytest.mark.parametrize(
    "where", ["/", "/sign-in", "/plan", "/healthz", "/w/none", "/nothing", "/robots.txt"]
)
def test_no_other_site_keeps_a_hand_on_a_page_or_shows_what_is_ours(desk: Desk, where: str) -> None:
    headers = desk.get(where).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Server" not in headers
