"""The thread that works on the land, one piece of work after the other, as long as it serves."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session, sessionmaker

from walktalk.parks import ParkDataError
from walktalk.sessions import jobs

if TYPE_CHECKING:
    from walktalk.sessions.jobs import State
    from walktalk.sessions.store.models import LandJob
    from walktalk.settings import Settings

LOOK_EVERY_S = 15.0
"""How often it is looked whether somebody else's server left work, when nobody wakes it."""

_FOLDERS_KEPT_S = 60 * 60
_LIFE_EVERY_S = jobs.LEASE.total_seconds() / 3
_WENT_WRONG = "Something went wrong on this server. Its log says what."
_CHANGED = "The area has changed since. This is what would change now."

_log = logging.getLogger("walktalk.land")


class _Stopped(Exception):  # noqa: N818 - reads as what happened
    """Somebody stopped the work, or another server has taken it."""


class LandWorker:
    """Does what is asked for; ``run`` for as long as the server runs.

    Args:
        settings: the configuration.
        write, read: the makers of database sessions.
        now: the clock.
    """

    def __init__(
        self,
        settings: Settings,
        write: sessionmaker[Session],
        read: sessionmaker[Session],
        now: Callable[[], datetime],
    ) -> None:
        self._settings, self._write, self._read, self._now = settings, write, read, now
        self._woken = Event()

    def folder_of(self, job_id: UUID) -> Path:
        """Return where the files of some work are."""
        return self._settings.home / "jobs" / job_id.hex

    def wake(self) -> None:
        """Let it look for work at once."""
        self._woken.set()

    def run(self) -> None:
        """Work for as long as the server runs."""
        while True:
            try:
                while self.run_once():
                    pass
            except Exception:
                _log.exception("Work on the land could not be looked for")
            self._woken.wait(LOOK_EVERY_S)
            self._woken.clear()

    def run_once(self) -> bool:
        """Do the oldest piece of work that waits; return whether there was one."""
        with self._read.begin() as db:
            if not jobs.is_wanted(db):
                self._tidy(jobs.list_all(db))
                return False
        runner = uuid4()
        with self._write.begin() as db:
            job = jobs.claim(db, runner, self._now())
        if job is None:
            return False
        try:
            with self._alive(job.id, runner):
                self._work_on(job, runner)
        except _Stopped:
            _log.info("Work on the land was stopped")
        except ParkDataError as error:
            self._release(job, runner, "failed", self._sentence(job, error))
        except Exception:
            _log.exception("Work on the land went wrong")
            self._release(job, runner, "failed", _WENT_WRONG)
        return True

    def _work_on(self, job: LandJob, runner: UUID) -> None:
        from walktalk.sessions.land_work import Place, look, measure, take

        def tell(said: str) -> None:
            with self._write.begin() as db:
                if not jobs.renew(db, job.id, runner, self._now(), said):
                    raise _Stopped

        place = Place(self._settings, self.folder_of(job.id))
        if job.kind == "slopes":
            asked = jobs.asked_of(job)
            said = measure(asked, place, tell)
            measured = {"areas": [{"id": asked["area"], "name": asked["name"]}]}
            self._release(job, runner, "done", said, measured)
            return
        if job.state == "taking" and take(jobs.found_of(job), place):
            self._release(job, runner, "done", "It is taken. Walks can be planned with it now.")
            return
        found = look(job.kind, jobs.asked_of(job), place, tell)
        said = _CHANGED if job.state == "taking" else "This is what would change."
        with self._write.begin() as db:
            jobs.release(db, job.id, runner, "to decide", said, now=self._now(), found=found)

    def _release(
        self,
        job: LandJob,
        runner: UUID,
        state: State,
        said: str,
        found: Mapping[str, Any] | None = None,
    ) -> None:
        with self._write.begin() as db:
            jobs.release(db, job.id, runner, state, said, now=self._now(), found=found)
        shutil.rmtree(self.folder_of(job.id), ignore_errors=True)

    @contextmanager
    def _alive(self, job_id: UUID, runner: UUID) -> Iterator[None]:
        """Give signs of life while one waits for another server's answer."""
        over = Event()

        def renew() -> None:
            while not over.wait(_LIFE_EVERY_S):
                with self._write.begin() as db:
                    jobs.renew(db, job_id, runner, self._now())

        signs = Thread(target=renew, daemon=True)
        signs.start()
        try:
            yield
        finally:
            over.set()
            signs.join()

    def _sentence(self, job: LandJob, error: ParkDataError) -> str:
        """Return why it failed, without where this server keeps its files."""
        said = str(error).replace(f"{self.folder_of(job.id) / 'sent'}/", "")
        return f"{said[:1].upper()}{said[1:].rstrip('.')}."

    def _tidy(self, told_of: Sequence[LandJob]) -> None:
        """Throw away the files of work that has ended."""
        kept = {job.id.hex for job in told_of if job.state not in jobs.ENDED}
        folder = self._settings.home / "jobs"
        for each in folder.iterdir() if folder.is_dir() else ():
            if each.name not in kept and time.time() - each.stat().st_mtime > _FOLDERS_KEPT_S:
                shutil.rmtree(each, ignore_errors=True)
