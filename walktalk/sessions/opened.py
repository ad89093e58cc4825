"""What a client may see: made afresh, so that nothing private can be left in it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal
from uuid import UUID

from walktalk.routes import Walk, WalkRequest
from walktalk.routes.daylight import session_minute
from walktalk.sessions.page_words import PageWords
from walktalk.wording import METRIC, Distances

Shows = Literal["meeting-place", "first-turn"]
"""What a photograph can be of, in the order in which a walk comes by."""


VERSION_CHARACTERS = 12
"""Hexadecimal digits, 48 bits of a SHA-256: enough to tell one session's versions apart."""


@dataclass(frozen=True)
class SharedPhotograph:
    """A photograph as a page shows it.

    Attributes:
        id: which one it is, to send its file.
        shows: what it is of.
        name: the last part of its address: neutral, and another one for another photograph.
        description: what is to be seen, in words.
        taken_on: the day it was taken.
        width, height: its size in pixels.
    """

    id: UUID
    shows: Shows
    name: str
    description: str
    taken_on: date
    width: int
    height: int


@dataclass(frozen=True)
class SharedWalk:
    """A walk as its share link shows it.

    Attributes:
        uid: stays the same for this session in calendars and says nothing about it.
        starts_at: when people meet.
        minutes: how long it takes, everything included.
        cancelled: whether it was called off.
        sequence: how often date, time or state changed, for calendars.
        changed_at: when that was last.
        expires_at: when the link stops opening.
        moved_from: when people were to meet before it was moved, or ``None``.
        words: what whoever shares it says on every page.
        street_map: whether a street map lies behind it.
        distances: the units in which whoever shares it says distances.
        photographs: those that were chosen for it.
        thaw: gives the walk.
    """

    uid: str
    starts_at: datetime
    minutes: int
    cancelled: bool
    sequence: int
    changed_at: datetime
    expires_at: datetime
    words: PageWords
    thaw: Callable[[], Walk] = field(repr=False, compare=False)
    street_map: bool = False
    distances: Distances = METRIC
    photographs: tuple[SharedPhotograph, ...] = ()
    moved_from: datetime | None = None

    @cached_property
    def walk(self) -> Walk:
        """The land, the line, the timetable and the findings; its request is a neutral one.

        It is opened when it is first asked for: who it was made for already, needs it no more.
        """
        return self.thaw()

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return session_minute(self.starts_at, self.minutes)

    @property
    def version(self) -> str:
        """Short name of what is shown: another one as soon as anything of it changes.

        The walk itself is a frozen copy: it changes only together with ``sequence``.
        """
        shown = [getattr(self, each.name) for each in fields(self) if each.name != "thaw"]
        return sha256(repr(shown).encode()).hexdigest()[:VERSION_CHARACTERS]


def public_walk(walk: Walk) -> Walk:
    """Return ``walk`` without anything that tells what was asked for or why it was chosen.

    What stays is where and when people meet, how long it takes and which way they go; the
    findings are every check's, in their fixed order, whatever was needed. Their evidence stays
    behind: it names the pace. The ways home stay where they follow from the walk alone.
    """
    asked = walk.request
    neutral = WalkRequest(
        start=asked.start,
        minutes=asked.minutes,
        at=asked.at,
        arrive_minutes=asked.arrive_minutes,
        close_minutes=asked.close_minutes,
        pauses=asked.pauses,
    )
    for_all = walk.proposal.home_for_all
    chosen = replace(
        walk.proposal,
        cost=0.0,
        forced_repeated_m=0.0,
        reason="",
        farthest=None,
        ways_home=walk.proposal.ways_home if for_all else (),
        shortcut=walk.proposal.shortcut if for_all else None,
        findings=tuple(finding.without_evidence() for finding in walk.proposal.findings),
    )
    return Walk(area=walk.area, request=neutral, proposal=chosen)
