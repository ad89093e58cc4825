"""What all tests share."""

import gc
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect

from tests.chromium import chromium
from walktalk.parks import Area, reader
from walktalk.resources import shipped_parks

# Tests start many processes: what one of them has compiled, the next ones take.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test asserts a time, and a busy machine must not turn a promise false. The examples are the
# same in every run, so that what fails fails for everybody.
settings.register_profile("walktalk", deadline=None, derandomize=True)
settings.load_profile("walktalk")
expect.set_options(timeout=30_000)


def pytest_configure(config: pytest.Config) -> None:
    """Read the shipped areas once a process, as a server does; every other file each time."""
    read, read_once = reader.load_area, cache(reader.load_area)

    def load_area(file: Path | str) -> Area:
        return read_once(Path(file)) if Path(file).parent == shipped_parks() else read(file)

    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr("walktalk.parks.reader.load_area", load_area)
    patch.setattr("walktalk.areas.load_area", load_area)


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later search for unused objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a process: Playwright runs no second one beside it."""
    with chromium() as browser:
        yield browser
