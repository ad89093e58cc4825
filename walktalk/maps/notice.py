"""The notice that the licence of the map data asks for."""

from walktalk.parks import Area
from walktalk.wording import _

OSM_COPYRIGHT_URL = "https://www.openstreetmap.org/copyright"
ODBL_URL = "https://opendatacommons.org/licenses/odbl/1-0/"
OSM_AUTHOR = "OpenStreetMap contributors"


def uses_openstreetmap(area: Area) -> bool:
    """Return whether any of the area's data are under the Open Database Licence (ODbL)."""
    return any((source.licence or "").startswith("ODbL") for source in area.sources.values())


def licence_notice(area: Area) -> str:
    """Return the notice for maps, pages and files made from the area's data.

    The Open Database Licence 1.0, section 4.3, asks for a notice on everything produced from the
    data. An area without such data has no notice: ``""``.
    """
    if not uses_openstreetmap(area):
        return ""
    return _(
        "Map data © %(authors)s, available under the Open Database Licence (ODbL) 1.0.",
        authors=OSM_AUTHOR,
    )
