"""Files written whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

_EVERYBODY_READS = 0o644


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old content or the new, never a part.

    The content goes to a temporary file in the same folder, which then takes the name; the folder
    is made when missing.

    Raises:
        OSError: the disk is full or the folder cannot be written to; nothing has changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(_EVERYBODY_READS)
            Path(file.name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(file.name).unlink()
            raise
