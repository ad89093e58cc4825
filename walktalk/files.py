"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

EVERYBODY_READS = 0o644
OWNER_ALONE = 0o600


def write_whole(
    path: Path, content: bytes, *, mode: int = EVERYBODY_READS, replace: bool = True
) -> None:
    """Write a file so that readers see the old content or the new, never a part.

    The folder is made when missing; for the rest see ``whole_file``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path, mode=mode, replace=replace) as file:
        file.write(content)


@contextmanager
def whole_file(
    path: Path, *, mode: int = EVERYBODY_READS, replace: bool = True
) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes its name and its place only when it is complete.

    Until then it lies in the same folder under another name, for its owner alone.

    Args:
        path: the name that it gets.
        mode: who may read it afterwards.
        replace: whether it takes the place of an earlier file of that name.

    Raises:
        FileExistsError: there is one, and it is not to be replaced.
        OSError: the disk is full or the folder cannot be written to; nothing has changed.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if replace:
            written.replace(path)
        else:
            path.hardlink_to(written)
            written.unlink()
        _keep_names(path.parent)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _keep_names(folder: Path) -> None:
    """Let the folder's new names survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
