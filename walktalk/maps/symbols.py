"""The drawn symbols of maps and sketches: inline SVG and class names, no colours of their own."""

from html import escape

from walktalk.parks import Place

START = (
    '<svg viewBox="-13 -13 26 26" aria-hidden="true"><circle class="ring" r="9"/>'
    '<circle class="dot" r="4"/></svg><span class="map-word">Start</span>'
)
FINISH = (
    '<svg viewBox="-13 -13 26 26" aria-hidden="true"><circle class="ring" r="9"/>'
    '<rect class="dot" x="-3.5" y="-3.5" width="7" height="7"/></svg>'
    '<span class="map-word">Finish</span>'
)
FLAG_PATH = "M0 0V-20L12 -15.5L0 -11"
"""A small flag whose foot stands at the origin."""
FLAG = (
    f'<svg viewBox="-3 -22 18 24" aria-hidden="true"><path d="{FLAG_PATH}"/></svg>'
    '<span class="map-word">Half way</span>'
)
ARROW_PATH = "M0 -6L5 5L0 2.5L-5 5Z"
"""An arrow head that points north, around the origin."""

PLACE_WORDS = {
    "bench": "Seat",
    "seat": "Seat",
    "toilets": "Toilets",
    "cafe": "Café",
    "car_park": "Car park",
    "bus_stop": "Bus stop",
    "playground": "Playground",
    "gate": "Gate",
    "hazard": "Take care",
    "bandstand": "Bandstand",
    "boathouse": "Boathouse",
    "defibrillator": "Defibrillator",
    "shelter": "Shelter",
    "drinking_water": "Drinking water",
}
"""What a kind of place is called on a map; any other kind by its own name."""


def place_words(place: Place) -> str:
    """Return what a place is called: its own name, else what it is."""
    return place.name or PLACE_WORDS.get(place.kind, place.kind.replace("_", " ").capitalize())


def arrow(bearing: float) -> str:
    """Return an arrow head that points along ``bearing``, degrees clockwise from north."""
    return (
        '<svg viewBox="-8 -8 16 16" aria-hidden="true">'
        f'<path transform="rotate({bearing:.0f})" d="{ARROW_PATH}"/></svg>'
    )


def minute(number: int) -> str:
    """Return a round label with a number of minutes."""
    return f"<span>{number}</span>"


def letter(name: str) -> str:
    """Return the letter that names a walk among others."""
    return f"<span>{escape(name)}</span>"


def place(where: Place) -> str:
    """Return a dot with the place's name beside it."""
    return (
        f'<span class="map-dot"></span><span class="map-word">{escape(place_words(where))}</span>'
    )
