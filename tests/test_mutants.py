"""Each figure that the mutation run changes stands where its list says."""

import pytest

from tools.mutants import MUTANTS, ROOT, Mutant, mutated


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: f"{each.file}:{each.name}")
def test_a_listed_figure_is_there_and_is_changed(mutant: Mutant) -> None:
    text = (ROOT / "walktalk" / mutant.file).read_text("utf-8")
    assert f"{mutant.name} = {mutant.instead}" in mutated(text, mutant)


def test_a_figure_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no NOTHING"):
        mutated("SOMETHING = 1", Mutant("a.py", "NOTHING", "2"))
