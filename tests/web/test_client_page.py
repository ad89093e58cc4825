import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.sessions.walks import a_walk
from tests.web.desk import Desk, make_app
from walktalk.routes import Finding
from walktalk.web.client.page import facts_of

NEUTRAL = re.compile(r"walktalk|client|counsel|therap", re.IGNORECASE)

BROWSERS_OWN_NAMES = re.compile(r"(?:Bounding)?[cC]lient(?:X|Y|Width|Height|Left|Top|Rects?)")


def stranger(desk: Desk) -> FlaskClient:
    return desk.app.test_client()


def told_apart(page: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    headers = [(name, value) for name, value in page.headers if name != "Date"]
    return page.status_code, page.data, headers


def test_the_link_opens_without_signing_in_and_says_when_and_where(desk: Desk) -> None:
    page = stranger(desk).get(desk.shared())
    assert page.status_code == 200
    assert "<title>A walk</title>" in page.text
    assert "Tuesday 1 December" in page.text
    assert "10:00 to 10:50" in page.text
    assert "Pittville Park" in page.text


def test_every_dead_link_gets_the_same_answer(desk: Desk) -> None:
    address = desk.saved()
    link = desk.shared()
    page = desk.post(f"{address}/share")
    revoked = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert revoked is not None
    revoke = re.search(r'action="([^"]+/revoke)"', page.text)
    assert revoke is not None
    desk.post(revoke[1])
    tampered = link[:-1] + ("A" if link[-1] != "A" else "B")
    dead = ("/w/unknown", tampered, revoked[0], f"{link}x", "/w/", f"{link}/nothing.txt")
    answers = [stranger(desk).get(each) for each in dead]
    assert {page.status_code for page in answers} == {404}
    assert all(told_apart(page) == told_apart(answers[0]) for page in answers)
    files = [stranger(desk).get(f"{tampered}/{name}") for name in ("walk.gpx", "walk.ics")]
    assert all(told_apart(page) == told_apart(answers[0]) for page in files)


def test_an_expired_link_is_as_dead_as_an_unknown_one(desk: Desk, tmp_path: Path) -> None:
    link = desk.shared()
    later = make_app(tmp_path, now=datetime(2026, 12, 2, 0, 0, tzinfo=UTC)).test_client()
    assert told_apart(later.get(link)) == told_apart(later.get("/w/unknown"))
    in_time = make_app(tmp_path, now=datetime(2026, 12, 1, 23, 59, tzinfo=UTC)).test_client()
    assert in_time.get(link).status_code == 200


def test_a_deleted_sessions_link_is_dead_until_it_is_put_back(desk: Desk) -> None:
    address = desk.saved()
    page = desk.post(f"{address}/share")
    link = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert link is not None
    desk.post(f"{address}/delete")
    assert stranger(desk).get(link[0]).status_code == 404
    desk.post(f"{address}/undelete")
    assert stranger(desk).get(link[0]).status_code == 200


def test_a_walk_called_off_says_so(desk: Desk) -> None:
    address = desk.saved()
    page = desk.post(f"{address}/share")
    link = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert link is not None
    desk.post(f"{address}/cancel")
    page_of_it = stranger(desk).get(link[0]).text
    assert "This walk is called off" in page_of_it
    assert re.findall(rf'href="({link[0]}[^"]*)"', page_of_it) == [f"{link[0]}/walk.ics"]
    assert "geo:" not in page_of_it
    assert b"STATUS:CANCELLED" in stranger(desk).get(f"{link[0]}/walk.ics").data


@pytest.mark.parametrize("name", ["", "/map.js", "/walk.gpx", "/walk.ics"])
@pytest.mark.slow
def test_nothing_handed_out_says_why_people_walk_or_what_made_it(desk: Desk, name: str) -> None:
    answer = stranger(desk).get(desk.shared() + name)
    assert answer.status_code == 200
    assert not NEUTRAL.search(answer.text)
    assert not NEUTRAL.search(str(answer.headers))


@pytest.mark.slow
def test_the_files_a_page_loads_are_neutral_too(desk: Desk) -> None:
    page = stranger(desk).get(desk.shared()).text
    addresses = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert any(address.endswith(".css") for address in addresses)
    for address in addresses:
        assert not NEUTRAL.search(address)
        text = stranger(desk).get(address).data.decode("utf-8", "replace")
        text = BROWSERS_OWN_NAMES.sub("", text)
        assert not NEUTRAL.search(text), address


@pytest.mark.slow
def test_the_page_is_the_same_whatever_was_needed(desk: Desk) -> None:
    plain = stranger(desk).get(desk.shared()).text
    needed = stranger(desk).get(desk.shared(needs="seats")).text
    facts = re.compile(r'<ul class="facts">.*?</ul>', re.S)
    assert facts.findall(plain) == facts.findall(needed)


def test_what_nobody_has_checked_stands_under_its_own_heading(desk: Desk) -> None:
    page = html.fromstring(stranger(desk).get(desk.shared()).text)
    [box] = page.find_class("not-known")
    assert "What we do not know" in box.text_content()
    assert "Steps" in [item.text for item in box.iter("li")]
    [known] = page.find_class("facts")
    assert "not recorded on any of the walk" not in known.text_content()
    assert known.find_class("pass")


def test_no_cookie_no_referrer_and_no_index_for_the_client(desk: Desk) -> None:
    link = desk.shared()
    for address in (link, f"{link}/walk.gpx", f"{link}/map.js", "/w/unknown"):
        headers = stranger(desk).get(address).headers
        assert "Set-Cookie" not in headers
        assert "Cookie" not in headers.get("Vary", "")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "private" in headers["Cache-Control"] or "no-store" in headers["Cache-Control"]


def test_a_signed_in_counsellor_gets_the_same_page_as_anybody(desk: Desk) -> None:
    link = desk.shared()
    assert desk.get(link).data == stranger(desk).get(link).data


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(desk: Desk) -> None:
    link = desk.shared()
    for address in (link, "/plan", "/"):
        page = desk.get(address)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page.text)
        assert not re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="https?:', page.text)


def test_the_page_is_not_sent_again_when_nothing_changed(desk: Desk) -> None:
    link = desk.shared()
    first = stranger(desk).get(link, headers={"Accept-Encoding": "br"})
    again = stranger(desk).get(
        link,
        headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]},
    )
    assert first.content_encoding == "br"
    assert again.status_code == 304
    assert again.data == b""


def test_static_files_are_kept_for_a_year_under_names_with_their_hash(desk: Desk) -> None:
    page = stranger(desk).get(desk.shared()).text
    address = re.search(r'href="(/static/walk\.[0-9a-f]{10}\.css)"', page)
    assert address is not None
    file = stranger(desk).get(address[1], headers={"Accept-Encoding": "br"})
    assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert file.content_encoding == "br"
    assert stranger(desk).get("/static/walk.0000000000.css").status_code == 404


def test_tokens_never_reach_the_log(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    link = desk.shared()
    capfd.readouterr()
    stranger(desk).get(link)
    stranger(desk).get(f"{link}/walk.gpx")
    stranger(desk).get(f"{link}x/walk.gpx")
    logged = capfd.readouterr().err
    assert "GET /w/*** 200" in logged
    assert link[3:] not in logged


def test_a_fault_below_a_link_is_logged_without_the_link(
    desk: Desk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    link = desk.shared()

    def broken(*_: object) -> None:
        raise RuntimeError(f"cannot open {link}")

    monkeypatch.setattr("walktalk.web.client.views.links.open_link", broken)
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    assert stranger(desk).get(link).status_code == 500
    logged = capfd.readouterr().err
    assert "RuntimeError" in logged
    assert link[3:] not in logged


def test_a_walk_over_the_change_of_the_clocks_ends_when_its_calendar_entry_does(
    desk: Desk,
) -> None:
    link = desk.shared(day="2027-03-28", time="00:30")
    client = desk.app.test_client()
    for below in ("", "/print"):
        assert "00:30 to 02:20" in client.get(f"{link}{below}").text
    assert "DTEND:20270328T012000Z" in client.get(f"{link}/walk.ics").text


def test_the_page_tells_a_link_in_doubt_and_leaves_out_what_nobody_asked_about() -> None:
    walk = a_walk()
    findings = (
        Finding("length", "pass", "Everything together takes 50 minutes."),
        Finding("who-may-walk", "unknown", "Whether 60 m is open is not recorded."),
        Finding("opening", "unknown", "Opening hours: none are recorded.", is_known=False),
        Finding("approach", "unknown", "The way from a car park is not part of this check."),
        Finding("steps", "unknown", "Steps: not recorded.", is_known=False),
    )
    shown = facts_of(replace(walk, proposal=replace(walk.proposal, findings=findings)))
    assert [finding.check for finding in shown] == ["who-may-walk", "steps"]
