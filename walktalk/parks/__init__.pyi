"""The land: areas, paths, places, the network they form, and the files they are kept in."""

from .catalogue import CatalogueEntry, load_catalogue
from .check import ACCESS_FACTS, AreaSummary, check_areas
from .errors import ParkDataError
from .geodesy import LonLat
from .line import Line
from .model import (
    Area,
    BackgroundShape,
    Height,
    Note,
    Path,
    Place,
    Source,
    StoredRoute,
    WayIn,
)
from .network import Network, Snap
from .osm import import_osm
from .reader import load_area, load_areas, read_area
from .recorded import RecordedRoute, with_recorded_routes
from .writer import area_to_geojson, write_area

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
    "WayIn",
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
