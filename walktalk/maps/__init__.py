"""What is handed out: maps, sketches, files for watches, calendar entries."""

from walktalk.maps.calendar import calendar_file
from walktalk.maps.canvas import MapParts, map_css, map_script
from walktalk.maps.fit import fit_file
from walktalk.maps.formats import FORMATS, FileFormat, file_name, recording_words
from walktalk.maps.gpx import gpx_file
from walktalk.maps.leaflet import leaflet_files
from walktalk.maps.notice import licence_notice
from walktalk.maps.qr import qr_svg
from walktalk.maps.sketch import sketch, sketch_css
from walktalk.maps.standalone import standalone_html
from walktalk.maps.walk_map import proposals_map, walk_map

__all__ = [
    "FORMATS",
    "FileFormat",
    "MapParts",
    "calendar_file",
    "file_name",
    "fit_file",
    "gpx_file",
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
