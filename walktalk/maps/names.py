"""Names of files that give nothing away."""

from walktalk.routes import Walk
from walktalk.routes.clock import LONDON


def file_name(walk: Walk, extension: str, variant: str = "") -> str:
    """Return a neutral file name with the walk's date where it has one.

    Args:
        walk: the walk.
        extension: without the dot, such as ``"gpx"``.
        variant: what tells this file from another of the same kind, such as ``"simple"``.

    Returns:
        For example ``"walk-2026-12-01.gpx"``, or ``"walk.gpx"`` without a date.
    """
    parts = ["walk"]
    if walk.request.at is not None:
        parts.append(walk.request.at.astimezone(LONDON).date().isoformat())
    if variant:
        parts.append(variant)
    return f"{'-'.join(parts)}.{extension}"
