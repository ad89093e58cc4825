"""The land: areas, paths, places, the network they form, and the files they are kept in."""

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.model import Area, Note, Path, Place, Source, StoredRoute
from walktalk.parks.network import Network, Snap

__all__ = [
    "Area",
    "LonLat",
    "Network",
    "Note",
    "ParkDataError",
    "Path",
    "Place",
    "Snap",
    "Source",
    "StoredRoute",
]
