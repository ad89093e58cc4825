"""The list of checks is whole, and each names what there is."""

from pathlib import Path

from walktalk.parks.fact_schema import PathFacts
from walktalk.routes import NEEDS, checks
from walktalk.routes.checks import CHECK_BY_NEED, CHECKS, PATH_NEEDS, WALK_NEEDS


def test_every_file_of_a_check_is_in_the_list() -> None:
    files = Path(checks.__file__).parent.glob("*.py")
    written = {file.stem for file in files if "CHECK = Check(" in file.read_text("utf-8")}
    assert {check.id.replace("-", "_") for check in CHECKS} == written
    assert len(CHECKS) == len(written)


def test_every_need_has_a_check_and_is_met_by_paths_or_by_the_walk() -> None:
    assert list(CHECK_BY_NEED) == list(NEEDS)
    assert set(NEEDS) == PATH_NEEDS | WALK_NEEDS
    assert not PATH_NEEDS & WALK_NEEDS
    assert all(check.nothing_known or check.id == "light" for check in CHECK_BY_NEED.values())


def test_every_fact_that_a_check_reads_can_be_recorded() -> None:
    for check in CHECKS:
        assert set(check.facts) <= set(PathFacts.model_fields), check.id


def test_what_says_nothing_is_known_begins_with_its_subject_and_is_one_sentence() -> None:
    for check in CHECKS:
        assert check.title
        assert not check.nothing_known or (
            ": " in check.nothing_known and check.nothing_known.endswith(".")
        )
