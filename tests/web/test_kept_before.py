"""A session that was saved when the areas were smaller opens as it was told then."""

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.web.desk import Desk, as_shared
from walktalk.parks import load_area
from walktalk.resources import shipped_parks
from walktalk.routes.surroundings import surroundings
from walktalk.sessions.store.frozen import freeze, thaw
from walktalk.web.client.page import print_page, walk_page

KEPT = Path(__file__).parent / "kept_before.json"
"""The copy that a session on six areas of cycleways kept, round the lake of Pittville Park."""

MORNING = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
LINK = "/w/AAAAAAAAAAAAAAAAAAAAAA"


def test_it_opens_with_its_own_paths_though_some_have_gone_since(desk: Desk) -> None:
    frozen = json.loads(KEPT.read_text(encoding="utf-8"))
    walk = thaw(frozen)
    today = load_area(shipped_parks() / "pittville-park.geojson")
    assert not {leg.path_id for leg in walk.route.legs} <= set(today.paths)
    shared = as_shared(walk, MORNING)
    with desk.app.test_request_context(LINK):
        for page in (walk_page(shared, LINK), print_page(shared, LINK, "")):
            assert "2.5 km" in page
            assert "The Boat House" in page


def test_it_is_kept_on_with_what_lies_around_it_and_all_that_it_was_told() -> None:
    walk = thaw(json.loads(KEPT.read_text(encoding="utf-8")))
    again = thaw(json.loads(json.dumps(freeze(walk))))
    assert again.proposal == walk.proposal
    assert again.area == surroundings(walk)
