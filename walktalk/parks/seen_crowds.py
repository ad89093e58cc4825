"""How busy it was, noted for several weekdays and hours: none takes the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from walktalk.parks.model import FactValue

CROWDS = "crowds"
_BETWEEN = "; "


def subject_of(fact: str, value: FactValue) -> str:
    """Return what an observation is about: of two about the same, the newer counts.

    A busy Saturday at nine says nothing of a Tuesday, and a quiet Tuesday nothing of that Saturday.
    """
    return f"{fact} {moment_of(str(value))}" if fact == CROWDS else fact


def moment_of(note: str) -> str:
    """Return the weekday and hour of a note, as in "Sa 09:00", or "" where none was said."""
    return note.partition(" ")[2]


def in_one(notes: Iterable[str]) -> str:
    """Return several notes as one fact."""
    return _BETWEEN.join(notes)


def notes_in(value: str) -> list[str]:
    """Return the notes of one fact, each "busy" or "quiet" with its weekday and hour, if any."""
    return [note for note in value.split(_BETWEEN) if note]
