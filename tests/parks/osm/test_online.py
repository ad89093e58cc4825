import socket
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.parks.osm.files import FOOTWAY, GRID
from tests.parks.osm.stand_in import as_json, stand_in
from walktalk.cli import main
from walktalk.parks import ParkDataError, load_area
from walktalk.parks.asking import Online
from walktalk.parks.osm.online import fetch_ground, fetch_park, fetch_parks, locate

PARK = {"leisure": "park", "name": "Hatherley Park"}
ANSWER = as_json(
    {
        "osm3s": {"timestamp_osm_base": "2026-11-20T10:00:00Z"},
        "elements": [
            *({"type": "node", "id": i, "lon": p[0], "lat": p[1]} for i, p in GRID.items()),
            {"type": "way", "id": 1, "nodes": [0, 2, 22, 20, 0], "tags": PARK},
            {"type": "way", "id": 2, "nodes": [10, 11, 12], "tags": FOOTWAY},
        ],
    }
)
WHERE = "Hatherley Park, Cheltenham"


def _server(url: str, folder: Path, timeout_s: float = 5.0) -> Online:
    return Online(f"{url}/api", "a test", folder / "cache", timeout_s, backoff_s=0.0)


def test_one_polite_question_brings_the_park(tmp_path: Path) -> None:
    with stand_in((200, ANSWER)) as server:
        found = fetch_park(WHERE, 50, _server(server.url, tmp_path))
    assert found.area.id == "hatherley-park"
    assert list(found.area.paths) == ["w2-n10-n12"]
    (asked,) = server.asked
    assert asked["agent"] == "a test"
    assert '"name"="Cheltenham"' in asked["question"]
    assert "^Hatherley Park$" in asked["question"]


def test_the_same_question_is_not_put_twice(tmp_path: Path) -> None:
    with stand_in((200, ANSWER)) as server:
        for _ in range(2):
            fetch_park(WHERE, 50, _server(server.url, tmp_path))
    assert len(server.asked) == 1


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    with stand_in((429, b"slow down"), (504, b"busy"), (200, ANSWER)) as server:
        assert fetch_park(WHERE, 50, _server(server.url, tmp_path)).area.paths
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (429, b"slow down", "too busy"),
        (400, b"parse error", "refuses the question"),
        (200, b"<html>rate limited</html>", "not an answer of an Overpass server"),
        (200, as_json({"elements": [], "remark": "runtime error: timed out"}), "broke off"),
        (200, as_json({"elements": []}), "no park called"),
    ],
)
def test_a_bad_answer_gives_a_clear_message_and_is_not_kept(
    tmp_path: Path, status: int, body: bytes, reason: str
) -> None:
    with stand_in((status, body)) as server, pytest.raises(ParkDataError, match=reason):
        fetch_park(WHERE, 50, _server(server.url, tmp_path))
    if reason != "no park called":
        assert not list(tmp_path.rglob("overpass-*"))


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with stand_in(silent=True) as server, pytest.raises(ParkDataError, match="cannot be reached"):
        fetch_park(WHERE, 50, _server(server.url, tmp_path, timeout_s=0.05))


def test_an_offline_machine_gets_a_clear_message(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(ParkDataError, match="may be offline"):
        fetch_park(WHERE, 50, _server(url, tmp_path))


@pytest.mark.parametrize("name", ["Hatherley Park", "", ", Cheltenham", "Hatherley Park,"])
def test_a_park_without_its_town_is_not_asked_for(tmp_path: Path, name: str) -> None:
    with stand_in((200, ANSWER)) as server, pytest.raises(ParkDataError, match="its town"):
        fetch_park(name, 50, _server(server.url, tmp_path))
    assert not server.asked


def test_all_named_parks_of_a_town_come_with_one_question(tmp_path: Path) -> None:
    with stand_in((200, ANSWER)) as server:
        (found,) = fetch_parks("Cheltenham", 50, _server(server.url, tmp_path))
    assert found.area.name == "Hatherley Park"
    (asked,) = server.asked
    assert '["name"](area.town)' in asked["question"]


def test_the_ground_of_an_area_is_asked_for_whatever_is_named_there(tmp_path: Path) -> None:
    with stand_in((200, ANSWER)) as server:
        known = fetch_park(WHERE, 50, _server(server.url, tmp_path)).area
        mine = replace(known, id="ours", name="Our park")
        found = fetch_ground(mine, _server(server.url, tmp_path))
    assert (found.area.id, found.area.name) == ("ours", "Our park")
    assert list(found.area.paths) == list(known.paths)
    assert "[bbox:51.8" in server.asked[1]["question"]


@pytest.mark.parametrize(
    ("cut", "most_bytes", "reason"),
    [(100, 10**6, "broke off in the middle"), (0, 500, "sends more than")],
)
def test_an_answer_that_is_cut_short_or_too_large_is_refused_and_not_kept(
    tmp_path: Path, cut: int, most_bytes: int, reason: str
) -> None:
    with stand_in((200, ANSWER), cut=cut) as server, pytest.raises(ParkDataError, match=reason):
        fetch_park(WHERE, 50, replace(_server(server.url, tmp_path), most_bytes=most_bytes))
    assert not list(tmp_path.rglob("overpass-*"))


def test_a_server_that_sends_drop_by_drop_is_given_up(tmp_path: Path) -> None:
    with stand_in((200, ANSWER)) as server, pytest.raises(ParkDataError, match="too slow"):
        fetch_park(WHERE, 50, replace(_server(server.url, tmp_path), longest_s=0.0))


def test_odd_characters_in_a_name_stay_inside_the_question(tmp_path: Path) -> None:
    with stand_in((200, as_json({"elements": []}))) as server, pytest.raises(ParkDataError):
        fetch_park('St. "X" (Park), A"B', 50, _server(server.url, tmp_path))
    assert r'"^St\\. \"X\" \\(Park\\)$"' in server.asked[0]["question"]
    assert r'"name"="A\"B"' in server.asked[0]["question"]


PLACE = as_json([{"lat": "51.901", "lon": "-2.069", "display_name": "Hatherley Park"}])


def test_a_place_is_located_once_and_remembered(tmp_path: Path) -> None:
    with stand_in((200, PLACE)) as server:
        found = [locate("Hatherley Park", _server(server.url, tmp_path)) for _ in range(2)]
    assert found == [(-2.069, 51.901)] * 2
    assert len(server.asked) == 1
    assert server.asked[0]["agent"] == "a test"


def test_a_busy_geocoder_is_asked_again(tmp_path: Path) -> None:
    with stand_in((503, b""), (200, PLACE)) as server:
        assert locate("Hatherley Park", _server(server.url, tmp_path)) == (-2.069, 51.901)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [(200, b"[]", "no place called"), (429, b"", "try again later"), (200, b"<html>", "try again")],
)
def test_a_geocoder_that_does_not_help_gives_a_clear_message(
    tmp_path: Path, status: int, body: bytes, reason: str
) -> None:
    with stand_in((status, body)) as server, pytest.raises(ParkDataError, match=reason):
        locate("Nowhere", _server(server.url, tmp_path))


def test_with_a_geocoder_a_park_needs_no_town(tmp_path: Path) -> None:
    with stand_in((200, PLACE)) as nominatim, stand_in((200, ANSWER)) as overpass:
        fetch_park(
            "Hatherley Park",
            50,
            _server(overpass.url, tmp_path),
            _server(nominatim.url, tmp_path),
        )
    assert "(around:1000,51.901000,-2.069000)" in overpass.asked[0]["question"]


def test_the_command_writes_the_area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WALKTALK_PARKS", raising=False)
    with stand_in((200, ANSWER)) as server:
        monkeypatch.setenv("WALKTALK_OVERPASS", f"{server.url}/api")
        result = CliRunner().invoke(main, ["parks", "fetch", "--park", WHERE])
    assert result.exit_code == 0, result.output
    # there is a park of that name elsewhere already
    assert load_area(tmp_path / "home" / "parks" / "hatherley-park-2.geojson").paths


def test_a_meeting_place_is_located_only_where_that_is_switched_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WALKTALK_GEOCODER", raising=False)
    off = CliRunner().invoke(main, ["parks", "locate", "Boat House"])
    assert off.exit_code == 2
    assert "WALKTALK_GEOCODER" in off.stderr
    boat_house = as_json([{"lat": "51.9101", "lon": "-2.0704", "display_name": "Boat House"}])
    with stand_in((200, boat_house)) as server:
        monkeypatch.setenv("WALKTALK_GEOCODER", server.url)
        result = CliRunner().invoke(main, ["parks", "locate", "Boat House"])
    assert result.output.splitlines()[0] == "-2.070400,51.910100"
    assert "pittville-park" in result.output
