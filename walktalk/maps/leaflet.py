"""Leaflet, the map's front end, from the Python package that carries it."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from xstatic.pkg import leaflet

_IMAGES = ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png")
_SHADOW = "marker-shadow.png"


def leaflet_files() -> dict[str, Path]:
    """Return the files a page with a map needs, by the name they are to be served under.

    Names keep their relative folders (``images/layers.png``), as the style sheet refers to them.
    """
    folder = Path(leaflet.BASE_DIR)
    names = ["leaflet.js", "leaflet.css", *(f"images/{name}" for name in (*_IMAGES, _SHADOW))]
    return {name: folder / name for name in names}


@cache
def leaflet_script() -> str:
    """Return Leaflet's script without the pointer to its source map, which is not served."""
    text = leaflet_files()["leaflet.js"].read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL=")]
    return "\n".join(lines)


@cache
def leaflet_styles_inlined() -> str:
    """Return Leaflet's style sheet with its images inside, as data URIs."""
    files = leaflet_files()
    text = files["leaflet.css"].read_text(encoding="utf-8")
    for name, path in files.items():
        if name.startswith("images/"):
            data = b64encode(path.read_bytes()).decode("ascii")
            text = text.replace(f"url({name})", f"url(data:image/png;base64,{data})")
    return text
