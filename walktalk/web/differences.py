"""What the nearest request that works changes, in words."""

from walktalk.parks import Area
from walktalk.routes import NEEDS, WalkRequest
from walktalk.routes.words import SHAPE_WORDS, minutes_in_words
from walktalk.web.filters import whole_minutes


def differences(area: Area, asked: WalkRequest, nearest: WalkRequest) -> list[str]:
    """Return one sentence for each thing in which ``nearest`` differs from what was asked for."""
    said: list[str] = []
    if nearest.minutes != asked.minutes:
        said.append(f"It takes {nearest.minutes} minutes in place of {asked.minutes}.")
    said.extend(
        f"It leaves out: {NEEDS[need].lower()}." for need in sorted(asked.needs - nearest.needs)
    )
    if nearest.unknown != asked.unknown:
        said.append("It may use paths that nobody has checked.")
    if nearest.shape != asked.shape:
        shape = SHAPE_WORDS[nearest.shape].lower() if nearest.shape else "any shape"
        said.append(f"The shape is: {shape}.")
    said.extend(_of_seats(asked, nearest))
    if nearest.max_minutes_from_start != asked.max_minutes_from_start:
        said.append(_how_far(nearest))
    if nearest.pauses != asked.pauses:
        total = sum(minutes for minutes, _ in nearest.pauses)
        said.append(f"The pause takes {whole_minutes(total)}." if total else "There is no pause.")
    if nearest.keep_away_from != asked.keep_away_from:
        said.append("It may come near a place you wanted to keep away from.")
    if nearest.start != asked.start:
        said.append(_start(area, nearest))
    if nearest.pace != asked.pace:
        said.append(f"The pace is {nearest.pace:g} metres a second.")
    return said


def _of_seats(asked: WalkRequest, nearest: WalkRequest) -> list[str]:
    said = []
    if nearest.seats_within_m != asked.seats_within_m:
        said.append("Seats may be any distance apart.")
    if nearest.seated != asked.seated:
        said.append("It is a walk all the way, not mostly seated.")
    return said


def _how_far(nearest: WalkRequest) -> str:
    if nearest.max_minutes_from_start is None:
        return "It may be any distance from the start."
    return f"It may be {minutes_in_words(nearest.max_minutes_from_start)} from the start."


def _start(area: Area, nearest: WalkRequest) -> str:
    if isinstance(nearest.start, str) and nearest.start in area.places:
        return f"It starts at {area.places[nearest.start].name}."
    return "It starts at another place."
