"""The frozen copy: a walk with the whole land it lies on, as plain values, as it was told."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from walktalk.parks import Area
from walktalk.routes import Walk
from walktalk.routes.as_json import (
    proposal_from_json,
    proposal_to_json,
    request_from_json,
    request_to_json,
)
from walktalk.sessions.store.errors import DatabaseError

_FORM = 1
_AREA = TypeAdapter(Area)


def freeze(walk: Walk) -> dict[str, Any]:
    """Return ``walk`` as JSON values; nothing that changes later changes them."""
    return {
        "form": _FORM,
        "area": _AREA.dump_python(walk.area, mode="json"),
        "request": request_to_json(walk.request),
        "proposal": proposal_to_json(walk.proposal),
    }


def thaw(frozen: dict[str, Any]) -> Walk:
    """Return the walk that ``freeze`` gave.

    Raises:
        DatabaseError: the copy was made by a newer Walktalk, or is broken.
    """
    try:
        if frozen["form"] != _FORM:
            raise DatabaseError("This session was saved by a newer Walktalk: use that one.")
        return Walk(
            area=_AREA.validate_python(frozen["area"]),
            request=request_from_json(frozen["request"]),
            proposal=proposal_from_json(frozen["proposal"]),
        )
    except (KeyError, ValidationError) as error:
        raise DatabaseError("A saved walk is broken and cannot be shown.") from error
