"""Help is there at once: it needs nothing but the words it prints."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from walktalk.cli import Commands, main

HEAVY = ("pydantic", "flask", "sqlalchemy", "numpy", "shapely", "folium", "walktalk.settings")
GROUPS = [main, *(group for group in main.commands.values() if isinstance(group, Commands))]


@pytest.mark.parametrize(
    "words", [["--help"], ["parks", "--help"], ["routes", "-h"], ["--version"]]
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; from walktalk.cli import main\n"
        f"main({words!r}, standalone_mode=False)\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert printed.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: str(group.name))
def test_every_command_that_help_names_is_there_and_has_help_of_its_own(group: Commands) -> None:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            assert command.help, name


def test_help_names_every_command_in_a_line() -> None:
    printed = CliRunner().invoke(main, ["--help"]).output
    for name in (*main.places, "parks", "routes"):
        assert f"\n  {name} " in printed


def test_a_command_that_is_not_there_is_refused_by_name() -> None:
    result = CliRunner().invoke(main, ["plant"])
    assert result.exit_code == 2
    assert "plant" in result.output
