"""The frozen copy: a walk with the land around it, as JSON values, as it was told."""

from typing import Any

from walktalk.routes import Walk
from walktalk.routes.as_json import (
    proposal_from_json,
    proposal_to_json,
    request_from_json,
    request_to_json,
)
from walktalk.routes.surroundings import surroundings
from walktalk.sessions.store.errors import DatabaseError
from walktalk.sessions.store.land import (
    land_from_json,
    land_to_json,
    whole_area_from_json,
    whole_area_to_json,
)

_WHOLE_AREA = 1
"""The form of copies made until walks kept their surroundings only: with the whole area."""

_SURROUNDINGS = 2
_READERS = {_WHOLE_AREA: whole_area_from_json, _SURROUNDINGS: land_from_json}


def freeze(walk: Walk) -> dict[str, Any]:
    """Return ``walk`` as JSON values; nothing that changes later changes them.

    Of its area the copy keeps the walk's surroundings (see ``walktalk.routes.surroundings``).
    """
    return _kept(walk, _SURROUNDINGS, land_to_json(surroundings(walk)))


def freeze_whole(walk: Walk) -> dict[str, Any]:
    """Return ``walk`` as ``freeze`` did before it kept surroundings only."""
    return _kept(walk, _WHOLE_AREA, whole_area_to_json(walk.area))


def thaw(frozen: dict[str, Any]) -> Walk:
    """Return the walk that ``freeze`` gave.

    Raises:
        DatabaseError: the copy was made by a newer Walktalk, or is broken.
    """
    try:
        if frozen["form"] not in _READERS:
            raise DatabaseError("This session was saved by a newer Walktalk: use that one.")
        return Walk(
            area=_READERS[frozen["form"]](frozen["area"]),
            request=request_from_json(frozen["request"]),
            proposal=proposal_from_json(frozen["proposal"]),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise DatabaseError("A saved walk is broken and cannot be shown.") from error


def _kept(walk: Walk, form: int, area: dict[str, Any]) -> dict[str, Any]:
    return {
        "form": form,
        "area": area,
        "request": request_to_json(walk.request),
        "proposal": proposal_to_json(walk.proposal),
    }
