import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.web.desk import Desk, link_of, make_app, state_of
from walktalk.routes import Walk
from walktalk.sessions import diary
from walktalk.sessions.store.models import PlannedSession


def frozen_of(desk: Desk, address: str) -> Walk:
    """Return the walk that a session's page shows."""
    with state_of(desk.app).read.begin() as db:
        planned = db.get(PlannedSession, UUID(address.rpartition("/")[2]))
        assert planned is not None
        return diary.frozen_walk(planned)


def test_a_saved_walk_stands_in_the_diary_with_its_reference(desk: Desk) -> None:
    page = desk.save(desk.plan(), reference="K7")
    assert page.status_code == 200
    assert "Tuesday 1 December, 10:00" in page.text
    diary = desk.get("/diary").text
    assert "Tuesday 1 December, 10:00" in diary
    assert "Reference: K7." in diary


def test_an_empty_diary_says_what_to_do_next(desk: Desk) -> None:
    page = desk.get("/diary").text
    assert "No walk is planned" in page
    assert 'href="/plan"' in page


def test_a_form_sent_twice_makes_one_session(desk: Desk) -> None:
    page = desk.plan()
    first, second = desk.save(page), desk.save(page)
    assert first.request.path == second.request.path
    assert desk.get("/diary").text.count("Tuesday 1 December, 10:00") == 1


def test_the_walk_that_was_seen_is_the_one_that_is_saved(desk: Desk) -> None:
    page = desk.plan()
    fields = dict(desk.form(page, "/sessions"))
    changed = desk.post("/sessions", fields | {"chosen": "0" * 16})
    assert changed.status_code == 422
    assert "The paths have changed since you looked" in changed.text
    assert "No walk is planned" in desk.get("/diary").text


def test_a_reference_that_is_too_long_keeps_the_walks_on_the_page(desk: Desk) -> None:
    page = desk.save(desk.plan(), reference="x" * 41)
    assert page.status_code == 422
    assert "Use at most 40 characters." in page.text
    assert "Save this walk" in page.text


def test_sharing_gives_a_link_and_a_neutral_message(desk: Desk) -> None:
    address = desk.saved()
    page = desk.post(f"{address}/share")
    assert "Here is the map for our walk on Tuesday 1 December, 10:00." in page.text
    assert f"http://walks.example{link_of(page)}" in page.text
    assert "The link opens until Tuesday 1 December, 23:59." in page.text


@pytest.mark.slow
def test_while_only_this_computer_can_be_reached_the_walk_is_offered_as_a_file(
    tmp_path: Path,
) -> None:
    desk = Desk(make_app(tmp_path, base_url="http://localhost:8000"))
    desk.sign_up()
    address = desk.saved()
    assert "A phone cannot open a link to this computer" in desk.get(address).text
    file = desk.post(f"{address}/file")
    assert file.headers["Content-Disposition"] == 'attachment; filename="walk-2026-12-01.html"'
    assert "L.map(" in file.text
    assert "http://localhost" not in file.text


def test_a_walk_called_off_can_be_put_on_again(desk: Desk) -> None:
    address = desk.saved()
    assert "This walk is called off" in desk.post(f"{address}/cancel").text
    assert "Called off" in desk.get("/diary").text
    assert "This walk is called off" not in desk.post(f"{address}/uncancel").text


def test_the_message_to_send_says_that_the_walk_is_called_off(desk: Desk) -> None:
    address = desk.saved()
    link = link_of(desk.post(f"{address}/share"))
    page = desk.post(f"{address}/cancel")
    said = "Our walk on Tuesday 1 December, 10:00 is called off. This link says so."
    assert said in page.text
    assert link_of(page) == link
    assert "Here is the map" not in page.text
    page = desk.post(f"{address}/uncancel")
    assert "Here is the map for our walk on Tuesday 1 December, 10:00." in page.text
    assert said not in page.text


def test_a_deleted_session_can_be_put_back_and_only_then_be_erased_for_good(desk: Desk) -> None:
    address = desk.saved()
    assert "Deleted" in desk.post(f"{address}/delete").text
    assert "This session is deleted" in desk.get(address).text
    assert "This session is deleted" not in desk.post(f"{address}/undelete").text
    desk.post(f"{address}/delete")
    asked = desk.get(f"{address}/erase").text
    assert "This cannot be undone" in asked
    desk.post(f"{address}/erase")
    assert desk.get(address).status_code == 404


def test_who_erases_a_session_is_told_what_stays_and_where_that_is_erased(desk: Desk) -> None:
    asked = desk.get(f"{desk.saved()}/erase").text
    assert '<a href="/photographs">photographs</a>' in asked
    assert '<a href="/routes">recorded walks</a>' in asked
    assert "Each is erased there." in asked


def test_the_page_that_asks_whether_to_erase_does_not_wait_for_a_writer(desk: Desk) -> None:
    address = desk.saved()
    with state_of(desk.app).write.begin():
        assert desk.get(f"{address}/erase").status_code == 200


def test_the_reference_can_be_changed(desk: Desk) -> None:
    address = desk.saved()
    assert "Reference: M2." in desk.post(f"{address}/reference", {"reference": "M2"}).text


def test_a_session_of_another_account_is_not_there(desk: Desk) -> None:
    assert desk.get("/sessions/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_preview_is_the_page_that_the_link_opens(desk: Desk) -> None:
    address = desk.saved()
    link = link_of(desk.post(f"{address}/share"))
    preview = desk.get(f"{address}/preview").text
    opened = desk.app.test_client().get(link).text
    assert preview.replace(f"{address}/preview", link) == opened
    assert desk.get(f"{address}/preview/map.js").text == desk.get(f"{link}/map.js").text


def test_every_session_is_written_in_one_transaction(desk: Desk) -> None:
    desk.saved()
    with state_of(desk.app).read.begin() as db:
        assert db.connection().exec_driver_sql("SELECT count(*) FROM planned_session").scalar() == 1


@pytest.mark.slow
def test_sharing_what_is_needed_and_unknown_asks_first(desk: Desk) -> None:
    address = desk.saved(needs="step-free")
    asked = desk.post(f"{address}/share")
    assert asked.status_code == 422
    assert "Nobody has checked this yet" in asked.text
    assert "/w/" not in desk.get(address).text
    page = desk.post(f"{address}/share", {"answer": "agreed-to-go-and-see"})
    assert link_of(page)
    assert "We have both agreed to go and see" in page.text


def test_a_file_asks_about_what_is_unknown_as_a_link_does(desk: Desk) -> None:
    address = desk.saved(needs="step-free")
    assert desk.post(f"{address}/file").status_code == 422
    assert desk.post(f"{address}/file", {"answer": "agreed-to-go-and-see"}).status_code == 200


def test_a_walk_moves_and_its_link_moves_with_it(desk: Desk) -> None:
    address = desk.saved()
    link = link_of(desk.post(f"{address}/share"))
    page = desk.post(f"{address}/move", {"day": "2026-12-08", "time": "11:00"})
    assert "Tuesday 8 December, 11:00" in page.text
    assert "The link opens until Tuesday 8 December, 23:59." in page.text
    opened = desk.app.test_client().get(link).text
    assert "This was Tuesday 1 December, 10:00. It is now Tuesday 8 December, 11:00." in opened
    assert "Tuesday 8 December" in opened
    assert "11:00 to 11:50" in opened


def test_a_walk_is_not_moved_into_the_past(desk: Desk) -> None:
    address = desk.saved()
    page = desk.post(f"{address}/move", {"day": "2026-11-01", "time": "11:00"})
    assert page.status_code == 422
    assert "This day is over" in page.text
    assert "Tuesday 1 December, 10:00" in desk.get(address).text


def test_a_form_sent_again_after_erasing_says_that_it_stays_erased(desk: Desk) -> None:
    proposals = desk.plan()
    address = desk.save(proposals).request.path
    desk.post(f"{address}/erase")
    again = desk.save(proposals)
    assert again.status_code == 410
    assert "erased for good" in again.text
    assert desk.get(address).status_code == 404


def test_what_another_time_makes_worse_is_told_before_the_walk_is_moved(desk: Desk) -> None:
    address = desk.saved()
    assert "Not shared yet." in desk.get(address).text
    evening = {"day": "2026-12-01", "time": "17:00"}
    asked = desk.post(f"{address}/move", evening)
    assert "Not moved yet." in asked.text
    assert "Tuesday 1 December, 10:00" in desk.get(address).text
    told = [pair for pair in desk.form(asked, f"{address}/move") if pair[0] == "told"]
    assert "no full daylight" in asked.text.partition("Not moved yet.")[2][:400]
    moved = desk.post(f"{address}/move", [*evening.items(), *told])
    assert "The walk is moved to Tuesday 1 December, 17:00" in moved.text
    assert re.search(r"Ends after sunset, (15|16):\d\d\.", moved.text)


def test_a_session_offers_its_calendar_entry_and_files_to_the_counsellor(desk: Desk) -> None:
    page = desk.get(desk.saved()).text
    for name in ("walk.ics", "walk.gpx", "walk.fit"):
        address = re.search(rf'href="([^"]+/preview/{re.escape(name)})"', page)
        assert address is not None
        assert desk.client.get(address[1]).status_code == 200


def test_a_saved_walk_can_be_planned_once_more_with_one_part_new(desk: Desk) -> None:
    address = desk.saved()
    page = desk.post("/plan", dict(desk.form(desk.get(address), "/plan")))
    assert page.status_code == 200
    assert "The same walk, one part new: " in page.text
    assert "Show me others" not in page.text
    saved = desk.save(page)
    assert saved.status_code == 200
    assert saved.request.path != address


def test_a_saved_walk_is_walked_again_at_another_time_once_it_was_looked_at(desk: Desk) -> None:
    address = desk.saved(needs="step-free")
    before = frozen_of(desk, address)
    page = desk.post(f"{address}/again", {"again-day": "2026-12-08", "again-time": "19:30"})
    assert page.status_code == 200
    assert "The same walk again" in page.text
    assert "Tuesday 8 December, 19:30" in page.text
    assert len(re.findall("<article", page.text)) == 1
    saved = urlsplit(desk.save(page).request.url).path
    assert saved != address
    after = frozen_of(desk, saved)
    assert after.route == before.route
    assert after.request == replace(before.request, at=after.request.at)
    level = {found.check: found.level for found in after.proposal.findings}
    assert level["light"] != "pass"
    assert frozen_of(desk, address) == before


def test_the_same_walk_again_refuses_a_day_that_is_over_and_keeps_what_was_typed(
    desk: Desk,
) -> None:
    page = desk.post(f"{desk.saved()}/again", {"again-day": "2026-11-01", "again-time": "10:00"})
    assert page.status_code == 422
    assert "This day is over." in page.text
    assert 'href="#again-day"' in page.text
    assert 'value="2026-11-01"' in page.text
