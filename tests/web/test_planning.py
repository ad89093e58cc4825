import re

import pytest
from flask import Flask
from lxml import html

from tests.web.desk import DAY, LAKE, Desk, state_of
from walktalk.routes import NEEDS
from walktalk.routes.checks import CHECKS


def test_the_form_is_filled_in_for_fifty_minutes_tomorrow_at_ten(desk: Desk) -> None:
    page = desk.get("/plan").text
    assert 'value="50"' in page
    assert 'value="2026-11-24"' in page
    assert 'value="10:00"' in page


def test_walks_that_fit_are_shown_with_distance_times_and_a_sketch(desk: Desk) -> None:
    page = desk.plan()
    assert page.status_code == 200
    assert "Tuesday 1 December, 10:00, 50 minutes" in page.text
    assert page.text.count("Save this walk") >= 1
    assert 'class="walk-map ' in page.text
    assert re.search(r"<strong>\d(\.\d)? k?m</strong>", page.text)


def test_what_was_typed_wrong_is_said_at_the_top_and_at_the_field_and_kept(desk: Desk) -> None:
    page = desk.plan(minutes="500", day="2020-01-01")
    assert page.status_code == 422
    assert '<a href="#minutes">A session can take from 20 to 120 minutes.</a>' in page.text
    assert 'id="minutes-error"' in page.text
    assert 'value="500"' in page.text
    assert "This day is over. Choose today or a later day." in page.text


def test_the_park_chosen_narrows_the_places_that_are_asked_about(desk: Desk) -> None:
    def parks(page: str) -> set[str]:
        asked = page.partition('id="approach"')[2]
        return set(re.findall(r'value="([\w-]+)/', asked))

    assert 'id="approach"' not in desk.get("/plan").text
    chosen = desk.get("/plan?from=pittville-park/boat-house").text
    assert parks(chosen) == {"pittville-park"}
    assert parks(desk.get("/plan/places/sandford-park").text) == {"sandford-park"}
    assert desk.get("/plan/places/nowhere").status_code == 404
    changed = desk.post("/plan/change", {"start": "sandford-park/north-end", "more": "y"}).text
    assert parks(changed) == {"sandford-park"}


def test_every_need_stands_in_one_group_and_is_open_where_it_is_ticked(desk: Desk) -> None:
    page = desk.get("/plan").text
    for group in ("Body: steps, surface", "Senses: ", "Comfort: "):
        assert f"<summary>{group}" in page
    assert page.count('name="needs"') == len(NEEDS)
    changed = desk.post("/plan/change", {"start": LAKE, "needs": "seats"}).text
    assert re.findall(r"<details open>\s*<summary>(\w+)", changed) == ["Comfort"]


def test_a_session_of_five_minutes_is_refused(desk: Desk) -> None:
    assert "from 20 to 120 minutes" in desk.plan(minutes="5").text


def test_a_time_that_is_past_today_is_refused(desk: Desk) -> None:
    assert "This time is past" in desk.plan(day="2026-11-23", time="08:00").text


def test_a_time_that_the_clocks_skip_is_refused(desk: Desk) -> None:
    page = desk.plan(day="2027-03-28", time="01:30")
    assert page.status_code == 422
    assert "does not exist that day" in page.text


def test_a_time_that_comes_twice_is_refused(desk: Desk) -> None:
    assert "comes twice" in desk.plan(day="2027-10-31", time="01:30").text


def test_an_unknown_place_need_or_pace_is_refused(desk: Desk) -> None:
    assert desk.plan(start="pittville-park/nowhere").status_code == 422
    assert desk.plan(needs="wings").status_code == 422
    assert desk.plan(pace="gallop").status_code == 422
    assert desk.plan(preferences="gold").status_code == 422


@pytest.mark.parametrize("start", [{}, {"start": ""}])
def test_a_stored_route_asked_for_without_a_start_starts_where_it_starts(
    desk: Desk, start: dict[str, str]
) -> None:
    desk.get("/plan")
    route = {"route": "pittville-park/lower-lake-loop", "day": DAY, "time": "10:00"}
    fields = route | {"minutes": "50", "pace": "gentle", "arrive_minutes": "3"} | start
    fields |= {"close_minutes": "5", "pause_at": "0.5", "shape": "", "approach": ""}
    page = desk.post("/plan", fields)
    assert page.status_code == 200
    assert "Save this walk" in page.text


@pytest.mark.parametrize("start", ["nowhere", "/", "hatherley-park/nowhere", "coxs-meadow/x"])
def test_a_stored_route_asked_for_from_somewhere_else_is_refused_at_the_start(
    desk: Desk, start: str
) -> None:
    page = desk.plan(route="pittville-park/lower-lake-loop", start=start)
    assert page.status_code == 422
    assert "Choose one from the list." in page.text


def test_a_start_far_from_any_path_is_refused_at_its_field(desk: Desk) -> None:
    page = desk.plan(position="52.5, -1.0")
    assert page.status_code == 422
    assert 'id="position-error"' in page.text


def test_a_position_is_read_as_maps_give_it(desk: Desk) -> None:
    lon, lat = state_of(desk.app).areas["pittville-park"].places["lake-east-end"].position
    assert desk.plan(position=f"{lat}, {lon}").status_code == 200
    assert 'id="position-error"' in desk.plan(position="by the lake").text


def test_when_no_walk_fits_the_page_says_why_and_offers_the_nearest(desk: Desk) -> None:
    page = desk.plan(needs="no-bikes")
    assert page.status_code == 422
    assert "No walk fits this" in page.text
    assert "The nearest that works" in page.text
    nearest = desk.post("/plan", desk.form(page, "/plan"))
    assert nearest.status_code == 200
    assert "Save this walk" in nearest.text


def test_show_me_others_keeps_the_request_and_changes_the_variant(desk: Desk) -> None:
    page = desk.plan(minutes="30")
    fields = dict(desk.form(page, "/plan"))
    assert fields["variant"] == "1"
    assert fields["minutes"] == "30"
    others = desk.post("/plan", fields)
    assert "Save this walk" in others.text or "There are no others" in others.text


def test_others_are_offered_only_beside_three_walks(desk: Desk) -> None:
    for minutes in ("30", "40"):
        page = desk.plan(minutes=minutes).text
        assert ("Show me others" in page) == (page.count("<article") == 3)


def test_the_form_can_be_changed_and_keeps_what_was_asked(desk: Desk) -> None:
    page = desk.plan(minutes="40", needs="step-free")
    form = desk.post("/plan/change", desk.form(page, "/plan/change")).text
    assert 'value="40"' in form
    assert re.search(r'<input checked[^>]*value="step-free"', form)


def test_needs_never_stand_in_an_address(desk: Desk) -> None:
    page = desk.plan(needs="step-free").text
    assert not re.findall(r'(?:href|src|action)="[^"]*step-free', page)


def test_the_map_of_the_walks_is_a_file_of_its_own(desk: Desk) -> None:
    page = desk.plan().text
    address = re.search(r'src="(/plan/map/[^"]+)"', page)
    assert address is not None
    assert "L.map(" in desk.get(address[1]).text
    assert desk.get("/plan/map/gone.js").status_code == 404


def test_nobody_plans_without_signing_in(app: Flask) -> None:
    desk = Desk(app)
    desk.get("/sign-in")
    assert desk.post("/plan", {}, follow=False).location.startswith("/sign-in")


def test_every_check_is_told_on_each_walk_or_once_for_all_of_them(desk: Desk) -> None:
    page = html.fromstring(desk.plan(needs="step-free").text)
    [same] = [e for e in page.iter("details") if "same on all of these walks" in e.text_content()]
    for card in page.find_class("walk"):
        lines = [*card.find_class("facts")[0].iter("li"), *same.iter("li")]
        told = " ".join(each.text_content() for each in lines).casefold()
        assert all(check.title.casefold() in told for check in CHECKS if check.id != "steps")
        assert "no steps: " in told
