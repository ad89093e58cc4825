"""Our GPX and TCX keep the rules of the published schemas, and the test would notice if not."""

import pytest

from tests.maps.meadow import walk_round
from tests.maps.real_walks import planned_walks, stored_walks
from tests.maps.xml_rules import GPX, GPX_NAMESPACE, TCX, TCX_NAMESPACE, breaches
from walktalk.maps import FORMATS


def test_gpx_files_keep_the_rules() -> None:
    for walk in [walk_round(), *stored_walks().values(), *planned_walks()[::10]]:
        for key in ("gpx", "gpx-simple"):
            assert breaches(FORMATS[key].write(walk), GPX_NAMESPACE, GPX) == []


def test_tcx_files_keep_the_rules() -> None:
    for walk in [walk_round(), *stored_walks().values(), *planned_walks()[::10]]:
        assert breaches(FORMATS["tcx"].write(walk), TCX_NAMESPACE, TCX) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'lat="51.9"', b'lat="151.9"'),
        (b"<name>Start</name>", b""),
        (b' creator="A walk"', b""),
        (b"<sym>Flag, Green</sym>\n<type>Start</type>", b"<type>Start</type><sym>x</sym>"),
    ],
)
def test_a_broken_gpx_file_is_noticed(right: bytes, wrong: bytes) -> None:
    data = FORMATS["gpx"].write(walk_round())
    assert right in data
    broken = data.replace(right, wrong, 1)
    if wrong == b"":
        broken = broken.replace(b"<type>Start</type>", b"<type></type>")
    assert breaches(broken, GPX_NAMESPACE, GPX)


def test_a_broken_tcx_file_is_noticed() -> None:
    data = FORMATS["tcx"].write(walk_round())
    too_long = data.replace(b"<Name>A walk</Name>", b"<Name>A walk with a long name</Name>")
    assert breaches(too_long, TCX_NAMESPACE, TCX)
