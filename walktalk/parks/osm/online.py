"""Asks an Overpass server for a park, and Nominatim where a place is: politely, and once."""

import hashlib
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import urlsplit

import requests
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.context import CONTEXT_REACH_M
from walktalk.parks.osm.importer import Imported, park_from
from walktalk.parks.osm.named import named_parks, pick_park
from walktalk.parks.osm.overpass import MAX_ANSWER_BYTES, parse_overpass
from walktalk.parks.osm.rules import RAILWAYS
from walktalk.parks.writer import write_text

TRIES = 4
"""A busy server is asked again this often, waiting longer each time."""

LONGEST_WAIT_S = 60.0
FOUND_WITHIN_M = 1000.0
"""A park lies this close to where Nominatim puts it."""

CACHE_DAYS = 7
"""A park does not change from day to day; the servers are shared by everybody."""

_AGAIN = (429, 500, 502, 503, 504)
_SECONDS_A_DAY = 86_400
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True)
class Online:
    """How to ask a server.

    Attributes:
        url: of an Overpass interpreter, or of Nominatim.
        user_agent: who is asking, with a way to reach them, as both services want it.
        cache: folder where answers are kept.
        timeout_s: seconds to wait for an answer.
        backoff_s: the first wait before asking again; it doubles each time.
    """

    url: str
    user_agent: str
    cache: FilePath
    timeout_s: float = 90.0
    backoff_s: float = 5.0


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
    park, _, town = (part.strip() for part in name.partition(","))
    if nominatim is not None and park:
        lon, lat = locate(name, nominatim)
        where = ("", f"(around:{FOUND_WITHIN_M:.0f},{lat:.6f},{lon:.6f})")
    elif park and town:
        where = (
            f'area["boundary"="administrative"]["name"={_quoted(town)}]->.town;',
            "(area.town)",
        )
    else:
        raise ParkDataError(
            f"{name!r} is not enough to find a park: accepted is its name and, after a comma, "
            'its town, such as "Hatherley Park, Cheltenham"'
        )
    query = park_query(park, where, around_m + CONTEXT_REACH_M, overpass.timeout_s)
    data = parse_overpass(ask(query, overpass), overpass.url)
    parks = named_parks(data)
    if not parks:
        raise ParkDataError(f"OpenStreetMap has no park called {name!r}")
    return park_from(data, pick_park(parks, park, overpass.url), around_m)


def park_query(park: str, where: tuple[str, str], reach_m: float, timeout_s: float) -> str:
    """Return the one question that brings a park with all that is around it.

    Args:
        park: its name.
        where: what goes before the search for it, and the filter that bounds the search.
        reach_m: how far around it everything is asked for.
        timeout_s: how long the server may take.
    """
    before, bounded = where
    around = f"(around.park:{reach_m:.0f})"
    kinds = "park|garden|recreation_ground|nature_reserve|common"
    name = _quoted(f"^{_literally(park)}$")
    return (
        f"[out:json][timeout:{timeout_s:.0f}];{before}"
        f'wr["leisure"~"^({kinds})$"]["name"~{name},i]{bounded}->.park;'
        f'(.park;way["highway"]{around};way["building"]{around};'
        f'nwr["leisure"]{around};nwr["natural"]{around};nwr["landuse"]{around};'
        f'way["waterway"]{around};nwr["amenity"]{around};nwr["tourism"="information"]{around};'
        f'node["highway"~"^(bus_stop|emergency_access_point)$"]{around};'
        f'node["emergency"]{around};nwr["railway"~"^(station|halt)$"]{around};'
        f'way["railway"~"^({"|".join(sorted(RAILWAYS))})$"]{around};nwr["military"]{around};'
        f'nwr["barrier"]{around};node["kerb"]{around};);'
        "(._;>;);out body qt;"
    )


def _quoted(text: str) -> str:
    """Return text as a string of Overpass QL, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _literally(text: str) -> str:
    """Return a regular expression that matches just this text."""
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", text)


def ask(query: str, server: Online) -> bytes:
    """Put one question to an Overpass server, or return the answer it gave before.

    Raises:
        ParkDataError: the server cannot be reached, is too busy, or answers with an error.
    """
    key = hashlib.sha256(f"{server.url}\n{query}".encode()).hexdigest()[:32]
    kept = server.cache / f"overpass-{key}.json"
    if kept.is_file() and time.time() - kept.stat().st_mtime < CACHE_DAYS * _SECONDS_A_DAY:
        return kept.read_bytes()
    answer = _post(query, server)
    parse_overpass(answer, server.url)  # only a sound answer is kept
    write_text(kept, answer.decode("utf-8"))
    return answer


def _post(query: str, server: Online) -> bytes:
    host = urlsplit(server.url).netloc or server.url
    try:
        with (
            _patient(server) as session,
            session.post(
                server.url,
                data={"data": query},
                headers={"User-Agent": server.user_agent, "Accept": "application/json"},
                timeout=server.timeout_s,
                stream=True,
            ) as response,
        ):
            body = _read(response, host)
    except requests.RequestException as error:
        raise ParkDataError(
            f"{host} cannot be reached ({_reason(error)}): this machine may be offline; "
            "an extract can be brought in with 'walktalk parks import'"
        ) from error
    if not response.ok:
        raise ParkDataError(
            f"{host} is too busy or refuses (HTTP {response.status_code}): try again later"
        )
    return body


def _patient(server: Online) -> requests.Session:
    """Return a session that asks a busy server again, after longer and longer waits."""
    again = Retry(
        total=TRIES,
        status_forcelist=_AGAIN,
        allowed_methods={"POST"},
        backoff_factor=server.backoff_s,
        backoff_max=LONGEST_WAIT_S,
        raise_on_status=False,
    )
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def _read(response: requests.Response, host: str) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise ParkDataError(f"{host}: the answer is larger than {MAX_ANSWER_BYTES} bytes")
    return bytes(body)


def _reason(error: requests.RequestException) -> str:
    """Return the innermost cause in its own words, without the objects it is wrapped in."""
    cause: object = error.args[0] if error.args else error
    cause = getattr(cause, "reason", None) or cause
    return str(cause).split(": ", 1)[-1]


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
