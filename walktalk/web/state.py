"""What every view needs: settings, the areas, the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from flask import current_app
from sqlalchemy.orm import Session, sessionmaker

from walktalk.areas import AreaFiles
from walktalk.parks import Area
from walktalk.routes.clock import LONDON
from walktalk.sessions.seen_land import SeenLand
from walktalk.settings import Settings
from walktalk.web.land_worker import LandWorker
from walktalk.web.made import Made
from walktalk.web.throttle import Throttle
from walktalk.web.upkeep import Upkeep
from walktalk.web.writing import Writing

if TYPE_CHECKING:
    from walktalk.web.street_map.tile_server import TileServer

EXTENSION = "walktalk"

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class State:
    """What the application was started with.

    Attributes:
        settings: the configuration.
        files: the files of the areas.
        land: every area, as its file records it and with what counsellors saw there.
        write: ``with state.write.begin() as db`` is one transaction.
        read: the same for pages that only look.
        now: the clock, so that a test can turn it.
        throttle: counts wrong passwords, and slows those down who give them.
        writing: whether the database can be written to.
        upkeep: what the server does by itself once a day.
        worker: does the work on the land that takes its time.
        made: pages and files of open links that were made before.
        walks: the walks of links opened last: a phone asks for a page and all of its files at once.
        tile_server: where a street map comes from; ``None`` for none.
    """

    settings: Settings
    files: AreaFiles
    land: SeenLand
    write: sessionmaker[Session]
    read: sessionmaker[Session]
    now: Clock
    throttle: Throttle
    writing: Writing
    upkeep: Upkeep
    worker: LandWorker
    made: Made = field(default_factory=Made)
    walks: Made = field(default_factory=Made)
    tile_server: TileServer | None = None

    @property
    def today(self) -> date:
        """The day in Cheltenham."""
        return self.now().astimezone(LONDON).date()

    @property
    def areas(self) -> Mapping[str, Area]:
        """Every area by id, as it is known today."""
        return self.land.on(self.today)


def state() -> State:
    """Return the running application's state."""
    return cast(State, current_app.extensions[EXTENSION])
