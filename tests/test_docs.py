"""What the documents say is shown by a test is shown by one that exists."""

import re
from pathlib import Path

import pytest

from walktalk.settings import Settings

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(test_[a-z0-9_]+)`")


@pytest.mark.parametrize("document", ["docs/asvs.md", "SECURITY.md"])
def test_every_test_that_a_document_names_exists(document: str) -> None:
    known = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }
    assert set(NAMED.findall((ROOT / document).read_text("utf-8"))) - known == set()


def test_the_hosting_guide_names_only_settings_that_there_are() -> None:
    named = set(re.findall(r"WALKTALK_([A-Z_]+)", (ROOT / "docs/hosting.md").read_text("utf-8")))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)
