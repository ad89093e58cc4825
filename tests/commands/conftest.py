"""Every command runs in an empty home of its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from walktalk.cli import main

Walktalk = Callable[..., Result]

NEXT_YEAR = datetime.now(UTC).year + 1


@pytest.fixture
def walktalk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walktalk:
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "home"))

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words), catch_exceptions=False)

    return run
