"""The README's example is what the command really prints."""

from tools.readme_example import EXAMPLE, README, with_example


def test_the_readme_shows_what_the_command_prints() -> None:
    text = README.read_text("utf-8")
    assert EXAMPLE.search(text) is not None
    assert with_example(text) == text
