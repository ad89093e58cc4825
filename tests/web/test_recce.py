"""The page that walks along: what it holds, who may send, and what is kept of what is sent."""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests import photographs as made
from tests.web.desk import NOW, Desk, state_of
from walktalk.parks.observed import Observation
from walktalk.sessions import observations

AREA = "pittville-park"
PAGE = f"/on-foot/{AREA}"
TODAY = "2026-11-23"


def entry(desk: Desk, number: int = 1, **changes: Any) -> dict[str, Any]:
    """One thing that was seen on the first path of the park."""
    path = next(iter(state_of(desk.app).land.recorded[AREA].paths.values()))
    steps = [["steps", "no", [0]]]
    where = [[path.id, 0, path.length_m, path.coordinates]]
    key = f"00000000-0000-4000-8000-{number:012}"
    return {"key": key, "area": AREA, "seen_on": TODAY, "where": where, "said": steps} | changes


def send(desk: Desk, *entries: Any) -> TestResponse:
    return desk.client.post(
        "/on-foot/entries",
        data=json.dumps({"entries": entries}),
        headers={"X-CSRFToken": said(desk.client.get("/on-foot/token"))["token"]},
        content_type="application/json",
    )


def said(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.data)
    return found


def seen(desk: Desk) -> tuple[Observation, ...]:
    with state_of(desk.app).read.begin() as db:
        return observations.list_of(db, AREA)


def test_what_is_sent_twice_is_kept_once(desk: Desk) -> None:
    first = send(desk, entry(desk), entry(desk, 2, said=[["mud", "no", [0]]]))
    assert said(first) == {"kept": [entry(desk)["key"], entry(desk, 2)["key"]], "refused": []}
    again = send(desk, entry(desk), entry(desk))
    assert said(again)["refused"] == []
    assert [(each.fact, each.value) for each in seen(desk)] == [("steps", "no"), ("mud", "no")]
    assert "ann" in desk.get(f"/areas/{AREA}/seen").text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"seen_on": "2026-11-24"}, "a day that is not to come"),
        ({"said": [["width_m", 0.3, [0]]]}, "metres from 0.5 to 20"),
        ({"said": [["width_m", 30, [0]]]}, "metres from 0.5 to 20"),
        ({"said": [["steps", "perhaps", [0]]]}, "another value"),
        ({"said": [["colour", "green", [0]]]}, "one of steps"),
        ({"area": "nowhere"}, "a park that is known here"),
    ],
)
def test_what_nobody_can_have_seen_is_refused_by_itself(
    desk: Desk, changes: dict[str, Any], why: str
) -> None:
    answer = send(desk, entry(desk, **changes), entry(desk, 2))
    assert said(answer)["kept"] == [entry(desk, 2)["key"]]
    [refused] = said(answer)["refused"]
    assert why in refused["why"]
    assert len(seen(desk)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "x"},
        {"seen_on": "2026-11-23T10:00:00"},
        {"where": []},
        {"where": [["a", 10, 5, [[0, 0], [0, 1]]]]},
        {"where": [["a", 0, 5, [[0, 0], [0, 95]]]]},
        {"said": [["steps", "no", [1]]]},
        {"said": [["steps", "no", []]]},
        {"position": [0, 0]},
    ],
)
def test_what_the_page_does_not_send_is_not_read(desk: Desk, changes: dict[str, Any]) -> None:
    assert send(desk, entry(desk, **changes)).status_code == 400
    assert seen(desk) == ()


def test_a_path_that_has_another_id_today_is_found_by_its_line(desk: Desk) -> None:
    known = entry(desk)
    [[path_id, *stretch]] = known["where"]
    send(desk, {**known, "where": [["gone", *stretch]]})
    assert [each.path_id for each in seen(desk)] == [path_id]


def test_whoever_is_not_signed_in_is_told_so_and_nothing_is_kept(desk: Desk) -> None:
    stranger = desk.app.test_client()
    assert stranger.get(PAGE).headers["Location"].startswith("/sign-in?next=")
    assert stranger.get("/on-foot/token").status_code == 401
    assert stranger.post("/on-foot/entries", json={"entries": []}).status_code in (400, 401)
    assert stranger.get("/on-foot/keep.js").status_code == 200


def test_the_page_that_a_phone_keeps_names_nobody_and_no_meeting(desk: Desk) -> None:
    desk.saved(reference="Hazel")
    page = desk.get(PAGE)
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]
    assert not re.search(r"\bann\b|hazel|session|client|counsel|therap", page.text, re.IGNORECASE)
    assert desk.get("/on-foot/nowhere").status_code == 404


def test_the_page_is_not_offered_from_an_hour_before_a_meeting(desk: Desk) -> None:
    desk.saved(day=TODAY, time="10:30")
    assert desk.get(PAGE).status_code == 200
    state = state_of(desk.app)
    object.__setattr__(state, "now", lambda: NOW + timedelta(minutes=45))
    later = desk.get(PAGE)
    assert later.status_code == 409
    assert "Checking is for walks alone" in later.text


def test_what_was_sent_of_a_path_that_is_nowhere_now_is_kept(desk: Desk) -> None:
    away = [["gone", 0, 50, [[-2.2, 51.8], [-2.2, 51.8005]]]]
    assert said(send(desk, entry(desk, where=away)))["refused"] == []
    [kept] = seen(desk)
    assert replace(kept, id="").path_id == "gone"


def test_a_photograph_is_kept_once_with_the_entry_it_belongs_to(desk: Desk) -> None:
    def photograph(key: str, data: bytes = made.as_jpeg(made.a_scene(400, 300))) -> TestResponse:
        fields = {"key": key, "description": "A bench", "file": (io.BytesIO(data), "ground.jpg")}
        token = said(desk.client.get("/on-foot/token"))["token"]
        return desk.client.post("/on-foot/photographs", data=fields, headers={"X-CSRFToken": token})

    key = entry(desk)["key"]
    assert photograph(key).status_code == 422  # what it belongs to was never sent
    send(desk, entry(desk))
    assert photograph(key, b"no picture").status_code == 422
    assert [photograph(key).status_code for _ in range(2)] == [200, 200]
    assert desk.get(f"/areas/{AREA}/seen").text.count('class="thumb"') == 1
    assert photograph("x").status_code == 422
    assert desk.app.test_client().post("/on-foot/photographs").status_code in (400, 401)
