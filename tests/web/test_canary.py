import re

import pytest

from tests import photographs as made
from tests.web.desk import Desk, link_of
from tests.web.test_photographs import pictures, send
from walktalk.maps.formats import FORMATS

CANARIES = ("Zebrafinch", "Kookaburra", "Needlefish")
PRIVATE = re.compile(
    "|".join(CANARIES) + r"|step-free|\bquiet\b|pace\W+\d|agreed|calmest|known.only", re.IGNORECASE
)
"""What may be private: references, needs, preferences, pace, answers and the planner's reasons."""

TELLING = re.compile(r"\bann\b|counsel|therap|client|walktalk", re.IGNORECASE)
"""What would tell whose page it is and what it is for: the account's name, and words of the job."""

CLAIMS = "self.clients.claim()"
"""A browser's own name in the script that keeps a page: the one place where such a word stands."""

BROWSERS_OWN = re.compile(
    r"\b(getBoundingClientRect|boundingClientRect|clientHeight|clientWidth|clientLeft|clientTop|clientX|clientY)\b"
)
"""Browsers' own names in the script that draws the map, which stands in the walk as one file."""


def tells(part: str, told: str) -> re.Match[str] | None:
    return TELLING.search(told.replace(CLAIMS, "") if part == "/keep.js" else told)


@pytest.mark.slow
def test_nothing_private_is_in_any_public_answer_or_log_line(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = {"needs": "step-free", "preferences": "quiet", "pace": "stroll"}
    page = desk.save(desk.plan(**asked), reference="Zebrafinch")
    session = page.request.path
    page = desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"})
    link = link_of(page)
    desk.post(f"{session}/reference", {"reference": "Kookaburra"})
    file = desk.post(f"{session}/file", {"answer": "agreed-to-go-and-see"})
    parts = ["", "/map.js", "/print", "/walk.webmanifest", "/keep.js", "/walk.ics"]
    parts += [f"/{each.address}" for each in FORMATS.values()]
    for shows in ("meeting-place", "first-turn"):
        send(desk, session, made.as_jpeg(), shows=shows)
    public = desk.app.test_client()
    parts += [f"/{name}" for name in pictures(public.get(link).text)]
    assert sum("photo-" in part for part in parts) == 2
    for part in parts:
        answer = public.get(link + part)
        assert answer.status_code == 200, part
        told = answer.data.decode("utf-8", "replace") + str(answer.headers)
        assert not PRIVATE.search(told), part
        assert not tells(part, told), part
    assert not PRIVATE.search(file.text + str(file.headers))
    assert not TELLING.search(BROWSERS_OWN.sub("", file.text))
    logged = "".join(capfd.readouterr())
    assert not PRIVATE.search(logged)
    assert link[3:] not in logged


@pytest.mark.slow
def test_an_answer_to_a_failure_tells_nothing_either(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = desk.shared(needs="step-free")
    monkeypatch.setattr("walktalk.web.client.views.links.open_link", _fail)
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    for part in ("", "/walk.gpx", "/keep.js", "/print"):
        answer = desk.app.test_client().get(link + part)
        assert answer.status_code == 500, part
        told = answer.text + str(answer.headers)
        assert not PRIVATE.search(told), part
        assert not TELLING.search(told), part


def _fail(*_args: object) -> None:
    raise RuntimeError("ann needs step-free, says Walktalk to her counsellor")
