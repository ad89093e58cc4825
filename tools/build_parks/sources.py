"""Where each fact comes from: one entry a source, the same in every area file."""

from collections.abc import Iterable, Mapping

from walktalk.parks import Source

_OSM = "https://www.openstreetmap.org/copyright"
_ODBL = "ODbL-1.0"

SOURCES: Mapping[str, Source] = {
    source.id: source
    for source in (
        Source(
            "osm-2023",
            "OpenStreetMap contributors, by way of vector tiles (Protomaps basemap)",
            "2023-10-01",
            _ODBL,
            _OSM,
        ),
        Source(
            "osm-2023-lines",
            "Computed from the lines of OpenStreetMap, 1 October 2023",
            "2023-10-01",
            _ODBL,
            _OSM,
        ),
        Source(
            "osm-cycleways",
            "OpenStreetMap contributors, ways tagged highway=cycleway around Cheltenham",
            "2026-09-15",
            _ODBL,
            _OSM,
        ),
        Source(
            "osm-west",
            "OpenStreetMap contributors, walkable ways of west Cheltenham",
            "2026-09",
            _ODBL,
            _OSM,
        ),
        Source(
            "osm-places",
            "OpenStreetMap contributors, car parks, playgrounds and attractions",
            "2026-09",
            _ODBL,
            _OSM,
        ),
        Source(
            "osm-cotswold-way",
            "OpenStreetMap contributors, relation Cotswold Way",
            "2026-03-28",
            _ODBL,
            _OSM,
        ),
        Source(
            "council-register",
            "Cheltenham Borough Council, register of land and assets",
            "2021/2023",
        ),
        Source(
            "naptan",
            "NaPTAN, Department for Transport: contains public sector information",
            "2026-07-16",
            "OGL-UK-3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
        Source(
            "heights-os-terrain-50",
            "OS Terrain 50: contains OS data © Crown copyright and database right 2013",
            "2013-05",
            "OGL-UK-3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
        Source(
            "buggy-walks",
            "A Cheltenham parent's public notes on buggy walks",
            "2026-11",
            reported=True,
        ),
        Source(
            "wheels",
            "Wheels for Wellbeing, guide sheet on accessible surfaces",
            "2026-11",
            reported=True,
        ),
        Source(
            "cotswolds-landscape",
            "Cotswolds National Landscape, as recorded in public notes",
            "2026-07-28",
            reported=True,
        ),
    )
}
"""Every source but the toilets', of which each entry has its own day of last edit."""

TOILET_MAP = "Toilet Map: contains data from the Toilet Map © Public Convenience Ltd"


def toilet_source(edited: str) -> Source:
    """Return the source of a toilet's facts, dated by the day its entry was last edited."""
    return Source(
        f"toilet-map-{edited}", TOILET_MAP, edited, "CC-BY-4.0", "https://www.toiletmap.org.uk"
    )


def with_toilets(edited: Iterable[str]) -> dict[str, Source]:
    """Return every source by id, those of toilets edited on the given days among them."""
    dated = (toilet_source(day) for day in sorted(set(edited)))
    return {**SOURCES, **{source.id: source for source in dated}}
