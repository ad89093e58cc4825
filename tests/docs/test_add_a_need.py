"""The worked example of a new need works as it stands in the documentation."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "add_a_need.md"
BLOCK = re.compile(r"^```(python|diff) (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NEEDED = ("walktalk", "tests/__init__.py", "tests/routes", "data/parks", "templates")
OFFERED = """
from click.testing import CliRunner
from walktalk.cli import main
from walktalk.web.forms.plan import PlanForm
assert "No horses on the path" in str(PlanForm.needs.kwargs["choices"])
assert "no-horses" in CliRunner().invoke(main, ["plan", "--help"]).output
"""


def copied(folder: Path) -> Path:
    for name in NEEDED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return folder


def follow(guide: str, folder: Path) -> set[str]:
    """Do what a guide says: write its new files, add the lines that its differences add."""
    touched = set()
    for kind, name, text in BLOCK.findall(guide):
        file = folder / name
        if kind == "python":
            assert not file.exists(), f"{name} is there already"
            file.write_text(text, encoding="utf-8")
        else:
            before = "".join(line[1:] for line in text.splitlines(True) if line[0] == " ")
            after = "".join(line[1:] for line in text.splitlines(True))
            old = file.read_text(encoding="utf-8")
            assert old.count(before) == 1, f"{before!r} is not once in {name}"
            file.write_text(old.replace(before, after), encoding="utf-8")
        touched.add(name)
    return touched


def run(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_a_need_is_one_new_file_one_list_one_fact_and_a_test(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    touched = follow(GUIDE.read_text(encoding="utf-8"), folder)
    assert touched == {
        "walktalk/parks/fact_schema.py",
        "walktalk/parks/osm/facts.py",
        "walktalk/routes/checks/horses.py",
        "walktalk/routes/checks/__init__.py",
        "tests/routes/test_horses.py",
    }
    new_and_old = ("test_horses.py", "test_checks.py", "test_needs.py")
    tests = [f"tests/routes/{name}" for name in new_and_old]
    run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    run(folder, "-c", OFFERED)
