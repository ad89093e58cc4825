"""What the README shows is what the code has."""

import re

from tools.readme_example import EXAMPLE, NEEDS_TABLE, README, with_example, with_needs
from walktalk.cli import Commands, main
from walktalk.routes import NEEDS, PREFERENCES
from walktalk.settings import Settings

TEXT = README.read_text("utf-8")


def test_the_readme_shows_what_the_command_prints() -> None:
    assert EXAMPLE.search(TEXT) is not None
    assert with_example(TEXT) == TEXT


def test_the_readme_names_every_need_and_preference() -> None:
    table = NEEDS_TABLE.search(TEXT)
    assert table is not None
    assert all(f"| `{need}` | {words} |" in table[0] for need, words in NEEDS.items())
    assert with_needs(TEXT) == TEXT
    assert all(f"`{preference}`" in TEXT for preference in PREFERENCES)


def test_the_readme_names_every_variable_and_no_other() -> None:
    named = set(re.findall(r"^\| `WALKTALK_([A-Z_]+)`", TEXT, re.MULTILINE))
    assert {name.lower() for name in named} == set(Settings.model_fields)


def test_the_readme_names_every_command_and_no_other() -> None:
    table = TEXT.split("## Commands")[1].split("\n## ")[0]
    groups = {name: group for name, group in main.commands.items() if isinstance(group, Commands)}
    there = {*main.places, *(f"{name} {each}" for name in groups for each in groups[name].places)}
    assert set(re.findall(r"^\| `walktalk ([a-z ]+)`", table, re.MULTILINE)) == there


def test_the_readme_names_every_target_of_make() -> None:
    makefile = (README.parent / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets is not None
    assert all(f"make {target}" in TEXT for target in targets[1].split())
