"""Help is there at once: it needs nothing but the words it prints."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from walktalk.cli import Commands, main

GROUPS = [main, *(group for group in main.commands.values() if isinstance(group, Commands))]
NOT_FOR_HELP = ("pydantic", "flask", "sqlalchemy", "numpy", "shapely", "walktalk.settings")
NOT_FOR_PAGES = (
    *("alembic", "fastkml", "folium", "garmin_fit_sdk", "gpxpy", "icalendar"),
    *("osmium", "rasterio", "requests", "rich", "rustworkx", "scipy"),
)


def loaded(code: str, names: tuple[str, ...]) -> str:
    """Run some code in a Python of its own, and return which of some modules it has loaded."""
    after = f"\nimport sys; print('loaded:', [name for name in {names!r} if name in sys.modules])"
    printed = subprocess.run(
        [sys.executable, "-c", code + after], capture_output=True, text=True, check=True
    ).stdout
    return printed.splitlines()[-1]


@pytest.mark.parametrize(
    "words", [["--help"], ["parks", "--help"], ["routes", "-h"], ["--version"]]
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = f"from walktalk.cli import main; main({words!r}, standalone_mode=False)"
    assert loaded(code, NOT_FOR_HELP) == "loaded: []"


@pytest.mark.slow
def test_the_pages_start_without_what_only_maps_files_imports_and_migrations_need() -> None:
    assert loaded("import walktalk.web.app", NOT_FOR_PAGES) == "loaded: []"


@pytest.mark.slow
def test_a_command_that_needs_no_map_loads_nothing_that_draws_or_searches(tmp_path: Path) -> None:
    code = (
        f"import os; os.environ['WALKTALK_HOME'] = {str(tmp_path)!r}\n"
        "from walktalk.cli import main; main(['user'], standalone_mode=False)"
    )
    assert loaded(code, ("folium", "scipy", "rustworkx", "osmium", "rasterio")) == "loaded: []"


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
