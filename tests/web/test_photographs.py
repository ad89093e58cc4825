"""A counsellor adds photographs, chooses what a page shows, and takes them away again."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests import photographs as made
from tests.web.desk import Desk, link_of, state_of
from walktalk.sessions import photographs, removal
from walktalk.sessions.accounts import first_account
from walktalk.sessions.retention import purge_expired
from walktalk.sessions.store.models import Photograph

WORDS = "A red bench beside the gate."
JPEG = made.as_jpeg(made.a_scene(400, 300))
FILE_NAME = "Needlefish.jpg"
TOO_LARGE = 30_000_000
NOWHERE = "00000000-0000-0000-0000-000000000000"


def send(desk: Desk, session: str, data: bytes = JPEG, **changes: str) -> TestResponse:
    shown = desk.get(f"{session}/photographs")
    key = re.search(r'name="key"[^>]*value="([^"]+)"', shown.text)
    assert key is not None
    fields: dict[str, object] = {
        "shows": "meeting-place",
        "description": WORDS,
        "taken_on": "2026-05-03",
        "nobody": "y",
        "key": key[1],
        "file": (io.BytesIO(data), FILE_NAME),
    }
    kept = {field: value for field, value in (fields | changes).items() if value != "-"}
    return desk.post(f"{session}/photographs/add", kept)


def library(desk: Desk) -> list[Photograph]:
    with state_of(desk.app).read.begin() as db:
        return list(photographs.list_kept(db, first_account(db)))


def pictures(page: str) -> list[str]:
    return re.findall(r'src="[^"]*/(photo-\d-[0-9a-f]+\.webp)"', page)


def shared(desk: Desk, session: str) -> str:
    return link_of(desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"}))


def photograph_pages(desk: Desk) -> dict[str, TestResponse]:
    """Return every page about photographs, in each of its states."""
    session = desk.saved(time="15:00")
    pages = {"photographs-empty": desk.get(f"{session}/photographs")}
    pages["photographs-refused"] = send(desk, session, b"", description="")
    pages["photographs-added"] = send(desk, session)
    send(desk, session, shows="first-turn")
    link = shared(desk, session)
    pages["session-photographs"] = desk.get(session)
    pages["walk-photographs"] = desk.app.test_client().get(link)
    first = library(desk)[0].id
    pages["photographs-erase"] = desk.get(f"/photographs/{first}/erase")
    pages["photographs-removed"] = desk.post(f"/photographs/{first}/delete")
    return pages


@pytest.mark.slow
def test_the_page_shows_it_in_words_with_its_day_and_loads_it_only_when_asked(desk: Desk) -> None:
    session = desk.saved()
    link = shared(desk, session)
    public = desk.app.test_client()
    before = public.get(link)
    assert "photo-" not in before.text
    assert "See a photograph" not in before.text
    page = send(desk, session)
    assert "the page shows it" in page.text
    opened = public.get(link)
    assert opened.headers["ETag"] != before.headers["ETag"]
    [name] = pictures(opened.text)
    assert f'alt="{WORDS}" width="400" height="300" loading="lazy"' in opened.text
    assert f"<strong>The meeting place.</strong> {WORDS}" in opened.text
    assert "Taken on 3 May 2026." in opened.text
    inside = re.search(
        r"<details>\s*<summary>.*?See a photograph of the meeting place.*?</details>",
        opened.text,
        re.S,
    )
    assert inside is not None
    assert name in inside[0]


def test_its_file_is_private_and_is_sent_again_only_when_it_changed(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    link = shared(desk, session)
    public = desk.app.test_client()
    address = f"{link}/{pictures(public.get(link).text)[0]}"
    answer = public.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert "Content-Disposition" not in answer.headers
    again = public.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.slow
def test_behind_a_dead_link_there_is_the_same_quiet_page(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    link = shared(desk, session)
    public = desk.app.test_client()
    [name] = pictures(public.get(link).text)
    dead = public.get("/w/unknown")
    for address in (
        f"/w/{'x' * 22}/{name}",
        f"{link}/photo-1-000000000000.webp",
        f"{link}/photo-1",
    ):
        answer = public.get(address)
        assert (answer.status_code, answer.data) == (404, dead.data)
    revoke = re.search(rf'action="({session}/links/[^"]+/revoke)"', desk.get(session).text)
    assert revoke is not None
    desk.post(revoke[1])
    answer = public.get(f"{link}/{name}")
    assert (answer.status_code, answer.data) == (404, dead.data)


def test_both_are_kept_on_the_phone_and_no_other(desk: Desk) -> None:
    session = desk.saved()
    link = shared(desk, session)
    public = desk.app.test_client()
    assert "const PHOTOGRAPHS = [];" in public.get(f"{link}/keep.js").text
    send(desk, session)
    send(desk, session, shows="first-turn")
    names = pictures(public.get(link).text)
    assert len(names) == 2
    listed = re.search(r"const PHOTOGRAPHS = (\[.*\]);", public.get(f"{link}/keep.js").text)
    assert listed is not None
    assert listed[1] == str([f"{link}/{name}" for name in names]).replace("'", '"')


def test_the_preview_shows_it_before_anything_is_sent(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    page = desk.get(f"{session}/preview")
    [name] = pictures(page.text)
    assert desk.client.get(f"{session}/preview/{name}").mimetype == "image/webp"
    assert desk.app.test_client().get(f"{session}/preview/{name}").status_code == 302


@pytest.mark.slow
def test_neither_the_sheet_to_print_nor_a_walk_called_off_shows_it(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    link = shared(desk, session)
    public = desk.app.test_client()
    [name] = pictures(public.get(link).text)
    assert "photo" not in public.get(f"{link}/print").text
    desk.post(f"{session}/cancel")
    assert pictures(public.get(link).text) == []
    assert public.get(f"{link}/{name}").status_code == 404
    desk.post(f"{session}/uncancel")
    assert pictures(public.get(link).text) == [name]


@pytest.mark.slow
def test_a_later_walk_from_the_same_place_can_show_it(desk: Desk) -> None:
    send(desk, desk.saved())
    later = desk.saved(time="14:00")
    assert "The page shows none" in desk.get(later).text
    [photo] = library(desk)
    offered = desk.get(f"{later}/photographs").text
    assert f'value="{photo.id}"' in offered
    chosen = {"meeting_place": str(photo.id), "first_turn": ""}
    page = desk.post(f"{later}/photographs", chosen)
    assert "The page shows what you chose." in page.text
    assert WORDS in page.text
    assert len(pictures(desk.get(f"{later}/preview").text)) == 1
    page = desk.post(f"{later}/photographs", chosen | {"meeting_place": ""})
    assert "The page shows none" in page.text
    away = desk.saved(start="pittville-park/lake-east-end")
    assert str(photo.id) not in desk.get(f"{away}/photographs").text
    assert desk.post(f"{away}/photographs", chosen).status_code == 400


@pytest.mark.slow
def test_removed_it_is_on_no_page_until_it_is_put_back_and_erased_it_is_gone(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    link = shared(desk, session)
    public = desk.app.test_client()
    [name] = pictures(public.get(link).text)
    [photo] = library(desk)
    address = f"/photographs/{photo.id}"
    said = desk.get("/photographs").text
    assert "it leaves every page at once" in said
    assert "A phone without a signal shows it until it next opens the page" in said
    assert "on no page now" in desk.post(f"{address}/delete").text
    assert pictures(public.get(link).text) == []
    assert public.get(f"{link}/{name}").status_code == 404
    assert desk.client.get(f"{address}/picture").status_code == 200
    assert "is back" in desk.post(f"{address}/undelete").text
    assert pictures(public.get(link).text) == [name]
    desk.post(f"{address}/delete")
    assert "cannot be undone" in desk.get(f"{address}/erase").text
    assert "The photograph is erased." in desk.post(f"{address}/erase").text
    assert desk.get(f"{address}/picture").status_code == 404
    assert public.get(link).status_code == 200


def test_its_words_are_corrected_on_every_page(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    link = shared(desk, session)
    address = f"/photographs/{library(desk)[0].id}/words"
    page = desk.post(address, {"description": "A <green> bench"})
    assert "A &lt;green&gt; bench." in page.text
    assert "A &lt;green&gt; bench." in desk.app.test_client().get(link).text
    refused = unescape(desk.post(address, {"description": "My client's bench"}).text)
    assert 'Give a sentence without "client"' in refused


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"description": ""}, "Say in one sentence what is to be seen."),
        ({"description": "x" * 201}, "Give one sentence of 1 to 200 characters."),
        ({"description": "The therapy room"}, 'Give a sentence without "therapy"'),
        ({"taken_on": ""}, "Give the day it was taken."),
        ({"taken_on": "2026-11-24"}, "Give a day from 1990 to today."),
        ({"nobody": "-"}, "Look for them, then tick the box."),
        ({"shows": "-"}, "Say what it shows."),
        ({"shows": "somebody"}, "Choose one from the list."),
        ({"file": "-"}, "Choose a file."),
        ({"key": "made-up"}, "Load the page again."),
    ],
)
@pytest.mark.slow
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    desk: Desk, changes: dict[str, str], said: str
) -> None:
    page = send(desk, desk.saved(), JPEG, **changes)
    assert page.status_code == 422
    assert said in unescape(page.text)
    assert re.search("Choose (a|the) file", page.text)
    assert library(desk) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"GIF89a", "This is no photograph that can be read: send a JPEG, PNG or WebP"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99, "save it as JPEG"),
        (JPEG[: len(JPEG) // 2], "cut short or damaged"),
    ],
    ids=["empty", "gif", "heic", "cut short"],
)
@pytest.mark.slow
def test_a_file_that_is_no_photograph_is_refused_at_its_field(
    desk: Desk, data: bytes, said: str
) -> None:
    page = send(desk, desk.saved(), data)
    assert page.status_code == 422
    error = re.search(r'id="file-error".*?</p>', page.text, re.S)
    assert error is not None
    assert said in error[0]
    assert WORDS in page.text
    assert library(desk) == []


def test_a_wrong_photograph_and_what_else_is_wrong_are_told_together(desk: Desk) -> None:
    page = unescape(send(desk, desk.saved(), b"GIF89a", taken_on="", nobody="-").text)
    for said in ("This is no photograph", "Give the day it was taken.", "then tick the box."):
        assert page.count(said) == 2  # at the top and at its field
    assert WORDS in page


def test_a_file_that_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    session = desk.saved()
    page = desk.client.post(
        f"{session}/photographs/add",
        environ_overrides={"CONTENT_LENGTH": str(TOO_LARGE)},
        content_type="multipart/form-data; boundary=x",
    )
    assert page.status_code == 413
    assert "a photograph 20 MB" in page.text


def test_the_button_pressed_twice_keeps_one(desk: Desk) -> None:
    session = desk.saved()
    key = "0" * 31 + "1"
    send(desk, session, key=key)
    send(desk, session, key=key)
    assert len(library(desk)) == 1


def test_nobody_else_sees_it_nor_is_there_anything_at_the_address_of_none(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    address = f"/photographs/{library(desk)[0].id}"
    stranger = desk.app.test_client()
    for hidden in ("/photographs", f"{address}/picture", f"{session}/photographs"):
        assert stranger.get(hidden).status_code == 302
    for act in ("delete", "undelete", "words", "erase"):
        assert desk.post(f"/photographs/{NOWHERE}/{act}").status_code == 404
    assert desk.get(f"/photographs/{NOWHERE}/picture").status_code == 404
    assert desk.get(f"/sessions/{NOWHERE}/photographs").status_code == 404


def test_after_thirty_days_in_the_bin_a_page_still_opens(desk: Desk) -> None:
    session = desk.saved()
    send(desk, session)
    link = shared(desk, session)
    desk.post(f"/photographs/{library(desk)[0].id}/delete")
    with state_of(desk.app).write.begin() as db:
        [binned] = removal.list_deleted(db, Photograph, first_account(db))
        assert binned.deleted_at is not None
        assert purge_expired(db, binned.deleted_at + timedelta(days=30)).from_bin == 1
    assert desk.app.test_client().get(link).status_code == 200
