"""Photographs made up for the tests, with a word of its own in every note a camera can leave."""

import random
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

NOTED = "Zebrafinch"
"""Stands in every note; no picture that is handed out may hold it."""

_NORTH, _WEST = (51.0, 54.0, 31.25), (2.0, 4.0, 12.5)
_XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{NOTED}</x:xmpmeta>".encode()
_TURNED_RIGHT = 6  # EXIF: the camera was held upright


def a_scene(width: int = 1600, height: int = 1200) -> Image.Image:
    """Return a picture with a red quarter in its top left corner."""
    scene = Image.new("RGB", (width, height), (120, 160, 90))
    ImageDraw.Draw(scene).rectangle((0, 0, width // 2, height // 2), fill=(200, 30, 30))
    return scene


def notes(orientation: int = 1) -> Image.Exif:
    """Return what a telephone notes: who, where, when and with what."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = NOTED
    exif[ExifTags.Base.ImageDescription] = NOTED
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = NOTED.encode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: _NORTH, 3: "W", 4: _WEST})
    return exif


def as_jpeg(scene: Image.Image | None = None, orientation: int = 1) -> bytes:
    """Return a JPEG file full of notes."""
    target = BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (scene or a_scene()).save(
        target,
        "JPEG",
        exif=notes(orientation),
        xmp=_XMP,
        icc_profile=profile,
        comment=NOTED.encode(),
        dpi=(300, 300),
    )
    return target.getvalue()


def as_png(scene: Image.Image | None = None) -> bytes:
    """Return a PNG file full of notes."""
    target, said = BytesIO(), PngInfo()
    said.add_text("Comment", NOTED)
    said.add_itxt("XML:com.adobe.xmp", _XMP.decode())
    (scene or a_scene()).save(target, "PNG", exif=notes(), pnginfo=said)
    return target.getvalue()


def as_webp(scene: Image.Image | None = None) -> bytes:
    """Return a WebP file full of notes."""
    target = BytesIO()
    (scene or a_scene()).save(target, "WEBP", exif=notes(), xmp=_XMP)
    return target.getvalue()


def turned_right() -> bytes:
    """Return a JPEG file of a camera that was held upright."""
    return as_jpeg(orientation=_TURNED_RIGHT)


def noise(width: int, height: int) -> Image.Image:
    """Return the picture that compresses worst."""
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))
