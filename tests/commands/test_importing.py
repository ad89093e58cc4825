from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml
from walktalk.cli import main
from walktalk.parks import load_area

PARK = {"leisure": "park", "name": "Square Park"}
WAYS = {1: ([0, 2, 22, 20, 0], PARK), 2: ([10, 11, 12], FOOTWAY), 3: ([1, 11, 21], FOOTWAY)}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WALKTALK_PARKS", raising=False)
    return tmp_path / "home"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    file = tmp_path / "town.osm"
    file.write_text(osm_xml(GRID, WAYS))
    return file


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["parks", *map(str, arguments)])


def test_a_park_is_imported_by_name_and_can_be_loaded(home: Path, town: Path) -> None:
    result = _run("import", town, "--park", "square park")
    assert result.exit_code == 0, result.output
    area = load_area(home / "parks" / "square-park.geojson")
    assert (area.name, len(area.paths)) == ("Square Park", 4)
    assert "square-park (new)" in result.output
    assert "worth a look on the ground" in result.output


def test_a_dry_run_writes_nothing(home: Path, town: Path) -> None:
    result = _run("import", town, "--all-parks", "--dry-run")
    assert result.exit_code == 0
    assert "dry run" in result.output
    assert not (home / "parks").exists()


def test_the_whole_extract_becomes_one_area(home: Path, town: Path) -> None:
    assert _run("import", town, "--name", "Little Town").exit_code == 0
    assert load_area(home / "parks" / "little-town.geojson").name == "Little Town"


def test_a_box_west_of_greenwich_is_understood(home: Path, town: Path) -> None:
    box = "-2.0705,51.9005,-2.0675,51.9015"
    assert _run("import", town, "--bbox", box, "--name", "Corner").exit_code == 0
    assert "w2-n10-n11" in load_area(home / "parks" / "corner.geojson").paths


def test_importing_again_says_what_changed(home: Path, town: Path, tmp_path: Path) -> None:
    _run("import", town, "--park", "Square Park")
    later = tmp_path / "later.osm"
    later.write_text(osm_xml(GRID, WAYS | {2: ([10, 11, 12], FOOTWAY | {"lit": "yes"})}))
    result = _run("import", later, "--park", "Square Park")
    assert result.exit_code == 0
    assert "(new)" not in result.output
    area = load_area(home / "parks" / "square-park.geojson")
    assert area.paths["w2-n10-n11"].facts["lit"] == "yes"


def test_a_broken_area_file_is_never_written_over(home: Path, town: Path) -> None:
    file = home / "parks" / "square-park.geojson"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    result = _run("import", town, "--park", "Square Park")
    assert result.exit_code == 1
    assert str(file) in result.stderr
    assert file.read_text() == "{}"


def test_an_unknown_park_is_refused_with_the_nearest_names(home: Path, town: Path) -> None:
    result = _run("import", town, "--park", "Round Park")
    assert result.exit_code == 1
    assert "Square Park" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--bbox", "1,2,3"),
        ("--bbox", "2,50,1,51"),
        ("--bbox", "a,b,c,d"),
        ("--park", "A", "--all-parks"),
        ("--park", "A", "--name", "B"),
        ("--around", "-5"),
    ],
)
def test_options_that_make_no_sense_are_named(
    home: Path, town: Path, options: tuple[str, ...]
) -> None:
    result = _run("import", town, *options)
    assert result.exit_code == 2
    assert options[0] in result.stderr
