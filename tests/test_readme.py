"""What the README shows is what the code has."""

from tools.readme_example import EXAMPLE, NEEDS_TABLE, README, with_example, with_needs
from walktalk.routes import NEEDS, PREFERENCES

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
