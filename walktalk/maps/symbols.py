"""The drawn symbols of maps and sketches: inline SVG and class names, no colours of their own."""

from collections.abc import Sequence
from html import escape

from walktalk.parks import Place
from walktalk.wording import N_, Table

START = (
    '<svg viewBox="-13 -13 26 26" aria-hidden="true"><circle class="ring" r="9"/>'
    '<circle class="dot" r="4"/></svg>'
)
FINISH = (
    '<svg viewBox="-13 -13 26 26" aria-hidden="true"><circle class="ring" r="9"/>'
    '<rect class="dot" x="-3.5" y="-3.5" width="7" height="7"/></svg>'
)
FLAG_PATH = "M0 0V-20L12 -15.5L0 -11"
"""A small flag whose foot stands at the origin."""
FLAG = f'<svg viewBox="-3 -22 18 24" aria-hidden="true"><path d="{FLAG_PATH}"/></svg>'
ARROW_PATH = "M0 -6L5 5L0 2.5L-5 5Z"
"""An arrow head that points north, around the origin."""

PLACE_WORDS: Table[str] = Table(
    {
        "bench": N_("Seat"),
        "seat": N_("Seat"),
        "toilets": N_("Toilets"),
        "cafe": N_("Café"),
        "car_park": N_("Car park"),
        "bus_stop": N_("Bus stop"),
        "playground": N_("Playground"),
        "gate": N_("Gate"),
        "hazard": N_("Take care"),
        "bandstand": N_("Bandstand"),
        "boathouse": N_("Boathouse"),
        "defibrillator": N_("Defibrillator"),
        "shelter": N_("Shelter"),
        "drinking_water": N_("Drinking water"),
    }
)
"""What a kind of place is called on a map; any other kind by its own name."""
_GO_BY_KIND = (
    "toilets",
    "bench",
    "seat",
    "drinking_water",
    "hazard",
    "defibrillator",
    "bus_stop",
)


def place_words(place: Place) -> str:
    """Return what a place is called: its own name, else what it is."""
    return place.name or kind_words(place)


def kind_words(place: Place) -> str:
    """Return what kind of place it is, in words."""
    return PLACE_WORDS.get(place.kind) or place.kind.replace("_", " ").capitalize()


def short_words(place: Place, area_name: str) -> list[str]:
    """Return what a place may be called where room is short, the best first.

    Toilets and seats go by their kind, and bus stops, most of which bear a street's name. In a
    park nobody needs the park's name after each other.
    """
    name = place.name.removesuffix(area_name).strip(" ,")
    if place.kind in _GO_BY_KIND or not name:
        return [kind_words(place)]
    return [name, kind_words(place)]


def arrow(bearing: float) -> str:
    """Return an arrow head that points along ``bearing``, degrees clockwise from north."""
    return (
        '<svg viewBox="-8 -8 16 16" aria-hidden="true">'
        f'<path transform="rotate({bearing:.0f})" d="{ARROW_PATH}"/></svg>'
    )


def label(words: str) -> str:
    """Return a round or long label: minutes, or the letter of a walk among others."""
    return f"<span>{escape(words)}</span>"


def word(words: str) -> str:
    """Return words beside a mark."""
    return f'<span class="map-word">{escape(words)}</span>'


def dot(place: Place) -> str:
    """Return a dot that stands for a place, with its whole name for a mouse that rests on it."""
    return f'<span class="map-dot" title="{escape(place_words(place))}"></span>'


def ground_name(lines: Sequence[str], turn: str = "") -> str:
    """Return the name of a lake, park or street around its middle, in one line or two.

    Args:
        lines: the name.
        turn: what places and turns it, as SVG says it.
    """
    placed = f' transform="{turn}"' if turn else ""
    if len(lines) == 1:
        return f"<text{placed}>{escape(lines[0])}</text>"
    first, second = map(escape, lines)
    return (
        f'<text{placed}><tspan x="0" y="-.58em">{first}</tspan>'
        f'<tspan x="0" y=".58em">{second}</tspan></text>'
    )
