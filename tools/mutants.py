"""Changes one core figure after another, and says which change no test notices.

``python -m tools.mutants`` copies the project, changes one line at a time in the copy and runs the
tests of the rooms below. A change that they let pass is a figure that nobody would miss.
"""

import re
import shutil
import subprocess  # nosec B404 - runs our own tests
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
_LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis")
_TESTS = ("tests/routes", "tests/parks/test_observed.py", "tests/parks/test_merge.py")
_PINNED = ("tests/routes/test_figures.py", "tests/routes/test_yardsticks.py")
"""Tests that hold the figures themselves: asked first, since they are quick."""


@dataclass(frozen=True)
class Mutant:
    """One line of the source, and what it is changed to.

    Attributes:
        file: below ``walktalk/``.
        name: the figure's name, at the beginning of the line.
        instead: what it is set to.
    """

    file: str
    name: str
    instead: str


MUTANTS = (
    Mutant("routes/timing.py", "STEPS_FACTOR", "0.6"),
    Mutant("routes/crossing_costs.py", "CROSSING_M", "20.0"),
    Mutant("routes/calm.py", "TURN_M", "12.0"),
    Mutant("routes/calm.py", "TURN_DEG", "80.0"),
    Mutant("routes/calm.py", "REPEATED", "1.0"),
    Mutant("routes/calm.py", "BESIDE", "0.5"),
    Mutant("routes/cues.py", "SIDEWARD_DEG", "85.0"),
    Mutant("routes/reasons.py", "_NOTICED_TURNS", "9"),
    Mutant("routes/reading.py", "LEAST_WALK_S", "1.0"),
    Mutant("routes/reading.py", "SNAP_M", "500.0"),
    Mutant("routes/search/walks.py", "MOST_LAPS", "6"),
    Mutant("routes/checks/gradient.py", "GENTLE_PCT", "6.0"),
    Mutant("routes/checks/gradient.py", "RAMP_PCT", "9.0"),
    Mutant("routes/checks/length.py", "TOLERANCE_MINUTES", "2.0"),
    Mutant("routes/checks/playground.py", "NEAR_PLAYGROUND_M", "40.0"),
    Mutant("routes/checks/road.py", "NEAR_ROAD_M", "15.0"),
    Mutant("routes/checks/seats.py", "SEAT_GAP_M", "60.0"),
    Mutant("routes/checks/seats.py", "SEAT_REACH_M", "25.0"),
    Mutant("routes/checks/toilets.py", "TOILET_REACH_M", "320.0"),
    Mutant("routes/checks/two_abreast.py", "TWO_ABREAST_M", "1.2"),
    Mutant("routes/checks/water.py", "NEAR_WATER_M", "5.0"),
    Mutant("routes/checks/way_back.py", "WAY_BACK_MINUTES", "20.0"),
    Mutant("routes/checks/ways_out.py", "WAYS_OUT_GAP_M", "600.0"),
    Mutant("routes/checks/width.py", "WIDE_M", "1.8"),
    Mutant("routes/checks/width.py", "PAST_AN_OBSTACLE_M", "0.9"),
    Mutant("parks/merge_paths.py", "SAME_WAY_WITHIN_M", "30.0"),
    Mutant("parks/merge_paths.py", "MOSTLY", "0.1"),
    Mutant("parks/lying.py", "LEAST_PIECE_M", "30.0"),
)


def survivors(checkout: Path) -> list[Mutant]:
    """Return the changes that the tests of a checkout do not notice.

    Raises:
        ValueError: a figure does not stand where the list says, or a test fails with no change.
    """
    if not _passes(checkout):
        raise ValueError("the tests fail before anything is changed: mend them first")
    return [mutant for mutant in MUTANTS if _survives(mutant, checkout)]


def mutated(text: str, mutant: Mutant) -> str:
    """Return a file's text with one figure changed.

    Raises:
        ValueError: the figure does not stand in it, or stands there as it would be changed to.
    """
    line = re.compile(rf"^{mutant.name} = (.+?)(?=  #|$)", re.MULTILINE)
    found = line.search(text)
    if found is None or found[1] == mutant.instead:
        raise ValueError(f"{mutant.file}: there is no {mutant.name} to change")
    return line.sub(f"{mutant.name} = {mutant.instead}", text, count=1)


def _survives(mutant: Mutant, checkout: Path) -> bool:
    file = checkout / "walktalk" / mutant.file
    text = file.read_text("utf-8")
    file.write_text(mutated(text, mutant), "utf-8")
    try:
        alive = _passes(checkout)
    finally:
        file.write_text(text, "utf-8")
    print(f"{'not noticed' if alive else 'noticed':<12} {mutant.file}: {mutant.name}", flush=True)
    return alive


def _passes(checkout: Path) -> bool:
    for tests in (_PINNED, _TESTS):
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "auto", *tests]
        ran = subprocess.run(command, cwd=checkout, capture_output=True, check=False)  # noqa: S603  # nosec B603
        if ran.returncode:
            return False
    return True


def main() -> None:
    """Print what becomes of each change, and how many were not noticed."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "copy"
        shutil.copytree(ROOT, checkout, ignore=_LEFT_OUT)
        alive = survivors(checkout)
    print(f"{len(MUTANTS) - len(alive)} of {len(MUTANTS)} changes were noticed.")
    sys.exit(1 if alive else 0)


if __name__ == "__main__":
    main()
