"""Writes the README's example anew as the command prints it: ``python -m tools.readme_example``."""

import os
import re
import tempfile
from pathlib import Path

from click.testing import CliRunner

from walktalk.cli import main

README = Path(__file__).parent.parent / "README.md"
EXAMPLE = re.compile(r"(```\n\$ walktalk (.*?)\n)(.*?)(```)", re.DOTALL)
_COLUMNS = "80"


def printed(arguments: str) -> str:
    """Return what ``walktalk ARGUMENTS`` prints on a new installation, without trailing space."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(folder)
        try:
            home = str(Path(folder) / "home")
            env = {"COLUMNS": _COLUMNS, "WALKTALK_HOME": home}
            output = CliRunner().invoke(main, arguments.split(), env=env).output
        finally:
            os.chdir(before)
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def with_example(text: str) -> str:
    """Return the README's text with its example as it is printed today."""
    return EXAMPLE.sub(lambda found: found[1] + printed(found[2]) + found[4], text, count=1)


if __name__ == "__main__":
    README.write_text(with_example(README.read_text("utf-8")), "utf-8")
