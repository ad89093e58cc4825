"""``walktalk parks check`` says what the land's files hold, and refuses broken ones."""

import json
from pathlib import Path

from tests.commands.conftest import Walktalk
from walktalk.resources import shipped_parks


def test_every_shipped_area_is_in_the_table(walktalk: Walktalk) -> None:
    ran = walktalk("parks", "check")
    assert ran.exit_code == 0
    files = list(shipped_parks().glob("*.geojson"))
    for file in files:
        assert file.stem in ran.output
    for column in ("km", "Pieces", "Steps", "Heights", "Seats", "Meet", "Walks", "Width", "Light"):
        assert column in ran.output
    assert f"In all: {len(files)} areas, " in ran.output


def test_the_same_figures_come_as_json(walktalk: Walktalk) -> None:
    ran = walktalk("parks", "check", "--json")
    areas = {row["id"]: row for row in json.loads(ran.output)}
    assert areas["pittville-park"]["paths"] > 0
    assert areas["pittville-park"]["unknown_share"]["steps"] > 0.9
    assert areas["pittville-park"]["unknown_share"]["gradient"] == 1
    assert areas["pittville-park"]["benches"] > 0
    assert areas["imperial-gardens"]["steps"] > 0


def test_it_says_for_how_many_paths_heights_are_known(walktalk: Walktalk, tmp_path: Path) -> None:
    area = json.loads((shipped_parks() / "sandford-park.geojson").read_text(encoding="utf-8"))
    paths = [each for each in area["features"] if each["properties"]["kind"] == "path"]
    for path in paths:
        path["properties"].pop("heights_m", None)
    first = paths[0]
    first["properties"]["heights_m"] = [61.0, *[None] * (len(first["geometry"]["coordinates"]) - 1)]
    file = tmp_path / "sandford-park.geojson"
    file.write_text(json.dumps(area), encoding="utf-8")
    assert "Heights" in walktalk("parks", "check", str(file)).output
    [row] = json.loads(walktalk("parks", "check", "--json", str(file)).output)
    assert row["with_heights"] == 1


def test_a_broken_file_is_refused_with_file_feature_and_reason(
    walktalk: Walktalk, tmp_path: Path
) -> None:
    area = json.loads((shipped_parks() / "sandford-park.geojson").read_text(encoding="utf-8"))
    first = area["features"][0]
    first["properties"]["facts"]["width_m"] = "wide"
    broken = tmp_path / "broken.geojson"
    broken.write_text(json.dumps(area), encoding="utf-8")
    ran = walktalk("parks", "check", str(broken))
    assert ran.exit_code == 1
    for word in ("broken.geojson", first["id"], "width_m"):
        assert word in ran.stderr
