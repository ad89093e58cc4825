"""Every area this installation knows: those that come with Walktalk and those imported here."""

from walktalk.parks import Area, load_areas
from walktalk.resources import shipped_parks
from walktalk.settings import Settings


def known_areas(settings: Settings) -> dict[str, Area]:
    """Return every area by id; an imported area hides a shipped one of the same id.

    Raises:
        ParkDataError: an area file cannot be used.
    """
    areas = load_areas(shipped_parks())
    if settings.imported_parks.is_dir():
        areas = areas | load_areas(settings.imported_parks)
    return dict(sorted(areas.items()))
