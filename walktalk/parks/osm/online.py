"""Asks an Overpass server for parks, and Nominatim where a place is: politely, and once."""

import hashlib
import json
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from walktalk.parks.asking import BUSY, TRIES, Online, answer_of
from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.model import Area
from walktalk.parks.osm.context import CONTEXT_REACH_M
from walktalk.parks.osm.data import OsmData
from walktalk.parks.osm.ground import ground_of
from walktalk.parks.osm.importer import Imported, Step, ground_from, ignore, park_from, parks_from
from walktalk.parks.osm.named import named_parks, pick_park
from walktalk.parks.osm.overpass import parse_overpass
from walktalk.parks.osm.questions import box_query, park_query, town
from walktalk.parks.osm.selection import grown
from walktalk.parks.writer import write_text

FOUND_WITHIN_M = 1000.0
"""A park lies this close to where Nominatim puts it."""

CACHE_DAYS = 7
"""A park does not change from day to day; the servers are shared by everybody."""

_AGAIN = (*BUSY, HTTPStatus.INTERNAL_SERVER_ERROR)
_SECONDS_A_DAY = 86_400


def fetch_park(
    name: str, around_m: float, overpass: Online, nominatim: Online | None = None
) -> Imported:
    """Ask an Overpass server for one park and turn the answer into an area.

    Args:
        name: the park's name and, after a comma, the town it lies in.
        around_m: how far outside its boundary ways still count as the park's.
        overpass: the server.
        nominatim: where switched on, says where the park is, with or without a town.

    Raises:
        ParkDataError: the name has no town, the server cannot be reached or breaks off, or there
            is no such park.
    """
    park, _, place = (part.strip() for part in name.partition(","))
    if nominatim is not None and park:
        lon, lat = locate(name, nominatim)
        where = ("", f"(around:{FOUND_WITHIN_M:.0f},{lat:.6f},{lon:.6f})")
    elif park and place:
        where = town(place)
    else:
        raise ParkDataError(
            f"{name!r} is not enough to find a park: accepted is its name and, after a comma, "
            'its town, such as "Hatherley Park, Cheltenham"'
        )
    data = ask(park_query(park, where, around_m + CONTEXT_REACH_M, overpass.timeout_s), overpass)
    parks = named_parks(data)
    if not parks:
        raise ParkDataError(f"OpenStreetMap has no park called {name!r}")
    return park_from(data, pick_park(parks, park, overpass.host), around_m)


def fetch_parks(
    place: str, around_m: float, overpass: Online, step: Step = ignore
) -> list[Imported]:
    """Ask an Overpass server for every named park of a town: one question for all of them.

    Raises:
        ParkDataError: the server cannot be reached or breaks off, or knows no such town or no
            park in it.
    """
    reach_m = around_m + CONTEXT_REACH_M
    data = ask(park_query("", town(place), reach_m, overpass.timeout_s), overpass)
    parks = named_parks(data)
    if not parks:
        raise ParkDataError(f"OpenStreetMap has no named park in a town called {place!r}")
    return parks_from(data, parks, around_m, step)


def fetch_ground(area: Area, overpass: Online) -> Imported:
    """Ask an Overpass server for the ground that an area covers, whatever is named there.

    Raises:
        ParkDataError: the server cannot be reached or breaks off, or nothing can be walked there.
    """
    ground = ground_of(area)
    west, south, east, north = ground.bounds
    box = grown((west, south, east, north), CONTEXT_REACH_M)
    return ground_from(ask(box_query(box, overpass.timeout_s), overpass), area, ground)


def ask(query: str, server: Online) -> OsmData:
    """Put one question to an Overpass server, or read the answer that it gave before.

    Raises:
        ParkDataError: the server cannot be reached, is too busy, or answers with an error.
    """
    key = hashlib.sha256(f"{server.url}\n{query}".encode()).hexdigest()[:32]
    kept = server.cache / f"overpass-{key}.json"
    if kept.is_file() and time.time() - kept.stat().st_mtime < CACHE_DAYS * _SECONDS_A_DAY:
        return parse_overpass(kept.read_bytes(), server.host)
    answer = answer_of(server, form={"data": query}, again=_AGAIN)
    if answer.status != HTTPStatus.OK:
        raise ParkDataError(f"{server.host} refuses the question (HTTP {answer.status})")
    data = parse_overpass(answer.body, server.host)  # only a sound answer is kept
    write_text(kept, answer.body.decode("utf-8"))
    return data


def locate(name: str, nominatim: Online) -> LonLat:
    """Ask Nominatim where something is; answers are kept.

    Raises:
        ParkDataError: the server cannot be reached, or knows no such place.
    """
    key = hashlib.sha256(f"{nominatim.url}\n{name}".encode()).hexdigest()[:32]
    kept = nominatim.cache / f"place-{key}.json"
    if kept.is_file():
        lon, lat = json.loads(kept.read_text(encoding="utf-8"))
        return float(lon), float(lat)
    address = urlsplit(nominatim.url)
    geocoder = Nominatim(
        domain=f"{address.netloc}{address.path}".rstrip("/"),
        scheme=address.scheme,
        user_agent=nominatim.user_agent,
        timeout=nominatim.timeout_s,
    )
    patient = RateLimiter(
        geocoder.geocode,
        min_delay_seconds=0,
        max_retries=TRIES - 1,
        error_wait_seconds=nominatim.backoff_s,
        swallow_exceptions=False,
    )
    try:
        found: Any = patient(name)
    except GeopyError as error:
        raise ParkDataError(
            f"{address.netloc} gives no answer ({error}): try again later"
        ) from error
    if found is None:
        raise ParkDataError(f"{address.netloc} knows no place called {name!r}")
    position = (float(found.longitude), float(found.latitude))
    write_text(kept, json.dumps(position))
    return position
