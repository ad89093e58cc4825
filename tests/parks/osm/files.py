"""Small OpenStreetMap files written for the tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

Tags = Mapping[str, str]
Nodes = Mapping[int, tuple[float, float]]
Ways = Mapping[int, tuple[Sequence[int], Tags]]
Relations = Mapping[int, tuple[Sequence[tuple[int, str]], Tags]]


def osm_xml(
    nodes: Nodes,
    ways: Ways,
    tagged: Mapping[int, Tags] | None = None,
    relations: Relations | None = None,
) -> str:
    """Return an OSM XML document; ``nodes`` are (longitude, latitude), ``tagged`` their tags."""
    tagged = tagged or {}
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<osm version="0.6">']
    for ref, (lon, lat) in nodes.items():
        lines.append(f'<node id="{ref}" lon="{lon:.7f}" lat="{lat:.7f}">')
        lines += [*_tags(tagged.get(ref, {})), "</node>"]
    for way, (refs, tags) in ways.items():
        lines.append(f'<way id="{way}">')
        lines += [f'<nd ref="{ref}"/>' for ref in refs] + [*_tags(tags), "</way>"]
    for relation, (members, tags) in (relations or {}).items():
        lines.append(f'<relation id="{relation}">')
        lines += [f'<member type="way" ref="{r}" role="{role}"/>' for r, role in members]
        lines += [*_tags(tags), "</relation>"]
    return "\n".join([*lines, "</osm>", ""])


def write_osm(
    path: Path, nodes: Nodes, ways: Ways, tagged: Mapping[int, Tags] | None = None
) -> Path:
    """Write an OSM XML file and return its path."""
    path.write_text(osm_xml(nodes, ways, tagged), encoding="utf-8")
    return path


def _tags(tags: Tags) -> list[str]:
    return [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]


FOOTWAY = {"highway": "footway"}

GRID: dict[int, tuple[float, float]] = {
    row * 10 + column: (round(-2.07 + column * 0.001, 7), round(51.9 + row * 0.001, 7))
    for row in range(4)
    for column in range(4)
}
"""Sixteen nodes, about 69 m apart west to east and 111 m south to north; 12 is row 1, column 2."""
