"""The folder that ``walktalk plan --out`` writes: what may be handed on, and what may not."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from walktalk.files import write_whole
from walktalk.maps.calendar import calendar_file
from walktalk.maps.formats import FORMATS
from walktalk.maps.standalone import standalone_html
from walktalk.routes import Walk
from walktalk.sessions.opened import public_walk

PRIVATE = "private"
_PRIVATE_MODE = 0o700
_ALWAYS = ("gpx", "fit")


def write_handout(
    walk: Walk, plan: Mapping[str, Any], folder: Path, formats: Iterable[str] = ()
) -> list[str]:
    """Write a walk's files into ``folder`` and return their names.

    ``map.html`` (opens from disk without a network), ``walk.gpx``, ``walk.fit`` and, when the walk
    has a date, ``walk.ics`` are fit to hand on: they are made from a copy without needs, findings'
    reasons and wishes. What is private goes into ``private/plan.json`` alone.

    Args:
        walk: the walk.
        plan: what was asked for and proposed, as plain values.
        folder: made when missing.
        formats: keys of ``FORMATS`` to write as well.

    Raises:
        OSError: the folder or a file cannot be written; no file is left half written.
    """
    public = public_walk(walk)
    files: dict[str, bytes] = {
        "map.html": standalone_html(public).encode(),
    }
    for key in dict.fromkeys((*_ALWAYS, *formats)):
        files[FORMATS[key].address] = FORMATS[key].write(public)
    if walk.request.at is not None:
        files["walk.ics"] = calendar_file(public, uid=str(uuid4()), written_at=datetime.now(UTC))
    files[f"{PRIVATE}/plan.json"] = json.dumps(plan, indent=2, ensure_ascii=False).encode()
    (folder / PRIVATE).mkdir(parents=True, exist_ok=True)
    (folder / PRIVATE).chmod(_PRIVATE_MODE)
    for name, content in files.items():
        write_whole(folder / name, content)
    return list(files)
