"""The standing words on every client's page, neutral until somebody writes their own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StandingWords:
    """What is said on every page a link opens; an empty one is left out.

    Attributes:
        recognise: how to recognise the person one meets.
        late: what happens when one is late.
        reach: a way to reach the other, for example a telephone number.
        bring: what to bring.
        rain: what happens if it rains, and when that is decided.
        stop: what happens if one wants to stop.
    """

    recognise: str = ""
    late: str = "If you are late, I wait for you at the meeting place."
    reach: str = ""
    bring: str = "Wear shoes that are good for walking. Bring a coat if it may rain."
    rain: str = (
        "If the weather is bad, we decide what to do one hour before we meet. "
        "We can walk, find a dry place, or choose another day."
    )
    stop: str = "You can stop at any time. Tell me, and we go back the shortest way."
