"""Files that are sent: how large each may be, known before anything of it is read."""

from collections.abc import Mapping

from flask import Flask, request
from flask_login import current_user

from walktalk.routes.recordings import MAX_BYTES as MAX_RECORDING_BYTES
from walktalk.sessions.photographs.picture import MAX_BYTES as MAX_PHOTOGRAPH_BYTES

_FIELDS_BYTES = 1_000_000  # what a form's other fields may take beside the file

LARGEST: Mapping[str, int] = {
    "counsellor.read_recorded": MAX_RECORDING_BYTES,
    "counsellor.add_photograph": MAX_PHOTOGRAPH_BYTES,
}
"""The largest file in bytes by the endpoint that takes it."""


def take_files(app: Flask) -> None:
    """Let whoever is signed in send files, which are larger than any other form."""
    app.before_request(_allow_a_file)


def _allow_a_file() -> None:
    largest = LARGEST.get(request.endpoint or "")
    if largest and current_user.is_authenticated:
        request.max_content_length = largest + _FIELDS_BYTES
