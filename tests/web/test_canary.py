import re

import pytest

from tests.web.desk import Desk, link_of
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
    public = desk.app.test_client()
    for part in parts:
        answer = public.get(link + part)
        assert answer.status_code == 200, part
        told = answer.data.decode("utf-8", "replace") + str(answer.headers)
        assert not PRIVATE.search(told), part
    assert not PRIVATE.search(file.text + str(file.headers))
    logged = "".join(capfd.readouterr())
    assert not PRIVATE.search(logged)
    assert link[3:] not in logged
