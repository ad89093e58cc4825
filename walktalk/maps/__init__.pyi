"""What is handed out: maps, sketches, files for watches, calendar entries."""

from .calendar import calendar_file
from .formats import FORMATS, FileFormat, file_name, recording_words
from .leaflet import leaflet_files
from .map_parts import MapParts, map_css, map_script
from .notice import licence_notice
from .qr import qr_svg
from .sketch import sketch, sketch_css
from .standalone import standalone_html
from .walk_map import proposals_map, walk_map

__all__ = [
    "FORMATS",
    "FileFormat",
    "MapParts",
    "calendar_file",
    "file_name",
    "leaflet_files",
    "licence_notice",
    "map_css",
    "map_script",
    "proposals_map",
    "qr_svg",
    "recording_words",
    "sketch",
    "sketch_css",
    "standalone_html",
    "walk_map",
]
