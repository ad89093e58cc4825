"""Where the files that come with the package are: inside the wheel, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped_parks() -> Path:
    """Return the folder of the area files that come with Walktalk."""
    return _shipped("data/parks")


def templates() -> Path:
    """Return the folder of the Jinja pages."""
    return _shipped("templates")


def _shipped(name: str) -> Path:
    in_wheel = _PACKAGE / name
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / name
