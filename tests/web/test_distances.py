"""Distances are said in the units that the counsellor wants, on every page and in every file."""

import re

import gpxpy
import pytest
from lxml import html

from tests.web.desk import Desk, link_of
from walktalk.parks import load_area
from walktalk.resources import shipped_parks
from walktalk.routes.words import distance_in_words

METRIC = re.compile(r"\d k?m\b")
KM = re.compile(r"2\.\d km")
MILES = re.compile(r"1\.\d miles")
"""How long the walk is; how much longer than 2 km is not for these tests to say."""
IMPERIAL = re.compile(r"\d (?:yards?|miles)\b")
STAYS = (load_area(shipped_parks() / "pittville-park.geojson").meeting_points[0].how_to_find,)
"""What an area's file says of a meeting place in its own words."""


def said_on(page: str) -> str:
    """Return the words of a page."""
    found = html.document_fromstring(page)
    for hidden in found.iter("script", "style"):
        hidden.clear()
    text = re.sub(r"\s+", " ", found.text_content())
    for kept in STAYS:
        text = text.replace(kept, "")
    return text


def choose(desk: Desk, units: str) -> str:
    desk.get("/settings")
    return desk.post("/settings", {"distances": units}).text


def opened(desk: Desk, address: str) -> str:
    return desk.app.test_client().get(address).text


@pytest.mark.slow
def test_distances_are_metric_until_somebody_chooses_and_can_be_so_again(desk: Desk) -> None:
    link = desk.shared()
    assert 'id="distances-0" name="distances" type="radio" value="metric" checked' in (
        re.sub(r"<input checked (.*?)>", r"<input \1 checked>", desk.get("/settings").text)
    )
    assert KM.search(opened(desk, link))
    assert "Your settings are saved." in choose(desk, "miles")
    assert MILES.search(opened(desk, link))
    choose(desk, "metric")
    assert KM.search(opened(desk, link))


def test_other_units_are_refused_at_their_field_and_change_nothing(desk: Desk) -> None:
    desk.get("/settings")
    page = desk.post("/settings", {"distances": "furlongs"})
    assert page.status_code == 422
    assert "Choose one from the list." in page.text
    assert KM.search(desk.plan().text)


def test_words_that_are_saved_leave_the_units_as_they_are(desk: Desk) -> None:
    choose(desk, "miles")
    desk.get("/settings")
    desk.post("/settings", {"recognise": "I wear a green scarf."})
    assert MILES.search(desk.plan().text)


@pytest.mark.parametrize("below", ["", "/print"])
@pytest.mark.slow
def test_a_walk_planned_in_miles_says_no_metres_to_whoever_opens_its_link(
    desk: Desk, below: str
) -> None:
    choose(desk, "miles")
    said = said_on(opened(desk, f"{desk.shared()}{below}"))
    assert METRIC.findall(said) == []
    assert IMPERIAL.search(said)


def test_the_link_s_page_says_way_timetable_and_help_in_yards_and_miles(desk: Desk) -> None:
    choose(desk, "miles")
    page = opened(desk, desk.shared())
    for part in (
        r'<td class="number">0 yards</td>',
        r'<td class="number">0\.\d miles</td>',
        r"After 109 yards",
        r"The nearest road we know is Evesham Road, about \d+ yards away\.",
        r"Where you are, every 110 yards of the walk",
        r'data-short="\{number\} yards"',
        r'data-long="\{number\} miles"',
        r'data-units="0\.9144 1609\.344 880"',
        r"give or take \{around\}\.",
    ):
        assert re.search(part, page), part


def test_short_steps_are_told_in_tens_of_yards(desk: Desk) -> None:
    link = desk.shared(start="pittville-park/lake-east-end", minutes="30")
    metric = re.findall(r"about (\d+) m\b", opened(desk, f"{link}/print"))
    choose(desk, "miles")
    yards = re.findall(r"about (\d+) yards\b", opened(desk, f"{link}/print"))
    assert len(metric) == len(yards) > 0
    assert all(int(number) % 10 == 0 for number in yards)


def test_the_map_s_scale_and_the_files_follow_the_units(desk: Desk) -> None:
    link = desk.shared()
    assert '"imperial": false, "metric": true' in opened(desk, f"{link}/map.js")
    choose(desk, "miles")
    assert '"imperial": true, "metric": false' in opened(desk, f"{link}/map.js")
    described = gpxpy.parse(opened(desk, f"{link}/walk.gpx")).description or ""
    assert MILES.search(described)


@pytest.mark.parametrize("name", ["", "/print", "/walk.gpx"])
@pytest.mark.slow
def test_what_a_browser_keeps_is_fetched_again_when_the_units_change(desk: Desk, name: str) -> None:
    address = f"{desk.shared()}{name}"
    public = desk.app.test_client()
    before = public.get(address).headers["ETag"]
    assert public.get(address, headers={"If-None-Match": before}).status_code == 304
    choose(desk, "miles")
    assert public.get(address, headers={"If-None-Match": before}).status_code == 200


def test_what_a_walk_was_found_to_be_stays_in_the_units_it_was_planned_in(desk: Desk) -> None:
    link = desk.shared()
    choose(desk, "miles")
    page = opened(desk, link)
    assert re.search(r"passes a playground at about \d+ m\.", page)
    assert MILES.search(page)


@pytest.mark.slow
def test_the_desk_s_own_pages_follow_the_units_and_yardsticks_stay_as_published(
    desk: Desk,
) -> None:
    choose(desk, "miles")
    plan = desk.get("/plan").text
    assert "no more than 55 yards from a path" in plan
    assert "A path at least 2 m wide" in plan
    proposals = said_on(desk.plan().text)
    assert re.search(r"passes a playground at about \d+ yards\.", proposals)
    assert "2 m of clear width" in proposals
    assert re.search(r"\d\.\d km|\d{3} m of", proposals) is None
    assert re.search(r"1\.\d miles", said_on(desk.get(desk.saved()).text))
    assert "5.0 miles of paths" in desk.get("/areas/pittville-park").text
    assert "5.0 miles of paths" in desk.get("/areas").text
    assert "0.8 miles once round" in desk.get("/routes").text


def test_a_position_too_far_from_a_path_is_refused_in_the_units(desk: Desk) -> None:
    choose(desk, "miles")
    page = desk.plan(position="51.9200, -2.0680")
    assert re.search(r"Within 55 yards of a path: the nearest is [\d.]+ \w+ away\.", page.text)


@pytest.mark.slow
def test_the_preview_and_the_file_from_disk_say_the_same_units_as_the_link(desk: Desk) -> None:
    choose(desk, "miles")
    address = desk.saved()
    assert METRIC.findall(said_on(desk.get(f"{address}/preview").text)) == []
    page = desk.post(f"{address}/file", {"answer": "agreed-to-go-and-see"})
    assert METRIC.findall(said_on(page.text)) == []
    link = link_of(desk.post(f"{address}/share", {"answer": "agreed-to-go-and-see"}))
    assert MILES.search(opened(desk, link))


def test_one_request_s_units_do_not_stay_for_the_next(desk: Desk) -> None:
    choose(desk, "miles")
    opened(desk, desk.shared())
    with desk.app.app_context():
        assert distance_in_words(1340) == "1.3 km"
