import pytest

from walktalk.maps.grid import grid_reference


@pytest.mark.parametrize(
    ("position", "reference"),
    [
        ((-0.1246, 51.5007), "TQ 3026 7964"),
        ((1.716038, 52.658), "TG 5140 1317"),
    ],
)
def test_a_position_in_britain_has_a_grid_reference(
    position: tuple[float, float], reference: str
) -> None:
    found = grid_reference(position)
    assert found[:2] == reference[:2]
    for part, wanted in zip(found.split()[1:], reference.split()[1:], strict=True):
        assert abs(int(part) - int(wanted)) <= 2


def test_a_position_outside_britain_has_none() -> None:
    assert grid_reference((15.6, 48.4)) == ""
