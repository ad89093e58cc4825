"""The README's example is what the command really prints."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from walktalk.cli import main

README = Path(__file__).parent.parent / "README.md"


def test_the_readme_shows_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALKTALK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    found = re.search(r"```\n\$ walktalk (.*?)\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    words, shown = found.groups()
    printed = CliRunner().invoke(main, words.split(), env={"COLUMNS": "80"}).output
    assert [line.rstrip() for line in printed.splitlines()] == shown.splitlines()
