"""The land: areas, paths, places, the network they form, and the files they are kept in."""

from walktalk.parks.catalogue import CatalogueEntry, load_catalogue
from walktalk.parks.check import ACCESS_FACTS, AreaSummary, check_areas
from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.line import Line
from walktalk.parks.model import (
    Area,
    BackgroundShape,
    Height,
    Note,
    Path,
    Place,
    Source,
    StoredRoute,
)
from walktalk.parks.network import Network, Snap
from walktalk.parks.osm import import_osm
from walktalk.parks.reader import load_area, load_areas, read_area
from walktalk.parks.recorded import RecordedRoute, with_recorded_routes
from walktalk.parks.writer import area_to_geojson, write_area

__all__ = [
    "ACCESS_FACTS",
    "Area",
    "AreaSummary",
    "BackgroundShape",
    "CatalogueEntry",
    "Height",
    "Line",
    "LonLat",
    "Network",
    "Note",
    "ParkDataError",
    "Path",
    "Place",
    "RecordedRoute",
    "Snap",
    "Source",
    "StoredRoute",
    "area_to_geojson",
    "check_areas",
    "import_osm",
    "load_area",
    "load_areas",
    "load_catalogue",
    "read_area",
    "with_recorded_routes",
    "write_area",
]
