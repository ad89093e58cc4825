"""Walks that somebody recorded: read from files, cleaned, and laid on the area's paths."""

from walktalk.routes.recordings.keep import KeptRecording, read_to_keep
from walktalk.routes.recordings.match import NetworkMatch, match_to_network
from walktalk.routes.recordings.model import (
    ACCEPTED,
    MAX_BYTES,
    Recording,
    RecordingError,
    SeveralTracks,
    TrackChoice,
)
from walktalk.routes.recordings.read import read_recording

__all__ = [
    "ACCEPTED",
    "MAX_BYTES",
    "KeptRecording",
    "NetworkMatch",
    "Recording",
    "RecordingError",
    "SeveralTracks",
    "TrackChoice",
    "match_to_network",
    "read_recording",
    "read_to_keep",
]
