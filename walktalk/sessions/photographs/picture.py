"""A photograph made fit to hand out: upright, small, and nothing in it but its pixels."""

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from struct import error as StructError  # noqa: N812 - a class, though its module writes it small
from threading import Lock

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 20_000_000
"""The largest file accepted; photographs of telephones have 2 to 15 MB."""

MAX_PIXELS = 50_000_000
"""The most pixels of a JPEG, what cameras of telephones take; it is unpacked at half its size."""

MAX_PIXELS_WHOLE = 24_000_000
"""The most pixels of a file that is unpacked whole: while it is scaled, eight bytes each."""

LONG_SIDE_PX = 1200
"""Twice to three times what a phone's screen shows across, so that it is sharp on every one."""

LEAST_SIDE_PX = 200
"""Narrower, there is nothing to recognise a place by: a panorama is kept longer for it."""

MAX_TIMES_AS_LONG = 12
"""How much longer than narrow a photograph may be: a panorama all round is four times as long."""

GOAL_BYTES = 100_000
"""What one photograph may cost whoever opens it in a park."""

MEDIA_TYPE = "image/webp"

_FORMATS = ("JPEG", "PNG", "WEBP")
_UNPACKED_SMALLER = "JPEG"
_MEGAPIXEL = 1_000_000
_ONE_AT_ONCE = Lock()
"""Held while a file is unpacked, so that several sent at once need no more room than one."""
_ACCEPTED = "a JPEG, PNG or WebP photograph"
_SHARES = (1.0, 0.8, 0.6, 0.4)  # of the long side, tried until the file is small enough
_QUALITIES = (80, 65, 50, 35)  # of WebP; below 35 leaves turn to blots
_TRANSPARENT_MODES = ("RGBA", "RGBa", "LA", "La", "PA")
_PLAIN_MODES = ("RGB", "L", "CMYK")
_DEEP_MODES = ("I;16", "I;16B")  # greys of 16 bits
_DEEP_TO_PLAIN = 256  # levels of theirs for one of 8 bits
_WHITE = (255, 255, 255)

_BRAND_BOX, _BRAND = slice(4, 8), slice(8, 12)
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
"""How files of ISO/IEC 23008-12 say what they are, after the word "ftyp"."""

_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    ArithmeticError,
    StructError,
    Image.DecompressionBombError,
)
"""What the decoders raise about a file that is not what it says."""


class PhotographError(ValueError):
    """A file that cannot be used as a photograph: what is wrong and what is accepted."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it is kept and sent.

    Attributes:
        content: a WebP file without any metadata.
        width, height: its size in pixels.
    """

    content: bytes
    width: int
    height: int


def as_picture(data: bytes) -> Picture:
    """Return a photograph upright, in sRGB, 1,200 px long (a panorama more) and of about 100 KB.

    It is written anew from its pixels: place, time, camera and every other note in the file stay
    behind, and so does its name.

    Args:
        data: a JPEG, PNG or WebP file.

    Raises:
        PhotographError: it is none of these, too large, too small, cut short or damaged.
    """
    _require_readable(data)
    with _ONE_AT_ONCE:
        return _small_enough(_pixels(data))


def _pixels(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            _require_size(image)
            return _upright(image)
    except PhotographError:
        raise
    except UnidentifiedImageError as error:
        raise PhotographError(
            f"This is no photograph that can be read: send {_ACCEPTED}"
        ) from error
    except _BROKEN as error:
        raise PhotographError(
            f"The file is cut short or damaged: send {_ACCEPTED} that opens on this device"
        ) from error


def _require_readable(data: bytes) -> None:
    if not data:
        raise PhotographError(f"The file is empty: send {_ACCEPTED}")
    if len(data) > MAX_BYTES:
        raise PhotographError(f"The file is too large: send {_ACCEPTED} of up to 20 MB")
    if data[_BRAND_BOX] == b"ftyp" and data[_BRAND] in _HEIF_BRANDS:
        raise PhotographError(
            "This is a HEIC or AVIF file, which not every phone can show: save it as JPEG and send "
            "that. An iPhone takes JPEG under Settings, Camera, Formats, Most Compatible"
        )


def _require_size(image: Image.Image) -> None:
    most = MAX_PIXELS if image.format == _UNPACKED_SMALLER else MAX_PIXELS_WHOLE
    if image.width * image.height > most:
        raise PhotographError(
            f"The photograph has too many pixels: send a JPEG of up to {MAX_PIXELS // _MEGAPIXEL} "
            f"megapixels, or a PNG or WebP of up to {MAX_PIXELS_WHOLE // _MEGAPIXEL}"
        )
    if min(image.size) < LEAST_SIDE_PX:
        raise PhotographError(
            f"The photograph is too small: send one with at least {LEAST_SIDE_PX} pixels on each "
            "side"
        )
    if max(image.size) > MAX_TIMES_AS_LONG * min(image.size):
        raise PhotographError(
            "The photograph is too narrow: send one that is at most "
            f"{MAX_TIMES_AS_LONG} times as long as it is narrow"
        )


def _upright(image: Image.Image) -> Image.Image:
    """Return the pixels as they are looked at: scaled down, turned, on white, in sRGB."""
    if image.mode in _DEEP_MODES:
        image = image.point(lambda level: level / _DEEP_TO_PLAIN).convert("L")
    if image.mode not in _PLAIN_MODES:
        image.load()
        transparent = image.mode in _TRANSPARENT_MODES or "transparency" in image.info
        image = image.convert("RGBA" if transparent else "RGB")
    image.thumbnail(_goal_size(image), Image.Resampling.LANCZOS)
    profile = image.info.get("icc_profile")
    image = _turned(image)
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, _WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    return _in_srgb(image, profile)


def _goal_size(image: Image.Image) -> tuple[int, int]:
    """Return the size that is large enough on both sides; never above the image's own."""
    share = max(LONG_SIDE_PX / max(image.size), LEAST_SIDE_PX / min(image.size))
    return ceil(image.width * min(share, 1.0)), ceil(image.height * min(share, 1.0))


def _turned(image: Image.Image) -> Image.Image:
    """Return the photograph as it was held; as it lies where its notes cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the colours as sRGB has them; a profile that does not fit is left aside."""
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            shown = ImageCms.profileToProfile(
                image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")
        return shown or image.convert("RGB")
    return image.convert("RGB")


def _small_enough(image: Image.Image) -> Picture:
    """Write the photograph anew, with less detail until it is small enough to send."""
    written = b""
    drawn = image
    for share in _SHARES:
        drawn = _bare_pixels(image, share)
        for quality in _QUALITIES:
            target = BytesIO()
            drawn.save(target, "WEBP", quality=quality)
            written = target.getvalue()
            if len(written) <= GOAL_BYTES:
                return Picture(written, *drawn.size)
    return Picture(written, *drawn.size)


def _bare_pixels(image: Image.Image, share: float) -> Image.Image:
    """Return a new image of the same pixels, scaled, with nothing of the file they came from."""
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    bare = Image.new("RGB", size)
    bare.paste(image.resize(size, Image.Resampling.LANCZOS) if share < 1 else image)
    return bare
