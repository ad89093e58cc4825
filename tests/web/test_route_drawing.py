"""A route is drawn along a park's paths, by taps or by places from a list, and kept."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.web.browsing import PHONE, Visit
from tests.web.desk import Desk
from tests.web.test_accessibility import violations

PAGE = "/areas/pittville-park/draw-route"


def points_of(page: str) -> str:
    match = re.search(r'<textarea[^>]*name="points"[^>]*>\s*([^<]*)</textarea>', page)
    assert match is not None
    return match[1].strip()


def test_places_from_the_list_make_a_route_that_is_kept_and_walked(desk: Desk) -> None:
    assert "It starts where you tap first" in desk.get(PAGE).text
    page = desk.post(PAGE, {"place": "boat-house", "step": "add"}).text
    assert "It starts here." in page
    for place in ("lake-west-end", "lake-east-end"):
        sent = {"points": points_of(page), "place": place, "step": "add"}
        page = desk.post(PAGE, sent).text
    assert re.search(r"1\.\d km, about \d\d minutes at a gentle pace, one way", page)
    assert "What is found on it" in page
    page = desk.post(PAGE, {"points": points_of(page), "place": "", "step": "undo"}).text
    assert re.search(r"\d\d\d m, about \d\d minutes at a gentle pace, one way", page)
    nameless = desk.post(PAGE, {"points": points_of(page), "place": "", "step": "keep"})
    assert nameless.status_code == 422
    kept = desk.post(
        PAGE, {"points": points_of(page), "place": "", "step": "keep", "name": "By the water"}
    )
    assert "By the water" in kept.text
    assert "Drawn on the map, along recorded paths." in kept.text
    address = re.findall(r"/plan\?route=(pittville-park/recorded-[\w-]+)", kept.text)[0]
    walk = desk.plan(route=address, start="pittville-park/boat-house")
    assert "By the water" in walk.text
    assert desk.save(walk).status_code == 200


def test_keeping_the_same_form_twice_keeps_one_route_and_an_erased_one_stays_erased(
    desk: Desk,
) -> None:
    page = desk.get(PAGE).text
    shown = re.search(r'name="walk_id" value="([0-9a-f]{32})"', page)
    assert shown is not None
    sent = {"points": "51.9101, -2.0704\n51.9098, -2.0760", "place": "", "name": "By the water"}
    again = desk.post(PAGE, {**sent, "walk_id": shown[1], "step": "show"}).text
    assert f'value="{shown[1]}"' in again
    for _ in range(2):
        kept = desk.post(PAGE, {**sent, "walk_id": shown[1], "step": "keep"})
        assert len(set(re.findall(r"route=pittville-park/recorded-[\w-]+", kept.text))) == 1
    desk.post(f"/routes/recorded/{UUID(shown[1])}/delete")
    desk.post(f"/routes/recorded/{UUID(shown[1])}/erase")
    assert desk.post(PAGE, {**sent, "walk_id": shown[1], "step": "keep"}).status_code == 410
    assert "By the water" not in desk.get("/routes").text


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("nowhere", "Line 1: give latitude and longitude, with a comma."),
        ("51.9101, -2.0704\n51.80, -2.30", "Give point 2 nearer to a path."),
        ("\n".join(["51.9101, -2.0704"] * 101), "Give no more than 100 points."),
    ],
)
def test_points_that_make_no_route_are_refused_in_words(desk: Desk, points: str, said: str) -> None:
    answer = desk.post(PAGE, {"points": points, "place": "", "step": "show"})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_route_without_a_length_is_not_kept(desk: Desk) -> None:
    answer = desk.post(PAGE, {"points": "", "place": "", "step": "keep", "name": "Nothing"})
    assert answer.status_code == 422
    assert "Give two points or more: a route needs a length." in answer.text


@pytest.mark.browser
def test_a_route_is_drawn_by_taps_on_a_phone_undone_and_kept(visit: Visit) -> None:
    page = visit.at_desk(PHONE)
    page.goto(PAGE)
    said = page.locator("#drawing [role=status]")
    for place, words in (
        ("boat-house", "It starts here."),
        ("lake-west-end", "m, about"),
        ("lake-east-end", "km, about"),
    ):
        page.locator(f"[data-place={place}]").click()
        expect(said).to_contain_text(words)
    assert violations(page) == []
    page.get_by_role("button", name="Undo the last point").click()
    expect(said).not_to_contain_text("km")
    expect(page.get_by_role("button", name="Undo the last point")).to_be_focused()
    page.get_by_label("What do you call it?").fill("By the water")
    page.get_by_role("button", name="Keep this route").click()
    page.wait_for_url("**/routes")
    expect(page.get_by_text("Drawn on the map, along recorded paths.")).to_be_visible()
    assert visit.elsewhere() == []
