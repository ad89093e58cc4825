import re
from html import unescape
from itertools import pairwise

from tests.web.desk import Desk
from walktalk.maps.formats import FORMATS, recording_words


def files_part(desk: Desk) -> str:
    page = desk.app.test_client().get(desk.shared()).text
    return page[page.index("Files for a watch or a walking app") :]


def test_every_file_has_its_three_steps_and_no_steps_are_said_twice_in_a_row(desk: Desk) -> None:
    part = files_part(desk)
    for each in FORMATS.values():
        below = part[part.index(f"/{each.address}") :]
        steps = re.search(r"<ol.*?</ol>", below, re.DOTALL)
        assert steps
        assert tuple(re.findall(r"<li>(.*?)</li>", unescape(steps[0]))) == each.steps
    blocks = re.findall(r"<ol[^>]*>(.*?)</ol>", part, re.DOTALL)
    assert all(one != other for one, other in pairwise(blocks))


def test_the_shorter_version_keeps_how_to_keep_a_recording_to_oneself(desk: Desk) -> None:
    part = files_part(desk)
    at = part.index(recording_words()[2][:20])
    before = part[:at]
    assert before.count("<div") == before.count("</div")
    assert 'class="long"' not in before[before.rindex("</ul>") :]


def test_before_the_files_stands_that_some_apps_show_walks_to_others(desk: Desk) -> None:
    part = files_part(desk)
    assert part.index("Some apps show your walks to others; check first.") < part.index("/walk-")


def test_the_file_with_notices_says_where_they_come(desk: Desk) -> None:
    assert "The same with a notice at turns and places" in files_part(desk)
