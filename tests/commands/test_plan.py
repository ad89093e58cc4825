"""``walktalk plan``: walks for a session, their files, and its exit status."""

import json
from pathlib import Path

import gpxpy
import pytest

from tests.commands.conftest import NEXT_YEAR, Walktalk
from walktalk.maps import FORMATS


def test_a_fifty_minute_walk_in_pittville_ends_on_time(walktalk: Walktalk) -> None:
    ran = walktalk("plan", "--area", "pittville-park", "--minutes", "50", "--json")
    assert ran.exit_code == 0
    answer = json.loads(ran.stdout)
    assert answer["request"]["minutes"] == 50
    for proposal in answer["proposals"]:
        assert 49 <= proposal["total_minutes"] <= 50
        assert proposal["route"]["shape"] in ("loop", "out-and-back", "lollipop", "laps")


def test_a_person_reads_the_same_walks_in_words(walktalk: Walktalk) -> None:
    ran = walktalk("plan", "--area", "sandford-park", "--minutes", "30")
    assert ran.exit_code == 0
    assert "30 minutes" in ran.output
    assert "Set off" in ran.output


def test_what_was_asked_for_is_answered_and_the_rest_named_with_every_check_on_request(
    walktalk: Walktalk,
) -> None:
    words = ["plan", "--area", "sandford-park", "--minutes", "30", "--need", "step-free"]
    short, whole = walktalk(*words).output, walktalk(*words, "--every-check").output
    assert "No steps. " in short
    assert "width, room for two side by side" in short
    assert "Width: not measured" not in short
    assert "Width: not measured" in whole
    assert len(short) < len(whole) / 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--area", "atlantis"], "--area"),
        (["--area", "pittville-park", "--from", "atlantis"], "--from"),
        (["--area", "pittville-park", "--from=-2.07"], "--from"),
        (["--area", "pittville-park", "--from=-2.07,north"], "--from"),
        (["--area", "pittville-park", "--from=10.0,50.0"], "--from"),
        (["--area", "pittville-park", "--minutes", "5"], "--minutes"),
        (["--area", "pittville-park", "--minutes", "500"], "--minutes"),
        (["--area", "pittville-park", "--pace", "9"], "--pace"),
        (["--area", "pittville-park", "--need", "wings"], "--need"),
        (["--area", "pittville-park", "--prefer", "wings"], "--prefer"),
        (["--area", "pittville-park", "--at", "yesterday"], "--at"),
        (["--area", "pittville-park", "--at", "2020-01-01T10:00"], "--at"),
        (["--area", "pittville-park", "--at", "2031-03-30T01:30"], "--at"),
    ],
)
def test_a_request_that_makes_no_sense_is_named_with_status_2(
    walktalk: Walktalk, words: list[str], named: str
) -> None:
    ran = walktalk("plan", *words)
    assert ran.exit_code == 2
    assert ran.stderr.startswith(f"{named}: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--area", "pitville-park"], "did you mean pittville-park?"),
        (["--area", "pittville-park", "--need", "stepfree"], "did you mean step-free?"),
        (["--area", "pittville-park", "--prefer", "quite"], "did you mean quiet?"),
        (["--area", "pittville-park", "--from", "Boat House"], "did you mean boat-house"),
        (["--area", "pittville-park", "--pace", "gentel"], "did you mean gentle?"),
        (["--area", "pittville-park", "--shape", "lop"], "did you mean loop"),
        (["--area", "pittville-park", "--from=51.9,-2.07"], "looks like latitude first"),
        (["--area", "pittville-park", "--pause", "five"], "minutes@share"),
        (["--area", "pittville-park", "--pause", "5@3"], "--pause"),
    ],
)
def test_a_slip_is_answered_in_one_line_by_what_was_meant(
    walktalk: Walktalk, words: list[str], said: str
) -> None:
    ran = walktalk("plan", *words)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plam"], "did you mean plan?"),
        (["plan"], "Missing option '--area'"),
        (["plan", "--aera", "x"], "--area"),
        (["parks", "chek"], "did you mean check?"),
    ],
)
def test_what_is_typed_wrongly_is_told_in_one_line(
    walktalk: Walktalk, words: list[str], said: str
) -> None:
    ran = walktalk(*words)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_pace_shape_and_pauses_can_be_said(walktalk: Walktalk) -> None:
    words = ("--pace", "stroll", "--shape", "out-and-back", "--pause", "4", "--pause", "3@0.25")
    ran = walktalk("plan", "--area", "pittville-park", *words, "--json")
    asked = json.loads(ran.stdout)["request"]
    assert (asked["pace"], asked["shape"]) == (0.8, "out-and-back")
    assert sorted(map(tuple, asked["pauses"])) == [(3.0, 0.25), (4.0, 0.5)]


def test_when_no_walk_fits_the_nearest_that_would_is_offered_and_works(walktalk: Walktalk) -> None:
    ran = walktalk("plan", "--area", "honeybourne-line", "--need", "no-bikes")
    assert ran.exit_code == 1
    _, _, options = ran.stderr.partition("This would work: ")
    again = walktalk("plan", "--area", "honeybourne-line", *options.split())
    assert again.exit_code == 0


def test_the_folder_holds_a_map_and_a_track_that_say_nothing_private(
    walktalk: Walktalk, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ran = walktalk(
        "plan", "--area", "pittville-park", "--need", "step-free", "--need", "firm-surface",
        "--prefer", "quiet", "--at", f"{NEXT_YEAR}-06-03T10:00", "--out", str(out),
    )  # fmt: skip
    assert ran.exit_code == 0
    files = sorted(str(file.relative_to(out)) for file in out.rglob("*") if file.is_file())
    assert {"map.html", "walk.gpx", "walk.fit", "walk.ics", "private/plan.json"} == set(files)
    track = gpxpy.parse((out / "walk.gpx").read_text(encoding="utf-8"))
    assert track.tracks[0].length_2d() > 1000
    for name in ("map.html", "walk.gpx", "walk.ics"):
        text = (out / name).read_text(encoding="utf-8").lower()
        for word in ("walktalk", "counsel", "therap", "step-free", "firm-surface"):
            assert word not in text, f"{word} in {name}"
    plan = json.loads((out / "private" / "plan.json").read_text(encoding="utf-8"))
    assert plan["request"]["needs"] == ["firm-surface", "step-free"]


def test_every_format_can_be_asked_for(walktalk: Walktalk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = [word for key in FORMATS for word in ("--format", key)]
    ran = walktalk("plan", "--area", "sandford-park", "--minutes", "30", "--out", str(out), *wanted)
    assert ran.exit_code == 0
    written = {file.name for file in out.iterdir() if file.is_file()}
    assert written == {"map.html", *(each.address for each in FORMATS.values())}


def test_a_format_without_a_folder_makes_no_sense(walktalk: Walktalk) -> None:
    ran = walktalk("plan", "--area", "sandford-park", "--format", "kml")
    assert ran.exit_code == 2
    assert ran.stderr.startswith("--format: needs --out")


def test_a_folder_that_cannot_be_written_to_is_named(walktalk: Walktalk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = walktalk("plan", "--area", "pittville-park", "--out", str(tmp_path / "file" / "below"))
    assert ran.exit_code == 2
    assert ran.stderr.startswith("--out: ")


def test_a_walk_without_a_date_has_no_calendar_entry(walktalk: Walktalk, tmp_path: Path) -> None:
    walktalk("plan", "--area", "sandford-park", "--minutes", "30", "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out" / "walk.ics").exists()
