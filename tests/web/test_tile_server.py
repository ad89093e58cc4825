import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.tile_host import TileHost, tile_host
from walktalk.web.street_map import tile_files
from walktalk.web.street_map.tile_files import TileFiles
from walktalk.web.street_map.tile_server import (
    AT_ONCE,
    MOST_FRESH_S,
    MOST_TILE_BYTES,
    NoTile,
    TileServer,
)

WEEK_S = 7 * 86_400
TILE = (16, 32390, 21590)


@pytest.fixture
def host() -> Iterator[TileHost]:
    with tile_host() as running:
        yield running


def server_of(host: TileHost, folder: Path, rest_s: float = 0.0) -> TileServer:
    return TileServer(host.pattern, "ours (ann@walks.example)", folder, rest_s=rest_s)


def test_a_tile_is_asked_for_once_while_it_is_fresh(host: TileHost, tmp_path: Path) -> None:
    host.headers = {"Cache-Control": "max-age=3600"}
    server = server_of(host, tmp_path)
    first, second = server.tile(*TILE), server.tile(*TILE)
    assert first.content == second.content == host.body
    assert host.paths == ["/16/32390/21590.png"]
    assert 3590 <= second.fresh_s <= 3600
    assert server_of(host, tmp_path).tile(*TILE).content == host.body
    assert len(host.paths) == 1


def test_expires_is_obeyed_where_nothing_else_is_said(host: TileHost, tmp_path: Path) -> None:
    host.headers = {"Expires": formatdate(2_000_000_000, usegmt=True)}
    server = server_of(host, tmp_path)
    server.tile(*TILE)
    assert server.tile(*TILE).fresh_s > WEEK_S
    assert len(host.paths) == 1


def test_a_stale_tile_is_asked_about_and_not_sent_again(host: TileHost, tmp_path: Path) -> None:
    host.headers = {"Cache-Control": "max-age=0", "ETag": '"a"'}
    server = server_of(host, tmp_path)
    server.tile(*TILE)
    host.status = 500
    assert server.tile(*TILE).content == host.body
    assert host.asked[1]["If-None-Match"] == '"a"'


def test_a_tile_without_rules_is_kept_for_a_week(host: TileHost, tmp_path: Path) -> None:
    server = server_of(host, tmp_path)
    server.tile(*TILE)
    assert WEEK_S - 60 <= server.tile(*TILE).fresh_s <= WEEK_S
    assert len(host.paths) == 1


def test_what_must_not_be_kept_is_not_kept(host: TileHost, tmp_path: Path) -> None:
    host.headers = {"Cache-Control": "no-store"}
    server = server_of(host, tmp_path)
    assert not server.tile(*TILE).may_be_kept
    server.tile(*TILE)
    assert len(host.paths) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_server_learns_who_asks_and_nothing_about_for_whom(
    host: TileHost, tmp_path: Path
) -> None:
    host.headers = {"Set-Cookie": "seen=1", "Cache-Control": "no-store"}
    server = server_of(host, tmp_path)
    server.tile(*TILE)
    server.tile(*TILE)
    for headers in host.asked:
        assert headers["User-Agent"] == "ours (ann@walks.example)"
        told = {name.lower() for name in headers}
        assert told == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(("status", "is_absent"), [(404, True), (500, False), (301, False)])
def test_what_is_no_tile_is_none(
    host: TileHost, tmp_path: Path, status: int, is_absent: bool
) -> None:
    host.status = status
    host.headers = {"Location": "/elsewhere.png"}
    with pytest.raises(NoTile) as refused:
        server_of(host, tmp_path).tile(*TILE)
    assert refused.value.is_absent is is_absent
    assert len(host.paths) == 1


def test_only_a_picture_of_a_tiles_size_is_passed_on(host: TileHost, tmp_path: Path) -> None:
    host.headers = {"Content-Type": "text/html"}
    with pytest.raises(NoTile):
        server_of(host, tmp_path).tile(*TILE)
    host.headers, host.body = {}, bytes(MOST_TILE_BYTES + 1)
    with pytest.raises(NoTile):
        server_of(host, tmp_path / "other").tile(*TILE)


def test_a_server_that_fails_is_left_alone_while_kept_tiles_still_come(
    host: TileHost, tmp_path: Path
) -> None:
    host.headers = {"Cache-Control": "max-age=3600"}
    server = server_of(host, tmp_path, rest_s=3600)
    server.tile(*TILE)
    host.status = 503
    for x in (1, 2, 3):
        with pytest.raises(NoTile):
            server.tile(16, x, 1)
    assert host.paths[1:] == ["/16/1/1.png"]
    assert server.tile(*TILE).content == host.body


def test_a_server_that_is_not_there_gives_no_tile(tmp_path: Path) -> None:
    with tile_host() as host:
        pass
    with pytest.raises(NoTile):
        server_of(host, tmp_path).tile(*TILE)


def test_what_was_kept_longest_goes_first_when_there_is_too_much(tmp_path: Path) -> None:
    files = TileFiles(tmp_path, most_bytes=250)
    for age, key in enumerate("abc"):
        files.set(key, bytes(100))
        (newest,) = (each for each in tmp_path.iterdir() if each.stat().st_mtime > 100)
        os.utime(newest, (age, age))
    files.make_room()
    assert [files.get(key) is not None for key in "abc"] == [False, True, True]


def test_while_others_are_under_way_a_tile_does_not_wait_for_long(
    host: TileHost, tmp_path: Path
) -> None:
    host.headers = {"Cache-Control": "max-age=3600"}
    patient, hasty = server_of(host, tmp_path), TileServer(host.pattern, "x", tmp_path, turn_s=0.01)
    patient.tile(*TILE)
    assert host.arrived.acquire()
    host.goes_on.clear()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        under_way = [threads.submit(hasty.tile, 16, x, 1) for x in range(AT_ONCE)]
        assert all(host.arrived.acquire(timeout=10) for _ in under_way)
        for x in range(10, 13):
            with pytest.raises(NoTile) as refused:
                hasty.tile(16, x, 1)
            assert not refused.value.is_absent
        assert hasty.tile(*TILE).content == host.body
        assert len(host.paths) == 1 + AT_ONCE
        host.goes_on.set()
        assert all(each.result().content == host.body for each in under_way)
    assert hasty.tile(16, 10, 1).content == host.body


@pytest.mark.parametrize("kept_anew", [False, True])
@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "max-age=60", "Date": "Mon, 23 Nov 2026 10:00:00 -0000"},
        {"Expires": "Mon, 23 Nov 2037 10:00:00 -0000"},
        {"Expires": "0"},
        {"Cache-Control": "max-age=60", "Date": "yesterday"},
        {"Expires": "Fri, 31 Dec 9999 23:59:59 -1200"},
        {"Expires": "Mon, 23 Nov 2037 10:00:00 +99999999999999"},
        {"Date": "Mon, 99 Foo 2026 99:00:00 GMT", "Expires": "Mon, 23 Nov 2037 10:00:00 GMT"},
        {"Cache-Control": "max-age=" + "9" * 4300, "Date": "Mon, 23 Nov 2037 10:00:00 GMT"},
        {"Cache-Control": "max-age=soon,=,max-age"},
        {"Cache-Control": "max-age=60", "Age": "old", "Vary": ",", "ETag": ""},
    ],
)
def test_rules_that_are_oddly_written_harm_nothing(
    host: TileHost, tmp_path: Path, headers: dict[str, str], kept_anew: bool
) -> None:
    host.headers = {"ETag": '"a"', **headers} if kept_anew else headers
    server = server_of(host, tmp_path)
    for _ in range(2):
        tile = server.tile(*TILE)
        assert tile.content == host.body
        assert 0 <= tile.fresh_s <= MOST_FRESH_S


def test_the_way_to_nowhere_gives_no_tile(host: TileHost, tmp_path: Path) -> None:
    host.status, host.headers = 301, {"Location": "http://[\xff"}
    with pytest.raises(NoTile):
        server_of(host, tmp_path).tile(*TILE)


def test_several_threads_keep_tiles_and_make_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tile_files, "_TRIM_EVERY", 2)
    files = TileFiles(tmp_path, most_bytes=5_000)

    def keep(thread: int) -> None:
        for number in range(60):
            files.set(f"{thread}-{number}", bytes(500))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(keep, range(8)))
    files.make_room()
    assert 0 < sum(each.stat().st_size for each in tmp_path.iterdir()) <= 5_000


def test_what_is_just_being_written_is_left_alone(tmp_path: Path) -> None:
    unfinished = tmp_path / ".unfinished"
    unfinished.write_bytes(bytes(100))
    TileFiles(tmp_path, most_bytes=10).make_room()
    assert unfinished.exists()


def test_a_tile_that_cannot_be_kept_is_passed_on(
    host: TileHost, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    host.headers = {"Cache-Control": "max-age=3600"}
    (tmp_path / "tiles").write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        assert server_of(host, tmp_path / "tiles").tile(*TILE).content == host.body
    assert "A tile cannot be kept" in caplog.text
