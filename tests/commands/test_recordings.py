"""``walktalk routes import``: a recorded walk into the first account's library."""

from pathlib import Path

import pytest

from tests.commands.conftest import Walktalk
from tests.maps.real_walks import stored_walks
from tests.routes import recorded as files
from walktalk.sessions import recorded
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.sessions.store.models import RecordedWalk
from walktalk.settings import Settings

LOOP = stored_walks()["pittville-park/lower-lake-loop"].route
LINE = files.walked(LOOP.coordinates, LOOP.length_m, jitter_m=2.0)
AREA = ["--area", "pittville-park"]


def library(tmp_path: Path) -> list[RecordedWalk]:
    engine = open_database(Settings(home=tmp_path / "home"))
    with session_factory(engine).begin() as db:
        found = list(recorded.list_kept(db, first_account(db)))
    engine.dispose()
    return found


def written(tmp_path: Path, data: bytes, name: str = "walk.gpx") -> str:
    file = tmp_path / name
    file.write_bytes(data)
    return str(file)


def test_a_recorded_walk_is_added_with_its_length_and_match(
    walktalk: Walktalk, tmp_path: Path
) -> None:
    ran = walktalk("routes", "import", written(tmp_path, files.as_gpx(LINE)), *AREA)
    assert ran.exit_code == 0, ran.output
    assert "Walk of 4 May 2026, Pittville Park" in ran.stdout
    assert "Length: 1.3 km" in ran.stdout
    assert "100% of it lies on recorded paths" in ran.stdout
    assert "as a walk over those paths" in ran.stdout
    [walk] = library(tmp_path)
    assert walk.area_id == "pittville-park"
    assert walk.path_ids


def test_a_name_is_kept(walktalk: Walktalk, tmp_path: Path) -> None:
    file = written(tmp_path, files.as_fit(LINE), "walk.fit")
    assert walktalk("routes", "import", file, *AREA, "--name", "By the lake").exit_code == 0
    assert [(walk.name, walk.kind) for walk in library(tmp_path)] == [("By the lake", "FIT")]


def test_of_several_tracks_one_has_to_be_named(walktalk: Walktalk, tmp_path: Path) -> None:
    far = [(lon + 0.002, lat + 0.002) for lon, lat in LINE]
    file = written(tmp_path, files.as_gpx(LINE, far))
    ran = walktalk("routes", "import", file, *AREA)
    assert ran.exit_code == 2
    assert "--track 2: " in ran.stderr
    assert "say which one, 1 to 2" in ran.stderr
    assert library(tmp_path) == []
    assert walktalk("routes", "import", file, *AREA, "--track", "1").exit_code == 0


def test_what_is_odd_in_a_file_is_said(walktalk: Walktalk, tmp_path: Path) -> None:
    ran = walktalk("routes", "import", written(tmp_path, files.as_gpx(LINE), "walk.fit"), *AREA)
    assert ran.exit_code == 0
    assert "The file is called .fit but holds XML." in ran.stderr


@pytest.mark.parametrize(
    ("data", "words", "said"),
    [
        (b"", AREA, "the file is empty"),
        (b"\x89PNG", AREA, "none of the kinds that are read"),
        (files.as_gpx(LINE)[:5000], AREA, ""),
        (files.as_gpx(LINE), ["--area", "nowhere"], "accepted: beeches-playing-field"),
        (files.as_gpx(LINE), ["--area", "west-cheltenham"], "km from West Cheltenham"),
        (files.as_gpx(LINE), [*AREA, "--name", "x" * 61], "1 to 60 characters"),
        (files.as_gpx(LINE), [*AREA, "--track", "7"], "there is no track 7"),
    ],
    ids=["empty", "picture", "cut short", "no area", "far away", "long name", "no track"],
)
def test_what_cannot_be_used_is_refused_with_the_reason(
    walktalk: Walktalk, tmp_path: Path, data: bytes, words: list[str], said: str
) -> None:
    ran = walktalk("routes", "import", written(tmp_path, data), *words)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert ran.stderr.strip()
    assert library(tmp_path) == []
