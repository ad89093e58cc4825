"""A walk as one file: a page with its map that opens from disk with no network at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib import resources

from jinja2 import BaseLoader, Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from walktalk.maps.drawing import drawing_of
from walktalk.maps.leaflet import leaflet_script, leaflet_styles_inlined
from walktalk.maps.map_parts import map_script
from walktalk.maps.notice import licence_notice
from walktalk.maps.sketch import sketch, sketch_css
from walktalk.maps.summary import summary_words, title, when_words, where_words
from walktalk.maps.symbols import place_words
from walktalk.maps.walk_map import walk_map
from walktalk.routes import Walk
from walktalk.routes.clock import LONDON
from walktalk.routes.turning_back import turning_back
from walktalk.routes.words import (
    clock_in_words,
    distance_in_words,
    event_in_words,
    whole_minutes_in_words,
)
from walktalk.wording import _, language


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the timetable in words."""

    when: str
    what: str
    where: str


def standalone_html(walk: Walk) -> str:
    """Return a self-contained page with the walk's map: scripts, styles and images inside.

    Its Content-Security-Policy forbids every request, so a mistake here could not tell anybody
    that the page was opened.
    """
    parts = walk_map(walk)
    place = walk.meeting_place
    environment = Environment(
        loader=BaseLoader(),
        autoescape=select_autoescape(default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = _
    return environment.from_string(_asset("standalone.html")).render(
        title=title(),
        language=language().tag,
        when=when_words(walk),
        how_long=whole_minutes_in_words(walk.request.minutes),
        where=where_words(walk),
        how_to_find=place.how_to_find if place else "",
        summary=summary_words(walk),
        timetable=_timetable(walk),
        places=", ".join(place_words(place) for place in drawing_of(walk).places),
        shortcut=walk.proposal.shortcut is not None,
        turning_back=" ".join(turning_back(walk.proposal)),
        notice=licence_notice(walk.area),
        map_html=Markup(parts.html),  # noqa: S704 - made here, names in it are escaped
        sketch=Markup(sketch(walk)),  # noqa: S704 - made here, names in it are escaped
        styles=_inline("\n".join((leaflet_styles_inlined(), parts.css, sketch_css(), _page_css()))),
        scripts=[_inline(each) for each in (leaflet_script(), map_script(), parts.script)],
    )


def _timetable(walk: Walk) -> list[_Line]:
    lines: list[_Line] = []
    for entry in walk.proposal.timetable:
        at = walk.request.at
        if at is None:
            when = _("%(number)s min", number=f"{entry.minute:.0f}")
        else:
            when = clock_in_words((at + timedelta(minutes=entry.minute)).astimezone(LONDON))
        where = distance_in_words(entry.distance_m) if entry.distance_m else _("at the start")
        lines.append(_Line(when, event_in_words(entry), where))
    return lines


def _page_css() -> str:
    return _asset("standalone.css")


def _asset(name: str) -> str:
    return resources.files("walktalk.maps").joinpath(f"assets/{name}").read_text("utf-8")


def _inline(text: str) -> Markup:
    """Return script or style text that cannot end its own element early."""
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 - made here and by Leaflet
