import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tile_host import TileHost, tile_host
from tests.web.desk import Desk, link_of, make_app, state_of
from walktalk.maps.tiles import tile_at
from walktalk.sessions.accounts import first_account

LAKE = (-2.0705, 51.9105)
NEAR = (16, *tile_at(*LAKE, 16))
NOTICE = "© Ann Maps https://maps.example/terms"
SWITCH = "Show a street map behind the walk"


@pytest.fixture
def host() -> Iterator[TileHost]:
    with tile_host() as running:
        running.headers = {"Cache-Control": "max-age=3600"}
        yield running


@pytest.fixture
def desk(tmp_path: Path, host: TileHost) -> Desk:
    """Return the desk of a counsellor whose server has tiles, not switched on yet."""
    desk = Desk(make_app(tmp_path, tiles=host.pattern, tiles_attribution=NOTICE))
    desk.sign_up()
    return desk


def switch(desk: Desk, on: bool) -> None:
    desk.get("/settings")
    assert desk.post("/settings", {"street_map": "y"} if on else {}).status_code == 200


def tile(here: str, z: int = NEAR[0], x: int = NEAR[1], y: int = NEAR[2]) -> str:
    return f"{here}/tiles/{z}/{x}/{y}.png"


@pytest.mark.slow
def test_there_is_no_street_map_until_the_counsellor_wants_one(desk: Desk, host: TileHost) -> None:
    link = desk.shared()
    public = desk.app.test_client()
    assert "L.tileLayer" not in public.get(f"{link}/map.js").text
    assert public.get(tile(link)).status_code == 404
    assert "L.tileLayer" not in plan_map(desk)
    assert host.paths == []
    assert SWITCH in desk.get("/settings").text


def plan_map(desk: Desk) -> str:
    page = desk.plan().text
    address = page.split('src="/plan/map/')[1].split('"')[0]
    return desk.get(f"/plan/map/{address}").text


@pytest.mark.slow
def test_the_switch_is_kept_and_can_be_turned_back(desk: Desk) -> None:
    link = desk.shared()
    public = desk.app.test_client()
    switch(desk, on=True)
    assert is_ticked(desk)
    script = public.get(f"{link}/map.js").text
    assert f"{link}/tiles/" in script
    assert "https://maps.example/terms" in script
    assert "Ann Maps" in script
    assert "L.tileLayer" in plan_map(desk)
    switch(desk, on=False)
    assert not is_ticked(desk)
    assert "L.tileLayer" not in public.get(f"{link}/map.js").text
    assert public.get(tile(link)).status_code == 404


def is_ticked(desk: Desk) -> bool:
    return re.search(r'<input checked[^>]*id="street_map"', desk.get("/settings").text) is not None


def test_without_a_tile_server_there_is_nothing_to_switch_on(tmp_path: Path) -> None:
    desk = Desk(make_app(tmp_path))
    desk.sign_up()
    assert SWITCH not in desk.get("/settings").text
    switch(desk, on=True)
    link = desk.shared()
    assert "L.tileLayer" not in desk.get(f"{link}/map.js").text
    assert desk.get(tile(link)).status_code == 404


def test_a_tile_comes_through_this_server_with_the_tile_servers_rules(
    desk: Desk, host: TileHost
) -> None:
    switch(desk, on=True)
    link = desk.shared()
    public = desk.app.test_client()
    sent = {"Cookie": "a=b", "Referer": f"http://x{link}", "X-Forwarded-For": "192.0.2.7"}
    first = public.get(tile(link), headers=sent)
    assert first.data == host.body
    assert first.mimetype == "image/png"
    assert first.cache_control.private
    assert 3500 < (first.cache_control.max_age or 0) <= 3600
    assert "Set-Cookie" not in first.headers
    assert first.headers["Referrer-Policy"] == "no-referrer"
    again = public.get(tile(link), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    (asked,) = host.asked
    told = str(asked)
    assert "192.0.2.7" not in told
    assert link.rpartition("/")[2] not in told
    assert asked["Referer"] is asked["Cookie"] is None


def test_only_the_walks_neighbourhood_is_sent(desk: Desk, host: TileHost) -> None:
    switch(desk, on=True)
    link = desk.shared()
    public = desk.app.test_client()
    far = [(16, NEAR[1] + 40, NEAR[2]), (12, *tile_at(*LAKE, 12)), (19, *tile_at(*LAKE, 19))]
    huge = [(16, 10**30, 0), (10**30, 0, 0)]
    for other in (*far, *huge):
        assert public.get(tile(link, *other)).status_code == 404
    assert host.paths == []


@pytest.mark.slow
def test_a_dead_link_has_no_tiles_and_says_what_every_dead_link_says(
    desk: Desk, host: TileHost
) -> None:
    switch(desk, on=True)
    address = desk.saved()
    link = link_of(desk.post(f"{address}/share"))
    page = desk.get(address).text
    revoke = page.split('/revoke"')[0].rpartition('"')[2] + "/revoke"
    desk.post(revoke)
    public = desk.app.test_client()
    dead, unknown = public.get(tile(link)), public.get("/w/aaaaaaaaaaaaaaaaaaaaaa")
    assert dead.status_code == unknown.status_code == 404
    assert dead.data == unknown.data
    assert host.paths == []


@pytest.mark.parametrize(("status", "answer"), [(500, 504), (404, 404), (403, 504)])
@pytest.mark.slow
def test_a_failing_tile_server_fails_a_tile_for_a_while_and_nothing_else(
    desk: Desk, host: TileHost, status: int, answer: int
) -> None:
    switch(desk, on=True)
    link = desk.shared()
    host.status = status
    public = desk.app.test_client()
    failed = public.get(tile(link))
    assert failed.status_code == answer
    assert failed.cache_control.max_age == (60 if answer == 404 else 10)
    assert public.get(link).status_code == 200


def test_the_counsellor_alone_gets_the_tiles_of_an_area_and_of_the_preview(desk: Desk) -> None:
    switch(desk, on=True)
    address = desk.saved()
    for here in ("/areas/pittville-park", f"{address}/preview"):
        assert desk.client.get(tile(here)).mimetype == "image/png"
        assert desk.app.test_client().get(tile(here)).status_code == 302
    assert desk.get(tile("/areas/no-such-park")).status_code == 404


def test_the_counsellors_browser_keeps_tiles_and_only_those(desk: Desk) -> None:
    switch(desk, on=True)
    address = desk.saved()
    for here in ("/areas/pittville-park", f"{address}/preview"):
        rules = desk.client.get(tile(here)).cache_control
        assert rules.private
        assert 3500 < (rules.max_age or 0) <= 3600
        assert not rules.no_store
        assert desk.app.test_client().get(tile(here)).cache_control.no_store
        assert desk.client.get(tile(here, z=12)).cache_control.no_store
        assert desk.client.get(here).cache_control.no_store


@pytest.mark.slow
def test_a_walk_as_one_file_asks_for_no_tiles(desk: Desk) -> None:
    switch(desk, on=True)
    address = desk.saved()
    desk.get(address)
    assert "L.tileLayer(" not in desk.post(f"{address}/file").text.partition("walk_map")[2]


def test_the_choice_is_the_counsellors_own(desk: Desk) -> None:
    switch(desk, on=True)
    with state_of(desk.app).read.begin() as db:
        assert first_account(db).street_map
