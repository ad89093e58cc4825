"""Makes the README's picture of a map anew: ``python -m tools.readme_picture``.

It is the product's own map of a stored walk, as a page shows it, by headless Chromium.
"""

import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.chromium import chromium
from walktalk.maps import standalone_html
from walktalk.parks import load_area
from walktalk.resources import shipped_parks
from walktalk.routes import Walk, WalkRequest
from walktalk.routes.stored import fit_route

PICTURE = Path(__file__).parent.parent / "docs" / "walk.png"
AREA, ROUTE = "pittville-park", "lower-lake-loop"
_REQUEST = WalkRequest(at=datetime(2026, 12, 1, 10, 0, tzinfo=UTC))
_WINDOW = {"width": 760, "height": 900}
_SHARP = 2
"""Pixels of the picture for one of the page, for screens that have as many."""
_COLOURS = 128
"""A drawn map has few: with no more than these the file is a third as large."""


def picture() -> bytes:
    """Return the picture as PNG."""
    area = load_area(shipped_parks() / f"{AREA}.geojson")
    walk = Walk(area, _REQUEST, fit_route(area, area.routes[ROUTE], _REQUEST))
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "map.html"
        file.write_text(standalone_html(walk), "utf-8")
        page = browser.new_page(viewport=_WINDOW, device_scale_factor=_SHARP)  # type: ignore[arg-type]
        page.goto(file.as_uri())
        shown = page.locator(".walk-map").screenshot()
    made = BytesIO()
    Image.open(BytesIO(shown)).convert("RGB").quantize(_COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(picture())
