"""What a phone says and shows about where it is, on the page of a walk."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browsing import PHONE, Visit, no_signal, unfold, walk_on_map

pytestmark = pytest.mark.browser

ON_THE_WALK = (51.9095, -2.0735)
PAIR = re.compile(r"\d+\.\d{5}, -\d+\.\d{5}")


def knows(place: tuple[float, float], accuracy: float = 12) -> dict[str, Any]:
    """Return the options of a phone that knows where it is."""
    where = {"latitude": place[0], "longitude": place[1], "accuracy": accuracy}
    return {"geolocation": where, "permissions": ["geolocation"]}


def phone_at(visit: Visit, place: tuple[float, float], accuracy: float = 12) -> Page:
    """Return a phone that knows where it is and keeps nothing, with a walk's page open."""
    phone = visit.open(PHONE, service_workers="block", **knows(place, accuracy))
    phone.goto(visit.link)
    return phone


def where_am_i(page: Page) -> Locator:
    """Ask beside the map; return what is said in the part about help."""
    page.get_by_role("button", name="Where am I?").first.click()
    said = page.locator("#help-here")
    expect(said).to_contain_text("give or take")
    return said


def is_in_sight(page: Page, part: str) -> bool:
    """Whether a part of the map lies within the map's frame, as a whole."""
    inner, outer = (page.locator(each).first.bounding_box() for each in (part, ".walk-map"))
    assert inner is not None
    assert outer is not None
    return (
        outer["x"] <= inner["x"]
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        and outer["y"] <= inner["y"]
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    )


def test_where_am_i_shows_the_phones_own_place_and_what_helps_there(visit: Visit) -> None:
    link = visit.link
    phone = visit.phone_with(link, **knows(ON_THE_WALK))
    asked = len(visit.requests)
    with no_signal(phone):
        phone.goto(link)
        said = where_am_i(phone)
        expect(phone.locator("#own-said")).to_contain_text("51.90950, -2.07350")
        expect(phone.locator(".walk-map path.own-dot")).to_be_visible()
        expect(said).to_contain_text("51.90950, -2.07350, give or take 12 m.")
    assert not any("51.909" in address for address in visit.requests[asked:])


def test_no_paragraph_holds_two_places(visit: Visit) -> None:
    phone = phone_at(visit, ON_THE_WALK)
    unfold(phone)
    said = where_am_i(phone)
    expect(said).to_contain_text("The nearest point of the walk:")
    expect(said).to_contain_text("Grid reference SO")
    told = [PAIR.findall(text) for text in said.locator("p").all_inner_texts()]
    assert max(len(pairs) for pairs in told) == 1
    assert sum(len(pairs) for pairs in told) == 2


def test_a_phone_that_knows_its_place_only_roughly_says_so_and_names_no_point(
    visit: Visit,
) -> None:
    phone = phone_at(visit, ON_THE_WALK, accuracy=3000)
    said = where_am_i(phone)
    for told in (said, phone.locator("#own-said")):
        expect(told).to_contain_text("give or take 3.0 km.")
        expect(told).to_contain_text("knows its place only roughly")
        expect(told).not_to_contain_text("near")
        expect(told).not_to_contain_text("After")
    expect(phone.locator(".spots .nearest")).to_have_count(0)


def test_a_place_off_the_walk_is_shown_together_with_the_walk(visit: Visit) -> None:
    phone = phone_at(visit, (ON_THE_WALK[0] + 0.012, ON_THE_WALK[1]))
    expect(where_am_i(phone)).to_contain_text(
        re.compile(r"about 1\.\d km from the walk, to the north\.")
    )
    expect(phone.locator(".walk-map path.own-dot")).to_be_visible()
    assert is_in_sight(phone, ".walk-map path.own-dot")
    assert is_in_sight(phone, ".walk-map path.walk-line")


def test_a_place_beside_the_walk_is_told_by_how_far_and_which_way(visit: Visit) -> None:
    phone = phone_at(visit, (ON_THE_WALK[0] - 0.0008, ON_THE_WALK[1]))
    where_am_i(phone)
    own = phone.locator("#own-said")
    expect(own).to_have_text(re.compile(r"^You are about \d+ m from the walk, to the south"))
    on_it = phone_at(visit, (51.90993, -2.07180), accuracy=5)
    where_am_i(on_it)
    told = re.compile(r"^You are (at|about \d.*(past|along)) .*You are on the walk\.")
    expect(on_it.locator("#own-said")).to_have_text(told)


def test_a_place_far_away_leaves_the_map_as_it_was(visit: Visit) -> None:
    phone = phone_at(visit, (52.5, ON_THE_WALK[1]))
    before = walk_on_map(phone).get_attribute("d")
    expect(where_am_i(phone)).to_contain_text(
        re.compile(r"about 6\d\.\d km from the walk, to the north\.")
    )
    expect(phone.locator(".walk-map path.own-dot")).to_have_count(0)
    assert walk_on_map(phone).get_attribute("d") == before
    assert is_in_sight(phone, ".walk-map path.walk-line")


def test_where_am_i_can_be_asked_in_the_part_about_help(visit: Visit) -> None:
    phone = phone_at(visit, ON_THE_WALK)
    unfold(phone)
    beside_help = phone.get_by_role("button", name="Where am I?").last
    beside_help.click()
    expect(phone.locator("#help-here")).to_contain_text("51.90950, -2.07350")
    expect(phone.locator("#help-here")).to_have_attribute("aria-live", "polite")
    expect(phone.locator("#own-said")).to_have_attribute("aria-live", "off")


def test_who_does_not_say_where_they_are_is_told_so(visit: Visit) -> None:
    phone = visit.open(PHONE)
    phone.goto(visit.link)
    phone.get_by_role("button", name="Where am I?").first.click()
    for told in (phone.locator("#own-said"), phone.locator("#help-here")):
        expect(told).to_contain_text("did not say where you are")


@pytest.mark.parametrize(
    ("latitude", "metric", "imperial"),
    [
        (51.9155, r"about \d\d0 m from the walk", r"about \d\d0 yards from the walk"),
        (51.99, r"about \d\.\d km from the walk", r"about \d\.\d miles from the walk"),
    ],
)
def test_how_far_the_walk_is_comes_in_the_units_that_are_chosen(
    visit: Visit, latitude: float, metric: str, imperial: str
) -> None:
    desk, phone = visit.at_desk(), phone_at(visit, (latitude, ON_THE_WALK[1]))
    phone.get_by_role("button", name="Where am I?").first.click()
    expect(phone.locator("#own-said")).to_contain_text(re.compile(metric))
    desk.goto("/settings")
    desk.get_by_label("Yards and miles").check()
    desk.get_by_role("button", name="Save these settings").click()
    expect(desk.get_by_label("Yards and miles")).to_be_checked()
    phone.reload()
    phone.get_by_role("button", name="Where am I?").first.click()
    expect(phone.locator("#own-said")).to_contain_text(re.compile(imperial))
