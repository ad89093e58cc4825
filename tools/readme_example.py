"""Writes anew what the README takes from the code: ``python -m tools.readme_example``.

That is the example, as the command prints it, and the table of needs, from the list of checks.
"""

import os
import re
import tempfile
from pathlib import Path

from click.testing import CliRunner

from walktalk.cli import main
from walktalk.routes.checks import CHECKS

README = Path(__file__).parent.parent / "README.md"
EXAMPLE = re.compile(r"(```\n\$ walktalk (.*?)\n)(.*?)(```)", re.DOTALL)
NEEDS_TABLE = re.compile(r"\| need \|.*?\n(?=\n)", re.DOTALL)
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


def with_needs(text: str) -> str:
    """Return the README's text with the table of needs as the list of checks has them."""
    rows = ["| need | in words | judged by |", "|---|---|---|"]
    for check in CHECKS:
        if check.need is not None:
            facts = ", ".join(f"`{fact}`" for fact in check.facts) or "recorded places"
            rows.append(f"| `{check.need.id}` | {check.need.words} | {facts} |")
    table = "".join(f"{row}\n" for row in rows)
    return NEEDS_TABLE.sub(lambda _: table, text, count=1)


if __name__ == "__main__":
    README.write_text(with_needs(with_example(README.read_text("utf-8"))), "utf-8")
