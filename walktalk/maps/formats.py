"""Every file a walk is offered as, in one table: pages and the command line go through it.

Whom a file is for was looked up on 23 November 2026. Garmin Connect takes FIT courses and sends
them on to the watch (https://docs.rs/crate/coursepointer/0.2.0). Makers of watches and bicycle
computers such as Garmin and Wahoo read FIT (OsmAnd issue 6064). Suunto's routes are GPX files
(mytourbook pull request 299). No help page of Coros, Polar or Apple Watch apps was at hand, and
apps change: so the steps name no menus, and say which file to take when an app refuses one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from walktalk.routes import Walk
from walktalk.routes.clock import LONDON
from walktalk.wording import N_, _


def file_name(walk: Walk, extension: str, variant: str = "") -> str:
    """Return a file name that gives nothing away: with the walk's date where it has one.

    Args:
        walk: the walk.
        extension: without the dot, such as ``"gpx"``.
        variant: what tells this file from another of the same kind, such as ``"simple"``.

    Returns:
        For example ``"walk-2026-12-01.gpx"``, or ``"walk.gpx"`` without a date.
    """
    parts = ["walk"]
    if walk.request.at is not None:
        parts.append(walk.request.at.astimezone(LONDON).date().isoformat())
    if variant:
        parts.append(variant)
    return f"{'-'.join(parts)}.{extension}"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of file a walk is handed out as.

    Attributes:
        key: how the command line and addresses name it, such as ``"gpx"`` or ``"gpx-simple"``.
        extension: of its file name, without the dot.
        variant: what tells it from another file of the same extension, or ``""``.
        media_type: for the ``Content-Type`` header.
        english_label: whom it is for, in plain English.
        english_steps: how to load it, in three steps.
        write: makes the file of a walk.
        everyday: whether most people may need it; the others stand apart, further down.
    """

    key: str
    extension: str
    variant: str
    media_type: str
    english_label: str
    english_steps: tuple[str, str, str]
    write: Callable[[Walk], bytes]
    everyday: bool = True

    @property
    def label(self) -> str:
        """Whom it is for."""
        return _(self.english_label)

    @property
    def steps(self) -> tuple[str, ...]:
        """How to load it, step by step."""
        return tuple(_(step) for step in self.english_steps)

    @property
    def address(self) -> str:
        """The last part of its web address: "walk.gpx", "walk-simple.gpx"."""
        return f"walk-{self.variant}.{self.extension}" if self.variant else f"walk.{self.extension}"

    def file_name(self, walk: Walk) -> str:
        """Return the name it is saved under, with the walk's date."""
        return file_name(walk, self.extension, self.variant)


def _fit(walk: Walk) -> bytes:
    from walktalk.maps.fit import fit_file

    return fit_file(walk)


def _silent_fit(walk: Walk) -> bytes:
    from walktalk.maps.fit import fit_file

    return fit_file(walk, silent=True)


def _gpx(walk: Walk) -> bytes:
    from walktalk.maps.gpx import gpx_file

    return gpx_file(walk)


def _timed_gpx(walk: Walk) -> bytes:
    from walktalk.maps.gpx import gpx_file, timed_gpx_file

    return gpx_file(walk) if walk.request.at is None else timed_gpx_file(walk)


def _simple_gpx(walk: Walk) -> bytes:
    from walktalk.maps.gpx import simple_gpx_file

    return simple_gpx_file(walk)


def _tcx(walk: Walk) -> bytes:
    from walktalk.maps.tcx import tcx_file

    return tcx_file(walk)


def _kml(walk: Walk) -> bytes:
    from walktalk.maps.kml import kml_file

    return kml_file(walk)


def _geojson(walk: Walk) -> bytes:
    from walktalk.maps.geojson import geojson_file

    return geojson_file(walk)


_FIT = "application/vnd.ant.fit"
_SAVE = N_("Press the button. Your phone saves the file or asks which app should open it.")
_WATCH_APP = N_(
    "Open it with the app of your watch, such as Garmin Connect. "
    "If the app refuses it, take the file for any walking app."
)
_ON_THE_WATCH = N_("Send it to your watch, and choose it there from the courses or routes.")

_FORMATS = (
    FileFormat(
        "fit-silent",
        "fit",
        "silent",
        _FIT,
        N_("Garmin, Coros, Wahoo: this file"),
        (_SAVE, _WATCH_APP, _ON_THE_WATCH),
        _silent_fit,
    ),
    FileFormat(
        "fit",
        "fit",
        "",
        _FIT,
        N_("The same with a notice at turns and places"),
        (_SAVE, _WATCH_APP, _ON_THE_WATCH),
        _fit,
    ),
    FileFormat(
        "gpx",
        "gpx",
        "",
        "application/gpx+xml",
        N_("Suunto, Polar, Apple Watch, any walking app: this file"),
        (
            _SAVE,
            N_(
                "Open it with a walking app, such as OsmAnd, or with the app of your watch. "
                "Some watches take files on their maker's website only."
            ),
            N_("Choose the walk there. If you have a watch, send it to the watch."),
        ),
        _gpx,
    ),
    FileFormat(
        "gpx-times",
        "gpx",
        "times",
        "application/gpx+xml",
        N_("An app that shows when to be where: this file, with times"),
        (
            _SAVE,
            N_("Open it with the app."),
            N_("If the app takes it for a walk you have walked, use the file without times."),
        ),
        _timed_gpx,
        everyday=False,
    ),
    FileFormat(
        "gpx-simple",
        "gpx",
        "simple",
        "application/gpx+xml",
        N_("An older device that refuses long files: this file"),
        (
            N_("Save the file on a computer."),
            N_("Connect the device and copy the file to its GPX folder."),
            N_("Choose the walk on the device from the list of tracks."),
        ),
        _simple_gpx,
        everyday=False,
    ),
    FileFormat(
        "tcx",
        "tcx",
        "",
        "application/vnd.garmin.tcx+xml",
        N_("An older Garmin, or an app that asks for TCX: this file"),
        (_SAVE, N_("Open it with the app of your watch."), _ON_THE_WATCH),
        _tcx,
        everyday=False,
    ),
    FileFormat(
        "kml",
        "kml",
        "",
        "application/vnd.google-earth.kml+xml",
        N_("A map program such as Google Earth: this file"),
        (
            _SAVE,
            N_("Open the map program and choose to import a file."),
            N_("Choose the file you saved."),
        ),
        _kml,
        everyday=False,
    ),
    FileFormat(
        "geojson",
        "geojson",
        "",
        "application/geo+json",
        N_("For developers: GeoJSON"),
        (
            N_("Save the file."),
            N_("Read it as RFC 7946 GeoJSON."),
            N_("The first feature is the walk, the others are points along it."),
        ),
        _geojson,
        everyday=False,
    ),
)

FORMATS: Mapping[str, FileFormat] = MappingProxyType({each.key: each for each in _FORMATS})
"""Every format by its key, those most people need first."""


def recording_words() -> tuple[str, ...]:
    """Return what the page says about recording a walk, in sentences; the first by the files.

    "Only You" is how Strava's help calls it (support.strava.com, article 360018969732, looked up on
    23 November 2026); "Only Me" how users of Garmin Connect do (tapiriik issue 53, 2014).
    """
    return (
        _("Some apps show your walks to others; check first."),
        _("Recording the walk is up to you. The file works without it."),
        _("To keep a recording to yourself, set in the app who can see it, before the walk."),
        _('In Garmin Connect choose "Only Me", in Strava "Only You".'),
    )
