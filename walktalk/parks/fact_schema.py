"""What may be recorded about a path, a barrier or a place, as pydantic models.

The names of facts and their values follow OpenStreetMap's where it has one
(https://wiki.openstreetmap.org/wiki/Map_features). What a model does not name is refused, so that
a misspelt fact can never pass for an unknown one.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from walktalk.parks.closures import PATTERN

MAX_GRADIENT_PCT = 100.0  # 45 degrees: nothing steeper is a way to walk
MAX_WIDTH_M = 100.0  # a square is wider, a way is not
MAX_STEPS = 5000  # the longest public stairways have under 12,000 steps, none of one path

Text = Annotated[str, StringConstraints(min_length=1, max_length=255, strip_whitespace=True)]
YesNo = Literal["yes", "no"]
Metres = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Width = Annotated[float, Field(gt=0, le=MAX_WIDTH_M, allow_inf_nan=False)]
_NOTE = r"(busy|quiet)( (Mo|Tu|We|Th|Fr|Sa|Su) ([01]\d|2[0-3]):00)?"
Crowds = Annotated[
    str,
    StringConstraints(pattern=rf"^{_NOTE}(; {_NOTE})*$", max_length=4000),
]
SeenBarriers = Literal["yes", "none", "gate", "kissing_gate", "bollard", "chicane", "stile"]
KerbHeight = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Strict(BaseModel):
    """Refuses members it does not know and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PathFacts(Strict):
    """What can be recorded about a path. Absent is unknown.

    Widths are clear widths in metres. ``gradient_pct`` is the steepest gradient along the path,
    without sign; ``climb_m`` and ``descent_m`` add up the ups and downs from the line's first
    point to its last; ``height_error_m`` is what the source of the heights states as its error
    and ``gradient_error_pct`` what that makes of the gradient, judged over ``gradient_window_m``;
    ``gradient_least_pct`` is, of a path shorter than that, the gradient on the gentlest of the
    ways that lead over it. ``steps`` is set by a person who looked. The distances are in metres:
    ``water_m`` and ``playground_m`` from the path's nearest point, those to roads what a quarter of
    the path is within, so that a path that only ends at a road does not count as lying beside it,
    ``wood_m`` what half of it is within.
    ``road_m`` is to a road of any class (``road_class`` says which), ``main_road_m`` to a
    motorway, trunk, primary or secondary road, ``through_road_m`` to a tertiary or unclassified
    one, ``street_m`` to a residential or living street. ``ground_access`` and ``ground_hours`` are
    what is recorded of the park or other ground that the path lies in; ``public`` says of a link
    to a street that nobody has recorded whether everybody may walk it; ``lifecycle`` is what the
    way was before or will be ("disused"). ``barrier`` and ``barrier_width_m`` are read from files
    written before barriers had an entry each. What stands from ``two_abreast`` to
    ``phone_signal`` is what a person sees there: room for two at the narrowest place, firm ground,
    seats and barriers or none, plants in the way, mud, dogs off the lead, where others could
    listen, a slope that is felt, toilets that were open, a signal for the phone. ``crowds`` is
    "busy" or "quiet", with the weekday and the hour in which it was seen ("busy Sa 09:00"), for
    several of them one after the other with a semicolon between.
    ``closed`` is the first and the last day of a closure ("2026-11-26/2027-03-14").
    """

    highway: Text | None = None
    name: Text | None = None
    surface: Text | None = None
    smoothness: Text | None = None
    tracktype: Text | None = None
    width_m: Width | None = None
    gradient_pct: Annotated[float, Field(ge=0, le=MAX_GRADIENT_PCT)] | None = None
    gradient_error_pct: Annotated[float, Field(ge=0, le=1000)] | None = None
    climb_m: Metres | None = None
    descent_m: Metres | None = None
    gradient_least_pct: Annotated[float, Field(ge=0, le=MAX_GRADIENT_PCT)] | None = None
    gradient_window_m: Metres | None = None
    height_error_m: Metres | None = None
    lit: Text | None = None
    beside_road: Text | None = None
    beside_water: Text | None = None
    crosses_road: Text | None = None
    bicycle: Text | None = None
    foot: Text | None = None
    access: Text | None = None
    public: Literal["not recorded"] | None = None
    segregated: Text | None = None
    wheelchair: Text | None = None
    steps: YesNo | None = None
    step_count: Annotated[int, Field(ge=1, le=MAX_STEPS)] | None = None
    handrail: Text | None = None
    kerb: Text | None = None
    barrier: Text | None = None
    barrier_width_m: Width | None = None
    kerb_height_m: KerbHeight | None = None
    tactile_paving: Text | None = None
    joined_m: Annotated[float, Field(gt=0, le=2)] | None = None
    bridge: Text | None = None
    tunnel: Text | None = None
    layer: Text | None = None
    under_bridge: Text | None = None
    covered: Text | None = None
    maxspeed: Text | None = None
    sidewalk: Text | None = None
    shade: Text | None = None
    two_abreast: YesNo | None = None
    firm: YesNo | None = None
    seats: Literal["yes", "none"] | None = None
    barriers: SeenBarriers | None = None
    narrowed_by_plants: YesNo | None = None
    mud: YesNo | None = None
    dogs: Literal["off-lead", "few"] | None = None
    crowds: Crowds | None = None
    overheard: Literal["likely", "few"] | None = None
    steep: YesNo | None = None
    toilets_open: YesNo | None = None
    phone_signal: YesNo | None = None
    road_m: Metres | None = None
    road_class: Text | None = None
    main_road_m: Metres | None = None
    through_road_m: Metres | None = None
    street_m: Metres | None = None
    water_m: Metres | None = None
    wood_m: Metres | None = None
    playground_m: Metres | None = None
    motorroad: Text | None = None
    construction: Text | None = None
    military: Text | None = None
    private: Text | None = None
    status: Text | None = None
    lifecycle: Text | None = None
    disused: Text | None = None
    abandoned: Text | None = None
    proposed: Text | None = None
    planned: Text | None = None
    demolished: Text | None = None
    razed: Text | None = None
    removed: Text | None = None
    destroyed: Text | None = None
    dismantled: Text | None = None
    collapsed: Text | None = None
    ruins: Text | None = None
    ford: Text | None = None
    tidal: Text | None = None
    flood_prone: Text | None = None
    intermittent: Text | None = None
    indoor: Text | None = None
    level: Text | None = None
    hazard: Text | None = None
    sac_scale: Text | None = None
    trail_visibility: Text | None = None
    temporary_access: Text | None = None
    oneway_foot: Text | None = None
    foot_forward: Text | None = None
    foot_backward: Text | None = None
    ground_access: Text | None = None
    ground_hours: Text | None = None
    opening_hours: Text | None = None
    access_conditional: Text | None = None
    foot_conditional: Text | None = None
    seasonal: Text | None = None
    closed: Annotated[str, StringConstraints(pattern=PATTERN)] | None = None


class BarrierFacts(Strict):
    """What can be recorded about a barrier. Absent is unknown.

    ``width_m`` is the clear width that somebody measured where one passes, ``kerb_height_m`` the
    height of a kerb.
    """

    width_m: Width | None = None
    wheelchair: Text | None = None
    locked: Text | None = None
    kerb: Text | None = None
    kerb_height_m: KerbHeight | None = None
    tactile_paving: Text | None = None
    stile: Text | None = None
    bicycle: Text | None = None
    hazard: Text | None = None
    access: Text | None = None
    foot: Text | None = None
    opening_hours: Text | None = None
    access_conditional: Text | None = None
    foot_conditional: Text | None = None
    locked_conditional: Text | None = None
    seasonal: Text | None = None


class CrossingFacts(Strict):
    """What can be recorded about where a path crosses a road or a railway. Absent is unknown.

    ``arms_deg`` is for one met at a path's end: the bearings by which rails, or roads that nobody
    may walk along, leave there ("12 195").
    """

    name: Text | None = None
    crossing: Text | None = None
    signals: YesNo | None = None
    island: YesNo | None = None
    kerb: Text | None = None
    tactile_paving: Text | None = None
    arms_deg: Text | None = None


class PlaceFacts(Strict):
    """What else can be recorded about a place. Absent is unknown."""

    operator: Text | None = None
    fee: bool | Text | None = None
    capacity: Annotated[int, Field(ge=0)] | None = None
    disabled_spaces: Annotated[int, Field(ge=0)] | None = None
    wheelchair: Text | None = None
    opening_hours: Text | None = None
    access: Text | None = None
    backrest: YesNo | None = None
    armrest: YesNo | None = None
    covered: Text | None = None
    width_m: Width | None = None
    street: Text | None = None
    bearing: Text | None = None
    indicator: Text | None = None
    radar_key: YesNo | None = None
    note: Text | None = None
    edited_on: Text | None = None
    changing_places: YesNo | None = None
    ref: Text | None = None
    website: Text | None = None
    osm: Text | None = None
