"""Whatever is killed at whatever moment: what was said to be saved is there afterwards."""

from pathlib import Path

import pytest

from tests.soaking import Soak


@pytest.mark.slow
def test_what_was_said_to_be_saved_survives_kills_of_the_server_and_of_commands_beside_it(
    tmp_path: Path,
) -> None:
    soak = Soak(tmp_path, seed=1)
    figures = soak.run(kills=6, writes=15, commands=1)
    assert soak.lost() == []
    assert len(figures.acknowledged) >= 15
    assert "mend" not in soak.doctor()
