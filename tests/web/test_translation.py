import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

import gpxpy
import icalendar
import pytest
from lxml import html

from tests.maps.readers import garmin_messages
from tests.web.desk import LAKE, Desk, state_of
from tests.web.pseudo import LOCALE, catalogue, english_in, pseudo, said_on, speak_pseudo
from walktalk import resources
from walktalk.parks import Area
from walktalk.parks.model import FactValue
from walktalk.sessions.page_words import PageWords
from walktalk.web.filters import found_by, more_than

OWN = PageWords(recognise="I carry a red bag.", reach="Telephone 01632 960000.")
NAME_FACTS = ("name", "crosses_road", "beside_road", "beside_water", "street", "opening_hours")
SAID_TAGS = ("Name", "name", "Notes", "description")
MAPS = ("Apple Maps", "Google Maps", "OpenStreetMap")
NAMES = ("OpenStreetMap contributors", "openstreetmap.org/copyright", *MAPS, "ODbL")


def known(area: Area) -> set[str]:
    """Return what nobody translates: names and other recorded data, the counsellor's own words."""
    found = {area.name, *NAMES, OWN.recognise, OWN.reach}
    for place in area.places.values():
        found |= _names_in(place.facts)
        found |= {place.name, place.how_to_find, more_than(place.how_to_find, place.name)}
        found.add(found_by(place.how_to_find, place.name))
        found |= {source.title for source in place.sources.values()}
    for path in area.paths.values():
        found |= _names_in(path.facts) | {source.title for source in path.sources.values()}
    found |= {source.title for source in area.searched.values()}
    found |= {name.removesuffix(area.name).strip(" ,") for name in found}
    found |= {name.removeprefix("The ") for name in found}
    for shape in area.background:
        found |= _lines_of(shape.name)
    return found - {"yes", "no", ""}


def _names_in(facts: Mapping[str, FactValue]) -> set[str]:
    return {str(facts[name]) for name in NAME_FACTS if name in facts}


def _lines_of(name: str) -> set[str]:
    """A name, and the lines that a map breaks it into."""
    words = name.split()
    return {
        " ".join(words[begin:end])
        for begin in range(len(words))
        for end in range(begin + 1, len(words) + 1)
    }


@pytest.fixture
def area(desk: Desk) -> Area:
    return state_of(desk.app).areas[LAKE.split("/")[0]]


@pytest.fixture
def abroad(desk: Desk, tmp_path: Path) -> Desk:
    """A desk where the language that nobody speaks is spoken from the first page on."""
    desk.get("/settings")
    desk.post("/settings", asdict(OWN))
    speak_pseudo(desk.app, tmp_path)
    desk._offered = {}  # what was offered before was in another language
    return desk


def opened(desk: Desk, address: str) -> str:
    return desk.app.test_client().get(address).text


def test_what_stays_english_is_found() -> None:
    page = '<p aria-label="A map">Λέξη <b>some words</b> in 5 m</p><script>let word;</script>'
    assert english_in(said_on(page)) == ["A map", "some words", " in 5 m"]
    assert english_in(["SO 9531 2290", "51.90000, -2.07000", "Pittville Park"], ["Park"]) == [
        "Pittville Park"
    ]


@pytest.mark.parametrize("below", ["", "/print"])
@pytest.mark.parametrize("minutes", ["30", "50"])
@pytest.mark.slow
def test_every_sentence_of_the_page_and_the_sheet_is_translated(
    abroad: Desk, area: Area, below: str, minutes: str
) -> None:
    link = abroad.shared(minutes=minutes)
    page = opened(abroad, f"{link}{below}")
    assert english_in(said_on(page), known(area)) == []
    assert f'<html lang="{LOCALE}">' in page
    assert "Τρίτη 1 Δεκεμβρίου, 10:00" in page


def test_yards_and_miles_are_translated_too(abroad: Desk, area: Area) -> None:
    abroad.post("/settings", asdict(OWN) | {"distances": "miles"})
    page = opened(abroad, abroad.shared())
    assert english_in(said_on(page), known(area)) == []
    assert re.search(rf"\d+ {pseudo('yards')}", page)
    assert re.search(rf"\d,\d {pseudo('miles')}", page)


@pytest.mark.parametrize("start", ["west-cheltenham", "honeybourne-line"])
@pytest.mark.slow
def test_every_sentence_of_another_area_s_page_is_translated(abroad: Desk, start: str) -> None:
    area = state_of(abroad.app).areas[start]
    link = abroad.shared(start=f"{start}/{area.meeting_points[0].id}")
    assert english_in(said_on(opened(abroad, link)), known(area)) == []


def test_a_walk_called_off_and_a_dead_link_say_so_in_the_page_s_language(
    abroad: Desk, area: Area
) -> None:
    address = abroad.saved()
    page = abroad.post(f"{address}/share", {"answer": "agreed-to-go-and-see"})
    link = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert link is not None
    abroad.post(f"{address}/cancel")
    assert pseudo("This walk is called off") in opened(abroad, link[0])
    assert english_in(said_on(opened(abroad, link[0])), known(area)) == []
    assert english_in(said_on(opened(abroad, "/w/nothing"))) == []


@pytest.mark.slow
def test_the_map_that_moves_is_labelled_in_the_page_s_language(abroad: Desk, area: Area) -> None:
    script = opened(abroad, f"{abroad.shared()}/map.js")
    literals = [json.loads(found) for found in re.findall(r'"(?:[^"\\\n]|\\.)*"', script)]
    drawn = [text for each in literals if "<" in each for text in said_on(each)]
    plain = [each for each in literals if re.match(r"[A-Z][a-z]", each) and "<" not in each]
    assert english_in([*drawn, *plain], {*known(area), *single_words(plain)}) == []
    assert pseudo("Zoom in") in literals
    assert pseudo("Start") in "".join(drawn)


def single_words(literals: list[str]) -> set[str]:
    """Return the names of things in the script itself: those that hold no space."""
    return {each for each in literals if " " not in each}


def test_what_keeps_the_page_on_the_phone_speaks_its_language(abroad: Desk) -> None:
    link = abroad.shared()
    script = opened(abroad, f"{link}/keep.js")
    over = re.search(r"^const OVER = (.*);$", script, re.M)
    assert over is not None
    assert english_in(said_on(json.loads(over[1]))) == []
    assert f'const LANGUAGE = "{LOCALE}";' in script
    names = json.loads(opened(abroad, f"{link}/walk.webmanifest"))
    assert names["name"] == names["short_name"] == pseudo("A walk")


@pytest.mark.parametrize(
    "script",
    [
        *(Path("walktalk/web/static") / name for name in ("walk.js",)),
        Path("walktalk/maps/assets/walk_map.js"),
        Path("templates/client/keep.js"),
    ],
    ids=str,
)
def test_no_script_holds_a_sentence(script: Path) -> None:
    text = (resources.templates().parent / script).read_text(encoding="utf-8")
    code = re.sub(r"^\s*//.*$", "", text, flags=re.M)
    assert re.findall(r"""["'`][^"'`\n]*[A-Z][a-z]+ [a-z$]+[^"'`\n]*["'`]""", code) == []


def test_every_file_speaks_the_page_s_language(abroad: Desk, area: Area) -> None:
    link = abroad.shared()
    public = abroad.app.test_client()
    names = {*known(area)}
    for name in ("walk.gpx", "walk-simple.gpx"):
        gpx = gpxpy.parse(public.get(f"{link}/{name}").text)
        said = [gpx.name, gpx.description, gpx.tracks[0].name]
        said += [text for point in gpx.waypoints for text in (point.name, point.type)]
        assert english_in([text or "" for text in said], names) == []
    for name in ("walk.tcx", "walk.kml"):
        tree = ElementTree.parse(io.BytesIO(public.get(f"{link}/{name}").data))
        texts = [each.text or "" for each in tree.iter() if each.tag.endswith(SAID_TAGS)]
        assert english_in(texts, names | short(area)) == []
    for each in json.loads(public.get(f"{link}/walk.geojson").text)["features"]:
        assert english_in([each["properties"]["name"]], names) == []
    points = garmin_messages(public.get(f"{link}/walk.fit").data)["course_point_mesgs"]
    assert english_in([str(point["name"]) for point in points], names | short(area)) == []
    [event] = icalendar.Calendar.from_ical(public.get(f"{link}/walk.ics").data).walk("VEVENT")
    assert event["summary"] == pseudo("A walk")


def short(area: Area) -> set[str]:
    """Return the names of places cut to what a device has room for."""
    return {place.name[:length] for place in area.places.values() for length in range(3, 16)}


def test_the_file_that_opens_from_disk_speaks_the_language(abroad: Desk, area: Area) -> None:
    address = abroad.saved()
    page = abroad.post(f"{address}/file", {"answer": "agreed-to-go-and-see"}).text
    assert english_in(said_on(page), known(area)) == []
    assert html.document_fromstring(page.encode()).get("lang") == LOCALE


def test_the_ready_message_is_translated(abroad: Desk) -> None:
    address = abroad.saved()
    page = abroad.post(f"{address}/share", {"answer": "agreed-to-go-and-see"}).text
    assert pseudo("Here is the map for our walk on ") in page
    page = abroad.post(f"{address}/cancel").text
    assert pseudo(" is called off. This link says so.") in page


def test_what_a_walk_was_found_to_be_stays_in_the_language_it_was_planned_in(
    desk: Desk, tmp_path: Path
) -> None:
    link = desk.shared()
    speak_pseudo(desk.app, tmp_path)
    page = opened(desk, link)
    assert "From the farthest point it is about" in page
    assert pseudo("You are back at the start.") in page


@pytest.mark.slow
def test_a_plural_is_translated_as_one() -> None:
    message = catalogue().get("about %(number)s minute")
    assert message is not None
    assert message.string == (pseudo("about %(number)s minute"), pseudo("about %(number)s minutes"))
