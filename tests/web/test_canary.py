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
    assert not PRIVATE.search(file.text + str(file.headers))
    logged = "".join(capfd.readouterr())
    assert not PRIVATE.search(logged)
    assert link[3:] not in logged
