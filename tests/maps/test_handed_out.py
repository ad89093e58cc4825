"""What every map and file has in common: it gives nothing away and asks nobody for anything."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.maps.meadow import MEADOW, PLACES, PRIVATE_WORD, walk_round
from walktalk.maps import (
    FORMATS,
    calendar_file,
    file_name,
    licence_notice,
    map_css,
    proposals_map,
    sketch,
    sketch_css,
    standalone_html,
    walk_map,
)
from walktalk.maps.gpx import gpx_file
from walktalk.maps.leaflet import leaflet_script
from walktalk.routes import Walk

_FORBIDDEN = re.compile(rf"walktalk|client(?![XY])|counsel|therap|{PRIVATE_WORD}", re.IGNORECASE)


def _calendar(walk: Walk) -> str:
    return calendar_file(walk, uid="1@walk", written_at=datetime(2026, 11, 1, tzinfo=UTC)).decode()


def _file(key: str) -> Callable[[Walk], str]:
    return lambda walk: FORMATS[key].write(walk).decode("latin-1")


def _without_leaflet(page: str) -> str:
    leaflets_own = leaflet_script().replace("</", "<\\/")
    assert leaflets_own in page
    return page.replace(leaflets_own, "")


OUTPUTS: dict[str, Callable[[Walk], str]] = {
    "map script": lambda walk: walk_map(walk).script,
    "map element": lambda walk: walk_map(walk).html,
    "map styles": lambda _walk: map_css() + sketch_css(),
    "proposals": lambda walk: proposals_map([walk, walk]).script,
    "sketch": sketch,
    "page in one file": lambda walk: _without_leaflet(standalone_html(walk)),
    **{f"{key} file": _file(key) for key in FORMATS},
    "calendar entry": _calendar,
    "file name": lambda walk: file_name(walk, "gpx"),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_nothing_handed_out_tells_why_people_walk(name: str) -> None:
    assert not _FORBIDDEN.search(OUTPUTS[name](walk_round()))


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_same_walk_gives_the_same_bytes(name: str) -> None:
    assert OUTPUTS[name](walk_round()) == OUTPUTS[name](walk_round())


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_was_asked_for_changes_nothing_that_is_handed_out(name: str) -> None:
    fussy = walk_round(preferences=frozenset({"quiet", "shade"}), unknown="refuse")
    assert OUTPUTS[name](walk_round()) == OUTPUTS[name](fussy)


@pytest.mark.parametrize("name", ["map script", "map element", "sketch", "proposals"])
def test_parts_of_a_page_carry_no_inline_style_or_script(name: str) -> None:
    text = OUTPUTS[name](walk_round())
    assert not re.search(r"style\s*=|<style|<script|\son\w+\s*=", text.replace("\\u003c", "<"))


@pytest.mark.parametrize("name", ["map script", "page in one file", "sketch"])
def test_no_library_but_leaflet_is_used_and_none_from_elsewhere(name: str) -> None:
    text = OUTPUTS[name](walk_round())
    assert not re.search(r"jquery|bootstrap|awesome|\bcdn|unpkg", text, re.IGNORECASE)


def test_places_names_are_text_and_never_markup_or_templates() -> None:
    with_room = replace(PLACES["cafe"], position=(-2.0795, 51.9015))
    lane = replace(
        MEADOW.background[1], name=with_room.name, rings=(((-2.081, 51.9035), (-2.074, 51.9035)),)
    )
    places = {"gate": PLACES["gate"], "cafe": with_room}
    walk = walk_round(area=replace(MEADOW, places=places, background=(lane,)))
    for text in (walk_map(walk).script, sketch(walk), standalone_html(walk)):
        assert "Tea <b>" not in text
        assert text.count("7 * 7") == text.count("Tea ") > 0
    assert "&#123;&#123; 7 * 7" in walk_map(walk).script.replace("\\u0026", "&")


def test_maps_and_files_name_the_source_of_their_data() -> None:
    walk = walk_round()
    assert "OpenStreetMap contributors" in licence_notice(walk.area)
    assert "OpenStreetMap" in walk_map(walk).script
    assert licence_notice(walk.area) in standalone_html(walk)
    assert licence_notice(walk.area) in gpx_file(walk).decode()


def test_file_names_carry_the_day_in_london_and_nothing_else() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert file_name(walk_round(), "gpx") == "walk-2026-12-01.gpx"
    assert file_name(walk_round(at=late), "ics") == "walk-2026-07-02.ics"
    assert file_name(walk_round(at=None), "fit") == "walk.fit"
