"""A counsellor checks a walk in a real browser, shares it, and its page says so."""

import pytest
from playwright.sync_api import expect

from tests.web.browsing import PHONE, Visit, plan_and_save, scrolls_sideways, share

pytestmark = pytest.mark.browser


def test_a_walk_checked_on_foot_says_so_on_the_page_of_its_link(first_visit: Visit) -> None:
    desk = first_visit.open(PHONE)
    first_visit.sign_up(desk)
    plan_and_save(desk)
    desk.get_by_role("link", name="Say what you saw on this walk").click()
    assert scrolls_sideways(desk) == []
    steps = desk.get_by_role("group", name="Steps anywhere")
    steps.get_by_text("No", exact=True).click()
    seats = desk.locator("[data-question=overheard]")
    seats.get_by_text("Yes", exact=True).click()
    desk.locator("[data-part='2'] text").click()
    expect(seats.locator("input[name=overheard_parts][value='2']")).to_be_checked()
    desk.get_by_role("button", name="Keep what I saw").click()
    expect(desk.get_by_text("Kept. Every walk over these paths uses it.")).to_be_visible()
    link = share(desk)
    phone = first_visit.open(PHONE)
    phone.goto(link)
    text = phone.locator("body").text_content() or ""
    assert "There are no steps on this walk." in text
    assert "Others could overhear" in text
    assert "hecked on foot" in text
