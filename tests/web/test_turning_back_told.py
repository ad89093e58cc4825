"""The shorter way back is told in the same words, and drawn, on page, sheet and in one file."""

from datetime import datetime

import pytest

from tests.maps.real_walks import PARKS
from tests.web.desk import Desk, as_shared
from walktalk.maps.standalone import standalone_html
from walktalk.maps.walk_map import walk_map
from walktalk.routes import Walk, WalkRequest, plan_walks
from walktalk.routes.clock import LONDON
from walktalk.routes.turning_back import shortcut_in_words
from walktalk.sessions.opened import public_walk
from walktalk.web.client.one_file import walk_file
from walktalk.web.client.page import print_page, walk_page

AT = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
LINK = "/w/AAAAAAAAAAAAAAAAAAAAAA"


@pytest.mark.parametrize("needs", [frozenset(), frozenset(["step-free"])])
@pytest.mark.slow
def test_it_is_told_and_drawn_in_every_form_whatever_was_needed(
    desk: Desk, needs: frozenset[str]
) -> None:
    request = WalkRequest(start="boat-house", minutes=50, at=AT, needs=needs)
    found = plan_walks(PARKS["pittville-park"], request, limit=9)
    with_one = next(each for each in found if each.shortcut)
    without = next(each for each in found if not each.shortcut)
    for proposal in (with_one, without):
        walk = public_walk(Walk.chosen(PARKS["pittville-park"], request, proposal))
        shared = as_shared(walk, AT)
        with desk.app.test_request_context(LINK):
            page, sheet = walk_page(shared, LINK), print_page(shared, LINK, "")
            forms = (page, sheet, walk_file(shared, AT), standalone_html(walk))
        for form in forms:
            assert "If you want to turn back early" in form
            assert ('class="sketch-shortcut"' in form) == (proposal is with_one)
            assert ("thin dashed line" in form) == (proposal is with_one)
            for sentence in shortcut_in_words(with_one.shortcut) if with_one.shortcut else ():
                assert (sentence in form) == (proposal is with_one)
        assert ("walk-shortcut" in walk_map(walk).script) == (proposal is with_one)
