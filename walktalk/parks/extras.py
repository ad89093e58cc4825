"""Libraries that not everybody needs: installed by name, and missed with a sentence."""

from functools import cache
from importlib import import_module
from typing import Any

from walktalk.parks.errors import ParkDataError


@cache
def optional(library: str, installed_as: str, what_for: str) -> Any:
    """Return a library of an optional part of Walktalk.

    Args:
        library: the name it is imported by.
        installed_as: the name of the optional part that brings it.
        what_for: what cannot be done without it, as a sentence begins: "Reading extracts".

    Raises:
        ParkDataError: it is not installed; says how to install it.
    """
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise ParkDataError(
            f"{what_for} needs {library.split('.', maxsplit=1)[0]}: install Walktalk with "
            f"walktalk[{installed_as}]"
        ) from error
