"""Making the client's page from a shared walk; the counsellor's preview is made here too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import shapely
from flask import render_template
from markupsafe import Markup

from walktalk.maps import licence_notice, qr_svg, sketch
from walktalk.maps.formats import FORMATS, recording_words
from walktalk.maps.grid import grid_reference
from walktalk.maps.map_parts import map_element
from walktalk.maps.sketch import BEYOND_WIDE, sketch_and_start
from walktalk.maps.walk_map import map_paper
from walktalk.parks import LonLat
from walktalk.parks.geodesy import compass_point
from walktalk.routes import Finding, Walk
from walktalk.routes.checks import CHECK_BY_ID, title_of
from walktalk.routes.directions import Step, directions
from walktalk.routes.getting_there import ways_there
from walktalk.routes.landmarks import turning_point_m
from walktalk.routes.light_on_the_way import light_in_words
from walktalk.routes.passed import things_passed, whereabouts
from walktalk.routes.road_ahead import road_ahead, roads_met
from walktalk.routes.timing import route_minutes
from walktalk.routes.turning_back import told_ways_home, turning_back
from walktalk.routes.ways_out import HELP_EVERY_M, HelpPoint, help_points
from walktalk.routes.words import distance_in_words, listed
from walktalk.sessions.opened import SharedWalk
from walktalk.web.client.reach import number_in
from walktalk.wording import _, n_

TOO_LONG = frozenset(["tcx", "gpx-times"])
"""Formats that a page in one file leaves out: the longest, and made for devices and apps that are
few."""

_NO_BREAK = "\N{NO-BREAK SPACE}"

USUAL_PACE = 1.0
"""Metres a second for the minutes of the directions, where the walk's own times give none."""


@dataclass(frozen=True)
class Spot:
    """A position as it can be read out."""

    position: LonLat

    @property
    def grid(self) -> str:
        """British grid reference."""
        return grid_reference(self.position).replace(" ", _NO_BREAK)

    @property
    def coordinates(self) -> str:
        """Latitude and longitude, as maps write them."""
        return f"{self.position[1]:.5f}, {self.position[0]:.5f}"

    @property
    def geo(self) -> str:
        """Address that opens a phone's own map (RFC 5870)."""
        return f"geo:{self.pair}?q={self.pair}"

    @property
    def pair(self) -> str:
        """Latitude and longitude, as addresses hold them."""
        return f"{self.position[1]:.5f},{self.position[0]:.5f}"

    @property
    def maps(self) -> tuple[tuple[str, str], ...]:
        """Maps on the web to choose from, each by its own name, with its address."""
        lat, lon = self.pair.split(",")
        return (
            ("Apple Maps", f"https://maps.apple.com/?q={self.pair}"),
            ("Google Maps", f"https://www.google.com/maps/search/?api=1&query={self.pair}"),
            (
                "OpenStreetMap",
                f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}",
            ),
        )


@dataclass(frozen=True)
class HelpEntry:
    """One point of the walk with what helps there."""

    point: HelpPoint
    spot: Spot
    whereabouts: str
    road_ahead: str

    @property
    def again(self) -> str:
        """When the walk comes by again: "900 m and 1.8 km"."""
        return listed([distance_in_words(metres) for metres in self.point.again_m])

    @property
    def way_off(self) -> str:
        """How to leave the walk from here."""
        way_off = self.point.way_off
        return way_off.in_words(passed_again=bool(self.point.again_m)) if way_off else ""


class Links:
    """Where the files of a page are: below its address.

    Args:
        here: the page's address.
    """

    def __init__(self, here: str) -> None:
        self._here = here

    def address(self, name: str) -> str:
        """Return the address of one of the page's files."""
        return f"{self._here}/{name}"

    def __call__(self, name: str, is_download: bool = False) -> Markup:
        """Return the attributes of a link to one of the page's files."""
        return Markup('href="{}"{}').format(
            self.address(name), Markup(" download") if is_download else ""
        )


@dataclass(frozen=True)
class FileParts:
    """What a page brings with it that is one file.

    Attributes:
        links: where its files are: inside it.
        style: its style sheet.
        scripts: its scripts, in their order.
        saved_at: when it was made.
        until_ms: when it ends, as JavaScript counts time: milliseconds since 1970.
    """

    links: Links
    style: Markup
    scripts: tuple[Markup, ...]
    saved_at: datetime
    until_ms: int


def walk_page(shared: SharedWalk, here: str, file: FileParts | None = None) -> str:
    """Return the page.

    Args:
        shared: what may be shown.
        here: the page's address, below which its files are; ``""`` for a page that is one file.
        file: what such a page brings with it; ``None`` for one on this server.
    """
    walk = shared.walk
    around = {"here": here, "file": file, "at": file.links if file else Links(here)}
    if shared.cancelled:
        return _called_off_page(shared, around)
    paper = map_paper(walk)
    drawn, drawn_size, near = sketch_and_start(walk)
    return render_template(
        "client/walk.html",
        **around,
        shared=shared,
        walk=walk,
        place=walk.meeting_place,
        start=Spot(walk.route.coordinates[0]),
        words=shared.words,
        steps=steps_of(walk),
        turning_back=turning_back(walk.proposal),
        ways_home=told_ways_home(walk.proposal),
        light=light_in_words(walk),
        turns=turning_point_m(walk.route) is not None,
        ways_there=ways_there(walk.area, walk.route),
        reach=number_in(shared.words),
        facts=facts_of(walk),
        nothing_known_of=_nothing_known_of(walk),
        unknown_of=_unknown_of(walk),
        sources=_sources(facts_of(walk)),
        photographs={each.shows: each for each in shared.photographs},
        help=_help(walk),
        help_every_m=HELP_EVERY_M,
        line=_line_of(walk),
        compass=",".join(_(compass_point(45.0 * eighth)) for eighth in range(8)),
        formats=[each for each in FORMATS.values() if not file or each.key not in TOO_LONG],
        recording=recording_words(),
        map=Markup(map_element(paper)),  # noqa: S704 - made here
        map_shape=paper.shape,
        sketch=Markup(drawn),  # noqa: S704 - drawn by us, names in it are escaped
        sketch_size=drawn_size,
        near_box=" ".join(f"{each:g}" for each in near.box),
        near_names=near.names,
        notice=licence_notice(walk.area),
    )


def _called_off_page(shared: SharedWalk, around: Mapping[str, object]) -> str:
    """Return the page of a walk that does not take place: that, what to do, and nothing more."""
    return render_template(
        "client/called_off.html",
        **around,
        shared=shared,
        walk=shared.walk,
        place=shared.walk.meeting_place,
        words=shared.words,
    )


def print_page(shared: SharedWalk, here: str, url: str) -> str:
    """Return the page to print: one sheet of A4 with a drawing and a code of the link.

    Args:
        shared: what may be shown.
        here: the address of the walk's page on this server.
        url: the same as a whole address, for the code; ``""`` for no code.
    """
    walk = shared.walk
    return render_template(
        "client/print.html",
        here=here,
        shared=shared,
        walk=walk,
        place=walk.meeting_place,
        start=Spot(walk.route.coordinates[0]),
        steps=steps_of(walk),
        turning_back=turning_back(walk.proposal),
        light=light_in_words(walk),
        sketch=Markup(sketch(walk, beyond=BEYOND_WIDE)),  # noqa: S704 - drawn by us, names in it are escaped
        code=Markup(qr_svg(url)) if url else "",  # noqa: S704 - squares only
        notice=licence_notice(walk.area),
    )


def steps_of(walk: Walk) -> tuple[Step, ...]:
    """Return the walk step by step, in minutes that agree with its timetable."""
    return directions(walk.area, walk.route, _pace(walk))


def facts_of(walk: Walk) -> list[Finding]:
    """Return what is known and not known about the ground, always in the same order."""
    return [found for found in walk.proposal.findings if _is_on_the_page(found)]


def _nothing_known_of(walk: Walk) -> dict[str, str]:
    """Return what nothing at all is known of, by check, in a word or two each."""
    return {found.check: title_of(found.check) for found in facts_of(walk) if not found.is_known}


def _help(walk: Walk) -> list[HelpEntry]:
    """Return what helps along the walk, each point with where it is in words."""
    area, route = walk.area, walk.route
    passed, met = things_passed(area, route), roads_met(area, route)
    minutes = walk.proposal.walking_minutes
    pace = route.length_m / minutes if minutes else USUAL_PACE * 60
    return [
        HelpEntry(
            point,
            Spot(point.position),
            whereabouts(passed, point.distance_m),
            road_ahead(met, route, point.distance_m, pace, once=not point.again_m),
        )
        for point in help_points(area, route)
    ]


def _line_of(walk: Walk) -> str:
    """Return the walk's line for a phone that looks how far off it is: "51.91014 -2.07039,..."."""
    flat = shapely.LineString(walk.route.coordinates).simplify(_LINE_DEG)
    return ",".join(f"{lat:.5f} {lon:.5f}" for lon, lat in flat.coords)


_LINE_DEG = 8e-5
"""Degrees, about 8 m, within which the line for a phone follows the walk."""

MOST_NAMED = 3
"""Subjects named in the one line about what is not known; the list behind it has them all."""


def _unknown_of(walk: Walk) -> str:
    """Return one line about what is not known: "We do not know about steps and width"."""
    subjects = [title_of(found.check) for found in facts_of(walk) if found.level == "unknown"]
    named = [f"{each[:1].lower()}{each[1:]}" for each in subjects[:MOST_NAMED]]
    if left := len(subjects) - len(named):
        named.append(n_("%(number)s more thing", "%(number)s more things", left))
    return _("We do not know about %(subjects)s", subjects=listed(named)) if named else ""


def _sources(facts: list[Finding]) -> list[tuple[str, str]]:
    """Return who says so, each with the date they speak of, once."""
    return list(dict.fromkeys((f.source, f.checked_on) for f in facts if f.source))


def _is_on_the_page(found: Finding) -> bool:
    check = CHECK_BY_ID.get(found.check)
    when = check.on_the_page if check else "always"
    if when == "if anything is known":
        return found.is_known
    return when == "always" or (when == "unless unknown" and found.level != "unknown")


def _pace(walk: Walk) -> float:
    """Return the pace that gives the walking minutes of the timetable."""
    at_usual_pace = route_minutes(walk.area, walk.route, USUAL_PACE)
    minutes = walk.proposal.walking_minutes
    return USUAL_PACE * at_usual_pace / minutes if minutes and at_usual_pace else USUAL_PACE
