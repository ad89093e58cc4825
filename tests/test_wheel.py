"""The wheel carries everything: it runs without the checkout beside it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it into an empty folder, as an installer does."""
    built = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", built],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(installed: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed), "WALKTALK_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-P", "-c", "from walktalk.cli import main; main()", *words],
        cwd=home,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_a_walk_is_planned_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    ran = run_installed(installed, tmp_path, "plan", "--area", "pittville-park", "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["proposals"]


def test_the_wheel_holds_pages_land_and_migrations(installed: Path) -> None:
    package = installed / "walktalk"
    assert list((package / "data" / "parks").glob("*.geojson"))
    assert list((package / "templates").rglob("*.html"))
    assert list((package / "sessions").rglob("versions/*.py"))
    assert list((package / "web" / "static").rglob("*.css"))
