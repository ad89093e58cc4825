"""The planning form: where, when, how long, how fast, and what matters on the way."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    FloatField,
    HiddenField,
    RadioField,
    StringField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from walktalk.parks import Area, LonLat, Place, StoredRoute
from walktalk.routes import NEEDS, WalkRequest
from walktalk.routes.checks import NEED_GROUPS
from walktalk.routes.checks.check import NeedGroup
from walktalk.routes.clock import LONDON
from walktalk.routes.model import PACES, PREFERENCES, Pause
from walktalk.routes.reading import SEATS_WITHIN_M, SNAP_M
from walktalk.routes.words import SHAPE_WORDS, distance_in_words, listed
from walktalk.web.forms.fields import Choose, SelectChoice, TickList, WholeNumber, choices_of
from walktalk.web.forms.when import WhenForm

LATITUDES, LONGITUDES = (49.7, 61.1), (-9.1, 2.1)
"""Great Britain, in degrees: the area of use of EPSG:27700, with a tenth of a degree to spare."""
LEAST_MINUTES, MOST_MINUTES = 20, 120
MOST_PAUSE_MINUTES = 30
USUAL_TIME = time(10, 0)
SEPARATOR = "/"
"""Between an area's id and a place's id in a field's value; neither may hold it."""

PACE_WORDS = {
    "stroll": "Stroll: slow, with many pauses",
    "gentle": "Gentle: usual for a walk with talk",
    "steady": "Steady: a little slower than most people walk alone",
}
NEED_GROUP_WORDS: dict[NeedGroup, str] = {
    "body": "Body: steps, surface, slopes, width",
    "senses": "Senses: roads, bikes, water, playgrounds",
    "comfort": "Comfort: light, seats, toilets",
}
PAUSE_PLACES = {"0.25": "A quarter of the way", "0.5": "Half way", "0.75": "Three quarters"}
_POSITION = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[, ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_APPROACH_KINDS = ("car_park", "bus_stop", "station")


class PlanForm(WhenForm):
    """Everything a walk is planned from; every field but the place has a default."""

    start = Choose(
        "Where do you meet?",
        description="Meeting points, by park.",
        validators=[InputRequired("Choose where you meet.")],
    )
    position = StringField(
        "Or start somewhere else",
        validators=[Optional()],
    )
    minutes = WholeNumber(
        "How long is the session?",
        description="From meeting to parting, 20 to 120.",
        default=50,
        validators=[
            InputRequired("Give the length in minutes, from 20 to 120."),
            NumberRange(LEAST_MINUTES, MOST_MINUTES, "A session can take from 20 to 120 minutes."),
        ],
    )
    pace = RadioField(
        "How fast do you walk?",
        description=f"{listed([f'{pace:.1f}' for pace in PACES.values()])} metres a second.",
        choices=choices_of(PACE_WORDS),
        default="gentle",
        validators=[InputRequired("Choose a pace.")],
    )
    needs = TickList(
        "What must be right?",
        description="A walk that breaks one of these is never shown.",
        choices=choices_of(NEEDS),
    )
    seats_within_m = FloatField(
        "Never farther between two seats than",
        description="In metres, such as 200. Leave it empty for any distance.",
        validators=[Optional(), NumberRange(*SEATS_WITHIN_M, "Give from 50 to 1000 metres.")],
    )
    seated = BooleanField("Mostly seated: a short walk to a seat, a long pause there, and back")
    known_only = BooleanField(
        "Only walks where somebody has checked what must be right",
        description="Without it, walks that nobody has checked come last and say so.",
    )
    preferences = TickList(
        "What would be good?",
        description="These put one walk before another. They rule nothing out.",
        choices=choices_of(PREFERENCES),
    )
    shape = Choose(
        "Shape of the walk",
        choices=[
            SelectChoice("", "Whatever fits best"),
            *(SelectChoice(shape, words) for shape, words in SHAPE_WORDS.items()),
        ],
    )
    arrive_minutes = FloatField(
        "Minutes to arrive and settle", default=3, validators=[NumberRange(0, 30, "0 to 30.")]
    )
    close_minutes = FloatField(
        "Minutes to close at the end", default=5, validators=[NumberRange(0, 30, "0 to 30.")]
    )
    pause_minutes = FloatField(
        "A pause on the way, in minutes",
        description="Leave it empty for none.",
        validators=[
            Optional(),
            NumberRange(1, MOST_PAUSE_MINUTES, "A pause can take from 1 to 30 minutes."),
        ],
    )
    pause_at = Choose("Where is the pause?", choices=choices_of(PAUSE_PLACES), default="0.5")
    max_minutes_from_start = FloatField(
        "Never farther from the start than",
        description="In minutes of walking. Leave it empty for no limit.",
        validators=[Optional(), NumberRange(1, 60, "Give from 1 to 60 minutes.")],
    )
    keep_away_from = TickList("Keep away from", description="No walk comes near these places.")
    approach = Choose(
        "How do people come?",
        description="The way from there to the meeting point is checked as well.",
        default="",
    )
    route = HiddenField()
    known = HiddenField()
    same = HiddenField()
    variant = WholeNumber(
        default=0, validators=[Optional(), NumberRange(0, 10_000, "Load the page again.")]
    )

    def __init__(self, areas: Mapping[str, Area], now: datetime, **values: Any) -> None:
        tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
        super().__init__(now, data={"day": tomorrow, "time": USUAL_TIME}, **values)
        self._areas = areas
        if self.stored is not None and not self.start.data:
            self._start_where_the_route_does(self.stored)
        self.position.description = (
            "Latitude and longitude, such as 51.9070, -2.0680, no more than "
            f"{distance_in_words(SNAP_M)} from a path of the same park. "
            "A tap on the map fills it in."
        )
        self.start.choices = [
            SelectChoice("", "Choose where you meet"),
            *_by_area(areas, lambda place: place.is_meeting_point),
        ]
        self._offer_places(areas)

    @property
    def area(self) -> Area:
        """The park in which the stored route lies, or else the walk starts."""
        where = self.start.data if self.stored is None else self.route.data
        return self._areas[str(where).split(SEPARATOR)[0]]

    @property
    def park(self) -> Area | None:
        """The park chosen so far, or ``None`` while nobody has chosen one."""
        where = self.start.data if self.stored is None else self.route.data
        return self._areas.get(str(where or "").split(SEPARATOR)[0])

    @property
    def parks(self) -> list[Area]:
        """The parks to choose from, by name."""
        return sorted(self._areas.values(), key=lambda area: area.name)

    def narrow(self) -> None:
        """Show only places of the park chosen where a choice follows from it."""
        chosen = {park.id: park} if (park := self.park) else {}
        self._offer_places(chosen)

    @property
    def stored(self) -> StoredRoute | None:
        """The stored route that was asked for, or ``None`` for any walk."""
        area_id, _, route_id = (self.route.data or "").partition(SEPARATOR)
        area = self._areas.get(area_id)
        return area.routes.get(route_id) if area else None

    def needs_by_group(self) -> dict[str, list[Any]]:
        """Return the boxes of the needs by what each group is for, in words."""
        boxes = {box.data: box for box in self.needs}
        return {
            NEED_GROUP_WORDS[group]: [boxes[need] for need in needs]
            for group, needs in NEED_GROUPS.items()
        }

    @property
    def has_more(self) -> bool:
        """Whether one of the fields that are folded away holds something."""
        folded = (
            self.shape,
            self.seats_within_m,
            self.seated,
            self.max_minutes_from_start,
            self.pause_minutes,
            self.approach,
        )
        rest = (self.pause_at, self.arrive_minutes, self.close_minutes, self.keep_away_from)
        ticked = (self.keep_away_from, self.preferences, self.known_only)
        return (
            any(field.data or field.errors for field in folded)
            or any(field.errors for field in rest)
            or any(field.data or field.errors for field in ticked)
        )

    def request(self) -> WalkRequest:
        """Return what was asked for as plain values; only after ``validate``."""
        keep_away = (value.split(SEPARATOR) for value in self.keep_away_from.data or [])
        asked = WalkRequest(
            start=_position(self.position.data) or self.start.data.split(SEPARATOR)[1],
            minutes=self.minutes.data or 0,
            pace=PACES[self.pace.data],
            arrive_minutes=self.arrive_minutes.data or 0,
            close_minutes=self.close_minutes.data or 0,
            pauses=self._pauses(),
            needs=frozenset(self.needs.data or ()),
            preferences=frozenset(self.preferences.data or ()),
            unknown="refuse" if self.known_only.data else "allow",
            shape=self.shape.data or None,
            max_minutes_from_start=self.max_minutes_from_start.data,
            at=self.at,
            variant=self.variant.data or 0,
            seats_within_m=self.seats_within_m.data,
            seated=bool(self.seated.data),
            keep_away_from=tuple(place for area, place in keep_away if area == self.area.id),
        )
        area, _, place = (self.approach.data or "").partition(SEPARATOR)
        return replace(asked, approach=place) if area == self.area.id else asked

    def _offer_places(self, areas: Mapping[str, Area]) -> None:
        self.approach.choices = [
            SelectChoice("", "I do not know yet"),
            *_by_area(areas, lambda place: place.kind in _APPROACH_KINDS),
        ]
        self.keep_away_from.choices = _by_area(
            areas, lambda place: bool(place.name) and not place.is_meeting_point
        )

    def _start_where_the_route_does(self, stored: StoredRoute) -> None:
        start = f"{self.area.id}{SEPARATOR}{stored.start}"
        self.start.raw_data = [start]
        self.start.data = start

    def _pauses(self) -> tuple[Pause, ...]:
        if not self.pause_minutes.data:
            return ()
        return ((self.pause_minutes.data, float(self.pause_at.data)),)

    def validate_position(self, field: StringField) -> None:
        """Refuse what is no position, or one the wrong way round."""
        if not field.data:
            return
        found = _position(field.data)
        if found is None or not _in_range(found, LONGITUDES, LATITUDES):
            if found is not None and _in_range(found, LATITUDES, LONGITUDES):
                raise ValidationError(
                    "These two are the wrong way round. Latitude comes first, such as "
                    f"{found[0]:.4f}, {found[1]:.4f}."
                )
            raise ValidationError("Give latitude and longitude, such as 51.9070, -2.0680.")


def name_of(place: Place) -> str:
    """Return what a place is called: its name, else what it is."""
    return place.name or place.kind.replace("_", " ").capitalize()


def hidden_values(form: PlanForm, **changes: object) -> list[tuple[str, str]]:
    """Return the form's fields as names and values, to be sent again unseen."""
    pairs: list[tuple[str, str]] = []
    for field in form:
        if field.name == "csrf_token":
            continue
        value = changes[field.name] if field.name in changes else _typed(field)
        pairs.extend((field.name, str(each)) for each in _each(value))
    return pairs


def values_of(area: Area, request: WalkRequest) -> dict[str, object]:
    """Return the form's values that ask for ``request``."""
    paces = {pace: name for name, pace in PACES.items()}
    start: str | LonLat | None = request.start
    meeting = start if isinstance(start, str) else area.meeting_points[0].id
    pause = request.pauses[0] if request.pauses else None
    at = request.at.astimezone(LONDON) if request.at else None
    return {
        "start": f"{area.id}{SEPARATOR}{meeting}",
        "position": f"{start[1]:.6f}, {start[0]:.6f}" if isinstance(start, tuple) else "",
        "day": at.date() if at else None,
        "time": f"{at:%H:%M}" if at else None,
        "minutes": request.minutes,
        "pace": paces.get(request.pace, "gentle"),
        "needs": sorted(request.needs),
        "known_only": request.unknown == "refuse",
        "preferences": sorted(request.preferences),
        "shape": request.shape or "",
        "arrive_minutes": request.arrive_minutes,
        "close_minutes": request.close_minutes,
        "pause_minutes": pause[0] if pause else None,
        "pause_at": str(pause[1]) if pause else "0.5",
        "max_minutes_from_start": request.max_minutes_from_start,
        "seats_within_m": request.seats_within_m,
        "seated": request.seated,
        "keep_away_from": [
            f"{area.id}{SEPARATOR}{place}"
            for place in request.keep_away_from
            if isinstance(place, str)
        ],
        "approach": f"{area.id}{SEPARATOR}{request.approach}" if request.approach else "",
        "variant": request.variant,
    }


def _by_area(areas: Mapping[str, Area], wanted: Callable[[Place], bool]) -> list[SelectChoice]:
    return [
        SelectChoice(f"{area.id}{SEPARATOR}{place.id}", name_of(place), optgroup=area.name)
        for area in sorted(areas.values(), key=lambda area: area.name)
        for place in area.places.values()
        if wanted(place)
    ]


def _position(text: str | None) -> LonLat | None:
    """Return (longitude, latitude) from what is typed the other way round, as maps give it."""
    match = _POSITION.fullmatch(text or "")
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    return (lon, lat)


def _in_range(pair: LonLat, first: tuple[float, float], second: tuple[float, float]) -> bool:
    return first[0] <= pair[0] <= first[1] and second[0] <= pair[1] <= second[1]


def _typed(field: Any) -> object:
    return field.data if field.raw_data is None else field.raw_data


def _each(value: object) -> Iterable[object]:
    if value is None or value is False:
        return []
    if value is True:
        return ["y"]
    return value if isinstance(value, list | tuple | set | frozenset) else [value]
