"""Draws the walks of a network that feel worst, to be looked at: one picture of several walks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.facts import is_carriageway

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bench.naturalness import Felt
    from walktalk.parks import Area
    from walktalk.routes import Route

_SIZE, _MARGIN, _COLUMNS = 380, 24, 5
_COLOURS = ("#0b6e4f", "#c8553d")  # from the first steps to the last


def how_bad(walk: Felt, route: Route) -> float:
    """Return how bad a walk feels: what is seen again, what interrupts, and what is loud.

    Whole laps, and there and back where that is the shape, are seen again by agreement.
    """
    again = walk.beside + walk.twice if route.shape in ("loop", "lollipop") else 0.0
    stubs = walk.stubs + walk.turned_nowhere
    return again + stubs + walk.turns / 10 + walk.crossings / 5 + walk.main_road


def draw_worst(area: Area, walks: Sequence[tuple[Felt, Route]], most: int, file: Path) -> None:
    """Write an SVG picture of the walks that feel worst, the worst first."""
    worst = sorted(walks, key=lambda walk: -how_bad(*walk))[:most]
    pictures = [_picture(area, felt, route) for felt, route in worst]
    rows = -(-len(pictures) // _COLUMNS)
    placed = [
        f'<g transform="translate({number % _COLUMNS * _SIZE},{number // _COLUMNS * _SIZE})">'
        f"{picture}</g>"
        for number, picture in enumerate(pictures)
    ]
    size = f'width="{_COLUMNS * _SIZE}" height="{rows * _SIZE}"'
    whole = f'<rect {size} fill="white"/>{"".join(placed)}'
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{whole}</svg>\n', "utf-8")


def _picture(area: Area, felt: Felt, route: Route) -> str:
    way = area.network.metres(route.coordinates)
    low, high = way.min(axis=0), way.max(axis=0)
    scale = (_SIZE - 2 * _MARGIN) / max(float((high - low).max()), 1.0)

    def drawn(points: NDArray[np.float64]) -> str:
        east, north = ((points - low) * scale).T
        xy = zip((east + _MARGIN).tolist(), (_SIZE - _MARGIN - north).tolist(), strict=True)
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in xy)

    near = []
    for path in area.paths.values():
        points = area.network.metres(path.coordinates)
        if (points.max(axis=0) >= low).all() and (points.min(axis=0) <= high).all():
            colour = "#e0a0a0" if is_carriageway(path) else "#999"
            near.append(f'<polyline points="{drawn(points)}" fill="none" stroke="{colour}"/>')
    half = len(way) // 2
    halves = [
        f'<polyline points="{drawn(part)}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-opacity="0.8"/>'
        for part, colour, width in zip((way[: half + 1], way[half:]), _COLOURS, (5, 2), strict=True)
    ]
    east, north = drawn(way[:1]).split(",")
    halves.append(f'<circle cx="{east}" cy="{north}" r="6" fill="none" stroke="black"/>')
    said = (
        f"{route.shape} "
        f"beside {felt.beside:.2f} twice {felt.twice:.2f} turns {felt.turns:.1f} "
        f"cr {felt.crossings:.1f} calm {felt.calm:.2f}"
    )
    text = f'<text x="6" y="14" font-size="12" font-family="sans-serif">{escape(said)}</text>'
    return "".join([*near, *halves, text])
