"""Names of files that give nothing away."""

from zoneinfo import ZoneInfo

from walktalk.routes import Walk

LONDON = ZoneInfo("Europe/London")
TITLE = "A walk"
"""What every page, file and calendar entry calls itself."""


def file_name(walk: Walk, extension: str) -> str:
    """Return a neutral file name with the walk's date where it has one.

    Args:
        walk: the walk.
        extension: without the dot, such as ``"gpx"``.

    Returns:
        For example ``"walk-2026-12-01.gpx"``, or ``"walk.gpx"`` without a date.
    """
    if walk.request.at is None:
        return f"walk.{extension}"
    day = walk.request.at.astimezone(LONDON).date()
    return f"walk-{day.isoformat()}.{extension}"
