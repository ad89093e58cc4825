"""What a phone kept on a walk through an area, and sends when there is a signal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from walktalk.routes import RequestError
from walktalk.sessions import observations
from walktalk.sessions.observations import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from walktalk.parks import Area
    from walktalk.sessions.store.models import Account

MOST_ENTRIES = 50
"""Entries that are taken at once; a phone that has more sends them in several requests."""

_Position = tuple[
    Annotated[float, Field(ge=-180, le=180)],
    Annotated[float, Field(ge=-90, le=90)],
]
_Metres = Annotated[float, Field(ge=0, le=1_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Entry(_Strict):
    """One thing that was put down.

    Attributes:
        key: new for each entry, so that one that is sent twice is kept once.
        area: the area's id.
        seen_on: the day; a phone sends no time.
        where: stretches, each as a path's id, metres from its first point, and the line between.
        said: each as a fact, its value, and which of the stretches it is said of.
    """

    key: UUID
    area: Annotated[str, Field(max_length=200)]
    seen_on: date
    where: Annotated[
        list[
            tuple[
                Annotated[str, Field(max_length=200)],
                _Metres,
                _Metres,
                Annotated[list[_Position], Field(min_length=2, max_length=2000)],
            ]
        ],
        Field(min_length=1, max_length=500),
    ]
    said: Annotated[
        list[
            tuple[
                Annotated[str, Field(max_length=40)],
                str | int | float,
                Annotated[list[int], Field(min_length=1, max_length=500)],
            ]
        ],
        Field(min_length=1, max_length=50),
    ]

    @model_validator(mode="after")
    def _fits_together(self) -> Entry:
        if any(from_m >= to_m for _, from_m, to_m, _ in self.where):
            raise ValueError("a stretch ends before it begins")
        if any(not 0 <= each < len(self.where) for _, _, places in self.said for each in places):
            raise ValueError("something is said of a stretch that is not there")
        return self

    @property
    def seen(self) -> list[Seen]:
        """What was seen, stretch by stretch."""
        stretches = [(path, from_m, to_m, tuple(line)) for path, from_m, to_m, line in self.where]
        return [
            Seen(fact, value, tuple(stretches[each] for each in places))
            for fact, value, places in self.said
        ]


class Entries(_Strict):
    """What is sent at once."""

    entries: Annotated[list[Entry], Field(max_length=MOST_ENTRIES)]


def read_entries(sent: bytes) -> list[Entry]:
    """Return what a phone sent.

    Raises:
        RequestError: it is nothing that the page sends.
    """
    try:
        return Entries.model_validate_json(sent).entries
    except ValidationError as error:
        raise RequestError("entries", "what the page sends") from error


def keep(
    db: Session, account: Account, areas: Mapping[str, Area], entry: Entry, *, today: date
) -> None:
    """Keep an entry as observations; sent again, it is kept once.

    Args:
        db: the transaction.
        account: who sends it.
        areas: every area by id, as its file records it.
        entry: what was put down.
        today: the present day.

    Raises:
        RequestError: nobody can have seen that, or its park is not known here.
    """
    area = areas.get(entry.area)
    if area is None:
        raise RequestError("area", "a park that is known here")
    observations.record(
        db,
        account,
        area,
        entry.seen,
        answer=entry.key,
        seen_on=entry.seen_on,
        today=today,
    )
