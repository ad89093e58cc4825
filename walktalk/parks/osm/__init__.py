"""OpenStreetMap: extracts and Overpass answers turned into areas."""

from walktalk.parks.osm.importer import import_osm

__all__ = ["import_osm"]
