"""Walks that somebody recorded: read from files, cleaned, and laid on the area's paths."""

from walktalk.routes.recordings.keep import (
    GOOD_SHARE,
    KeptRecording,
    LaidRecording,
    read_in_its_park,
    read_to_keep,
    read_to_look_at,
)
from walktalk.routes.recordings.match import NetworkMatch, RecordedPart, match_to_network
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
    "GOOD_SHARE",
    "MAX_BYTES",
    "KeptRecording",
    "LaidRecording",
    "NetworkMatch",
    "RecordedPart",
    "Recording",
    "RecordingError",
    "SeveralTracks",
    "TrackChoice",
    "match_to_network",
    "read_in_its_park",
    "read_recording",
    "read_to_keep",
    "read_to_look_at",
]
