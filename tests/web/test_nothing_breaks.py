"""Whatever a form is filled with: a page that says what is accepted, never a fault of ours."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.web.desk import DAY, LAKE, PASSWORD, Desk, SignedUp, setup_token, state_of
from walktalk.sessions.seen_land import SeenLand
from walktalk.sessions.store.models import Account
from walktalk.web.state import EXTENSION

NASTY = (
    *("", "\x00", "9" * 4000, "9" * 5000, "-1", "nan", "inf", "1e999", "1_0", "٣", "½"),
    *("👩‍👩‍👧", "a\u200bb", "a\u00adb", "\u202eabc", "\u2028", "a\r\nb: c", "é" * 5000),
    *(
        "0001-01-01",
        "9999-12-31",
        "24:00",
        "23:59:59",
        "/",
        "//",
        "pittville-park/",
        "[]",
        "{{7*7}}",
    ),
    "pittville-park/recorded-00000000-0000-0000-0000-000000000000",
)
PLAN = {
    **{"start": LAKE, "day": DAY, "time": "10:00", "minutes": "50", "pace": "gentle"},
    **{"arrive_minutes": "3", "close_minutes": "5", "pause_at": "0.5", "pause_minutes": ""},
    **{"position": "", "needs": "lift", "preferences": "", "shape": "", "approach": ""},
    **{"max_minutes_from_start": "", "keep_away_from": "", "route": "", "variant": "0"},
}
AT_DESK = {
    "/plan": PLAN,  # refused for its need, so that none of these has to be planned
    "/plan/change": PLAN,
    "/sessions": {**PLAN, "chosen": "x", "form_key": "x", "reference": ""},
    "/settings": {"guide": "", "reach": "", "distances": "metric", "street_map": "y"},
    "/account": {"old": "x", "password": "y", "again": "y"},
    "/account/password": {"password": "x"},
    "/routes/recorded": {"area": "pittville-park", "name": "x", "file": "x", "track": "1"},
    "/routes/recorded/keep": {"recording": "x"},
    "/areas/add": {"park": "x", "town": "y"},
    "/areas/add/file": {"file": "x", "what": "whole", "called": "x"},
    "/areas/pittville-park/close": {
        **{"place": "", "position": "51.91, -2.07", "extent": "between", "position_to": "x"},
        **{"first": DAY, "last": DAY, "answer_id": "0" * 32, "sure": "y"},
    },
    "/areas/pittville-park/draw": {
        **{"kind": "path", "points": "51.91, -2.07", "drawn_on": DAY},
        **{"answer_id": "0" * 32, "sure": "y"},
    },
}
OF_SESSION = {
    "reference": {"reference": "x"},
    "move": {"day": DAY, "time": "11:00"},
    "share": {"answer": "agreed-to-go-and-see", "asked": "y"},  # moving asks the same
    "photographs": {"meeting_place": "", "first_turn": ""},
    "photographs/add": {
        **{"shows": "meeting-place", "file": "x", "description": "x", "taken_on": DAY},
        **{"nobody": "y", "key": "x"},
    },
}


def filled(forms: dict[str, dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Give every field every value: one at a time in small forms, all at once in large ones."""
    for address, fields in forms.items():
        for turn, value in enumerate(NASTY):
            if len(fields) <= 3:
                yield from ((address, {**fields, name: value}) for name in fields)
            else:
                values = NASTY[turn:] + NASTY[:turn]
                yield address, dict(zip(fields, values, strict=False))


@pytest.mark.slow
def test_no_form_can_be_filled_so_that_the_server_fails(desk: Desk) -> None:
    address = desk.saved()
    desk.get("/account")
    forms = AT_DESK | {f"{address}/{last}": fields for last, fields in OF_SESSION.items()}
    for where, fields in filled(forms):
        state_of(desk.app).throttle._tries.clear()
        page = desk.client.post(where, data={**fields, "csrf_token": desk._token})
        assert page.status_code < 500, (where, fields)
        assert "Traceback" not in page.text


@pytest.mark.parametrize(
    "before",
    ["/plan?route=", "/plan?from=", "/areas/", "/w/", "/setup/", "/sessions/", "/plan/map/"],
)
@pytest.mark.slow
def test_no_address_can_be_written_so_that_the_server_fails(desk: Desk, before: str) -> None:
    for value in (*NASTY, "%ff", "%ed%a0%80", "%2e%2e", "%0d%0a"):
        assert desk.client.get(before + value).status_code < 500, value[:20]
        state_of(desk.app).throttle._tries.clear()


def test_a_reference_takes_joined_emoji_and_refuses_in_words_what_turns_text(desk: Desk) -> None:
    address = desk.saved()
    assert "👩‍👩‍👧 7" in desk.post(f"{address}/reference", {"reference": "👩‍👩‍👧 7"}).text
    page = desk.post(f"{address}/reference", {"reference": "\u202e7"}).text
    assert "The reference was not changed" in page
    assert "direction of text" in page


@pytest.mark.parametrize("field", ["guide", "recognise", "late", "reach", "bring", "rain", "stop"])
def test_words_that_a_client_reads_hold_nothing_that_turns_text(desk: Desk, field: str) -> None:
    desk.get("/settings")
    page = desk.post("/settings", {"distances": "metric", field: "Call 123\u202e456"})
    assert page.status_code == 422
    assert "direction of text" in page.text


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("I am the one with the counsellor's badge.", "\u201ccounsellor\u201d"),
        ("Write to ann@hartley.example", "\u201cann@hartley.example\u201d"),
        (
            "Ann Hartley, BACP, cares for mental health.",
            "\u201cBACP\u201d and \u201cmental health\u201d",
        ),
        ("The session begins at Hill Practice.", "\u201csession\u201d and \u201cPractice\u201d"),
        ("See www.hartley.co.uk/walks.", "\u201cwww.hartley.co.uk/walks\u201d"),
    ],
)
def test_words_that_tell_why_people_meet_are_warned_of_before_they_are_saved(
    desk: Desk, words: str, word: str
) -> None:
    desk.get("/settings")
    fields = {"distances": "metric", "recognise": words}
    page = desk.post("/settings", fields)
    assert page.status_code == 422
    assert f"{word} may tell a stranger why you meet" in page.text
    assert "Save these words as they are" in page.text
    assert words.rsplit(maxsplit=1)[-1] not in desk.get("/settings").text
    assert "Your settings are saved." in desk.post("/settings", {**fields, "knowing": "y"}).text


def test_what_was_shown_to_one_account_is_not_kept_for_another(
    app: Flask, desk: Desk, signed_up: SignedUp
) -> None:
    shown = desk.form(desk.plan(), "/sessions")
    with state_of(app).write.begin() as db:
        account = db.query(Account).one()
        account.name, account.password_hash = "gone", None
        other = Account(created_at=account.created_at)
        db.add(other)
        account.created_at = account.created_at.replace(year=account.created_at.year + 1)
    bea = Desk(app)
    address = f"/setup/{setup_token(app)}"
    bea.get(address)
    bea.post(address, {"name": "bea", "password": PASSWORD, "again": PASSWORD})
    bea.get("/plan")
    page = bea.post("/sessions", shown)
    assert page.status_code == 422
    assert "The paths have changed since you looked" in page.text


@pytest.mark.slow
def test_a_walk_that_was_shown_is_saved_as_it_was_shown_until_the_area_changes(desk: Desk) -> None:
    page = desk.plan()
    shown = desk.form(page, "/sessions")
    broken = [(name, f"{value[:-4]}AAAA" if name == "chosen" else value) for name, value in shown]
    assert desk.post("/sessions", broken).status_code == 422
    area = state_of(desk.app).areas["pittville-park"]
    saved = desk.post("/sessions", shown)
    assert saved.request.path.startswith("/sessions/")
    changed = replace(area, about=f"{area.about} A new bench.")
    state = state_of(desk.app)
    state = replace(state, land=SeenLand(lambda: {area.id: changed}, state.read))
    desk.app.extensions[EXTENSION] = state
    later = desk.post("/sessions", [*shown, ("reference", "2")])
    assert later.status_code == 422
    assert "The paths have changed since you looked" in later.text
