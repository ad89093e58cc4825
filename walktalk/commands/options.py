"""Options that say what a walk should be like, and how they become a request."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import click

from walktalk.parks import LonLat
from walktalk.routes import NEEDS, PREFERENCES, RequestError, WalkRequest
from walktalk.routes.clock import parse_time
from walktalk.routes.model import PACES, SHAPES, Pause, Shape
from walktalk.spelling import did_you_mean

OPTION_OF_ARGUMENT: Mapping[str, str] = {
    "start": "--from",
    "needs": "--need",
    "preferences": "--prefer",
    "unknown": "--known-only",
    "seats_within_m": "--seats-within",
    "pauses": "--pause",
}
"""Options whose name is not that of the field of ``WalkRequest`` they fill."""

Command = Callable[..., Any]

COMMANDLINE = click.core.ParameterSource.COMMANDLINE

_SHAPES = ", ".join(SHAPES)
_HALF_WAY = 0.5

_OPTIONS = (
    click.option("--area", "area_id", metavar="ID", help="Where to walk; needed without --again."),
    click.option(
        "--from",
        "start",
        metavar="ID|LON,LAT",
        help="Where to start; without it, the area's first meeting point.",
    ),
    click.option(
        "--route",
        metavar="ID|NAME",
        help="Walk this one of 'walktalk routes list'; it says where to start.",
    ),
    click.option(
        "--again",
        metavar="SESSION",
        help="Exactly the walk of this saved session, with all it was asked for, at --at.",
    ),
    click.option("--minutes", type=int, default=50, show_default=True, help="Session length."),
    click.option(
        "--pace",
        default="gentle",
        show_default=True,
        metavar="PACE",
        help=f"{', '.join(PACES)}, or metres a second.",
    ),
    click.option("--shape", metavar="SHAPE", help=f"Only walks of one shape: {_SHAPES}."),
    click.option(
        "--pause",
        "pauses",
        multiple=True,
        metavar="MINUTES[@SHARE]",
        help="A stop, half way or at a share of the walk such as 5@0.25; may be repeated.",
    ),
    click.option(
        "--need",
        "needs",
        multiple=True,
        metavar="NEED",
        help=f"Hard, may be repeated. One of: {', '.join(NEEDS)}.",
    ),
    click.option(
        "--prefer",
        "preferences",
        multiple=True,
        metavar="WISH",
        help=f"Ranks walks, may be repeated. One of: {', '.join(PREFERENCES)}.",
    ),
    click.option(
        "--seats-within",
        "seats_within_m",
        type=float,
        metavar="METRES",
        help="Never farther between two recorded seats than this.",
    ),
    click.option(
        "--seated",
        is_flag=True,
        help="Mostly seated: a short walk to a seat, a long pause there, and back.",
    ),
    click.option("--known-only", is_flag=True, help="Leave out walks where a need is unknown."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON."),
)


def walk_options(command: Command) -> Command:
    """Add the options that say what a walk should be like."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def at_option(*, required: bool) -> Callable[[Command], Command]:
    """Return the option that says when the session starts."""
    return click.option(
        "--at",
        metavar="YYYY-MM-DDTHH:MM",
        required=required,
        help="When the session starts, Europe/London.",
    )


def request_of(
    *,
    start: str | None,
    minutes: int,
    pace: str,
    shape: str | None,
    pauses: tuple[str, ...],
    needs: tuple[str, ...],
    preferences: tuple[str, ...],
    known_only: bool,
    seats_within_m: float | None,
    seated: bool,
    at: str | None,
) -> WalkRequest:
    """Return the request that the options ask for.

    Raises:
        RequestError: a position or a time cannot be read, or the time has passed.
    """
    return WalkRequest(
        start=_start(start),
        minutes=minutes,
        pace=_pace(pace),
        shape=_shape(shape),
        pauses=tuple(map(_pause, pauses)),
        needs=frozenset(needs),
        preferences=frozenset(preferences),
        unknown="refuse" if known_only else "allow",
        at=time_to_come(at) if at else None,
        seats_within_m=seats_within_m,
        seated=seated,
    )


def require_alone(name: str, beside: Iterable[str]) -> None:
    """Let an option of the running command pass only beside some others.

    Raises:
        RequestError: another one was given too; says which.
    """
    context = click.get_current_context()
    given = [each for each in context.params if context.get_parameter_source(each) is COMMANDLINE]
    odd = [each for each in given if each not in beside]
    if odd:
        raise RequestError(
            odd[0].removesuffix("_id"), f"not beside --{name}, which keeps all but the time"
        )


def as_options(request: WalkRequest, route: str | None = None) -> str:
    """Write a request the way it would be typed, leaving out what is the default.

    Args:
        request: what is asked for.
        route: the walk it is asked of, which says itself where to start.
    """
    default = WalkRequest()
    words = [f"--minutes {request.minutes}"]
    if route is not None:
        words.insert(0, f"--route {shlex.quote(route)}")
    elif isinstance(request.start, str):
        words.insert(0, f"--from {request.start}")
    elif request.start is not None:
        words.insert(0, f"--from={request.start[0]},{request.start[1]}")
    if request.pace != default.pace:
        names = {pace: name for name, pace in PACES.items()}
        words.append(f"--pace {names.get(request.pace, format(request.pace, 'g'))}")
    if request.shape is not None:
        words.append(f"--shape {request.shape}")
    words += [f"--pause {minutes:g}@{share:g}" for minutes, share in request.pauses]
    words += [f"--need {need}" for need in sorted(request.needs)]
    words += [f"--prefer {wish}" for wish in sorted(request.preferences)]
    if request.seats_within_m is not None:
        words.append(f"--seats-within {request.seats_within_m:g}")
    if request.seated:
        words.append("--seated")
    if request.unknown == "refuse":
        words.append("--known-only")
    if request.at is not None:
        words.append(f"--at {request.at:%Y-%m-%dT%H:%M}")
    return " ".join(words)


def _start(text: str | None) -> str | LonLat | None:
    """Read ``--from``: a place id, or "longitude,latitude" in degrees."""
    if text is None or "," not in text:
        return text
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        accepted = "a place id, or a longitude and a latitude such as -2.0735,51.9098"
        raise RequestError("start", f"{text!r} is not a place; accepted: {accepted}") from None
    return (lon, lat)


def _pace(text: str) -> float:
    """Read ``--pace``: the name of a pace, or metres a second."""
    if text in PACES:
        return PACES[text]
    try:
        return float(text.replace(",", ".", 1))
    except ValueError:
        hint = did_you_mean(text, PACES.keys())
        accepted = f"{', '.join(PACES)}, or metres a second such as 1.1"
        raise RequestError(
            "pace", _with_hint(f"{text!r} is no pace; accepted: {accepted}", hint)
        ) from None


def _shape(text: str | None) -> Shape | None:
    """Read ``--shape``."""
    found = next((shape for shape in SHAPES if shape == text), None)
    if text is not None and found is None:
        hint = did_you_mean(text, SHAPES)
        raise RequestError("shape", _with_hint(f"{text!r} is no shape; accepted: {_SHAPES}", hint))
    return found


def _pause(text: str) -> Pause:
    """Read ``--pause``: minutes, half way or at a share of the walk's length."""
    minutes, _at, share = text.partition("@")
    try:
        return float(minutes), float(share) if share else _HALF_WAY
    except ValueError:
        raise RequestError(
            "pauses", f"{text!r} is no pause; accepted: minutes, or minutes@share such as 5@0.25"
        ) from None


def no_such_area(area_id: str, areas: Iterable[str]) -> str:
    """Return a sentence that says which areas there are, and which was perhaps meant."""
    known = list(areas)
    hint = did_you_mean(area_id, known)
    return _with_hint(f"there is no area {area_id!r}; accepted: {', '.join(known)}", hint)


def _with_hint(sentence: str, hint: str) -> str:
    return f"{sentence}; {hint}" if hint else sentence


def time_to_come(text: str) -> datetime:
    """Read ``--at``.

    Raises:
        RequestError: it is no time, or it has passed.
    """
    at = parse_time(text)
    if at <= datetime.now(UTC):
        raise RequestError("at", f"{text} has passed; give a time to come")
    return at
