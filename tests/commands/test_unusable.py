"""What cannot be used is said in one sentence, and one bad park file stops nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Walktalk
from walktalk.areas import find_areas
from walktalk.settings import Settings

NOT_A_DATABASE = b"not a database, but long enough to be taken for one" * 100


def home_is_a_file(home: Path) -> None:
    home.write_text("x")


def database_is_a_folder(home: Path) -> None:
    (home / "walktalk.db").mkdir(parents=True)


def database_is_garbage(home: Path) -> None:
    home.mkdir()
    (home / "secret").write_text("x" * 43)
    (home / "walktalk.db").write_bytes(NOT_A_DATABASE)


def secret_is_a_folder(home: Path) -> None:
    (home / "secret").mkdir(parents=True)


def secret_is_no_text(home: Path) -> None:
    home.mkdir()
    (home / "secret").write_bytes(b"\xff\xfe\x00abc" * 9)


def secret_is_short(home: Path) -> None:
    home.mkdir()
    (home / "secret").write_text("short")


def secret_is_empty(home: Path) -> None:
    home.mkdir()
    (home / "secret").write_text("")


@pytest.mark.parametrize("command", ["serve", "user", "doctor", "backup"])
@pytest.mark.parametrize(
    "spoil",
    [
        home_is_a_file,
        database_is_a_folder,
        database_is_garbage,
        secret_is_a_folder,
        secret_is_no_text,
        secret_is_short,
        secret_is_empty,
    ],
)
def test_an_unusable_installation_is_said_in_one_sentence(
    walktalk: Walktalk, tmp_path: Path, spoil: Callable[[Path], None], command: str
) -> None:
    spoil(tmp_path / "home")
    ran = walktalk(command, *([str(tmp_path / "kept.zip")] if command == "backup" else ()))
    assert ran.exit_code == 1, ran.output
    if command == "doctor":
        assert "mend" in ran.stdout
    else:
        (said,) = ran.stderr.strip().splitlines()
        assert said.startswith("Error: ")


@pytest.mark.parametrize("command", ["serve", "user", "doctor"])
@pytest.mark.parametrize(
    "url", ["sqlite:////proc/nowhere/walks.db", "postgresql://a:b@127.0.0.1:1/walks", "mysql://x"]
)
def test_a_database_that_does_not_answer_is_said_in_one_sentence(
    walktalk: Walktalk, monkeypatch: pytest.MonkeyPatch, url: str, command: str
) -> None:
    monkeypatch.setenv("WALKTALK_DATABASE_URL", url)
    ran = walktalk(command)
    assert ran.exit_code == 1, ran.output
    assert "Traceback" not in ran.output


def broken_parks(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "cut-off.geojson").write_text('{"type": ')
    (folder / "deep.geojson").write_text("[" * 100_000)
    (folder / "empty.geojson").write_text("")
    (folder / "list.geojson").write_text("[1]")
    (folder / "no-text.geojson").write_bytes(b"\xff\xfe\x00")
    (folder / "huge.geojson").write_text('{"walktalk": ' + "9" * 5000 + "}")
    (folder / "sandford-park.geojson").write_text("{}")
    (folder / "folder.geojson").mkdir()
    (folder / "nowhere.geojson").symlink_to("nowhere")


def test_park_files_that_cannot_be_used_are_left_out_and_said(tmp_path: Path) -> None:
    broken_parks(tmp_path / "parks")
    known = find_areas(Settings(home=tmp_path))
    assert {"pittville-park", "sandford-park"} <= set(known.areas)
    assert len(known.left_out) == 9
    for file in (tmp_path / "parks").iterdir():
        (said,) = [each for each in known.left_out if str(file) in each]
        assert "\n" not in said


def test_a_folder_of_parks_that_is_none_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "parks").write_text("x")
    assert "pittville-park" in find_areas(Settings(home=tmp_path)).areas
