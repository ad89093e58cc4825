"""A photograph made fit to hand out: small, upright, and nothing in it but its pixels."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests import photographs as made
from walktalk.sessions.photographs import Picture, as_picture
from walktalk.sessions.photographs import picture as making
from walktalk.sessions.photographs.picture import (
    GOAL_BYTES,
    LEAST_SIDE_PX,
    LONG_SIDE_PX,
    MAX_BYTES,
    MAX_TIMES_AS_LONG,
    PhotographError,
)

WRITERS = [made.as_jpeg, made.as_png, made.as_webp]
SMALL = made.as_jpeg(made.a_scene(400, 300))


def opened(picture: Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.content))
    image.load()
    return image


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_but_the_pixels_is_left(write: Callable[[], bytes]) -> None:
    data = write()
    assert made.NOTED.encode() in data
    picture = as_picture(data)
    image = opened(picture)
    assert made.NOTED.encode() not in picture.content
    assert not image.getexif()
    assert set(image.info) <= {"loop", "background", "timestamp", "duration"}
    assert not {b"EXIF", b"XMP ", b"ICCP"} & set(chunks(picture.content))


def chunks(webp: bytes) -> list[bytes]:
    found, at = [], 12
    while at < len(webp):
        found.append(webp[at : at + 4])
        length = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return found


@pytest.mark.parametrize("write", WRITERS)
def test_it_is_a_small_webp_of_the_size_it_says(write: Callable[[], bytes]) -> None:
    picture = as_picture(write())
    image = opened(picture)
    assert image.format == "WEBP"
    assert image.size == (picture.width, picture.height) == (LONG_SIDE_PX, 900)
    assert len(picture.content) <= GOAL_BYTES


def test_a_small_photograph_is_not_made_larger() -> None:
    picture = as_picture(SMALL)
    assert (picture.width, picture.height) == (400, 300)


@pytest.mark.parametrize(
    ("size", "shown"),
    [((4000, 500), (1600, 200)), ((500, 4000), (200, 1600)), ((2400, 200), (2400, 200))],
)
def test_a_panorama_stays_high_enough_to_see_something(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    picture = as_picture(made.as_jpeg(made.a_scene(*size)))
    assert (picture.width, picture.height) == shown


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_largest_photograph_of_a_telephone_is_read(mode: str) -> None:
    picture = as_picture(made.as_jpeg(Image.new(mode, (8160, 6120))))
    assert (picture.width, picture.height) == (LONG_SIDE_PX, 900)


def test_files_are_unpacked_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    upright, alone = making._upright, []

    def noted(image: Image.Image) -> Image.Image:
        alone.append(making._ONE_AT_ONCE.locked())
        return upright(image)

    monkeypatch.setattr(making, "_upright", noted)
    as_picture(SMALL)
    assert alone == [True]
    assert not making._ONE_AT_ONCE.locked()


def test_it_stands_upright_however_the_camera_was_held() -> None:
    picture = as_picture(made.turned_right())
    assert (picture.width, picture.height) == (900, LONG_SIDE_PX)
    red, green, _ = opened(picture).convert("RGB").getpixel((850, 50))  # type: ignore[misc]
    assert red > 150 > green


@pytest.mark.parametrize("size", [(1500, 1500), (3000, 700)])
@pytest.mark.slow
def test_even_the_picture_that_compresses_worst_is_small(size: tuple[int, int]) -> None:
    assert len(as_picture(made.as_png(made.noise(*size))).content) <= GOAL_BYTES


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_every_kind_of_png_is_shown_as_it_looks(mode: str) -> None:
    grey = (
        Image.new("I;16", (400, 300), 128 * 257)
        if mode == "I;16"
        else Image.new("L", (400, 300), 255 if mode == "1" else 128).convert(mode)
    )
    pixel = opened(as_picture(made.as_png(grey))).convert("RGB").getpixel((200, 150))
    wanted = 255 if mode == "1" else 128
    assert all(abs(level - wanted) <= 4 for level in pixel)  # type: ignore[union-attr]


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    assert opened(as_picture(made.as_png(clear))).convert("RGB").getpixel((9, 9)) == (255,) * 3


def test_colours_of_paper_become_those_of_a_screen() -> None:
    target = BytesIO()
    Image.new("CMYK", (400, 300), (0, 200, 0, 0)).save(target, "JPEG")
    image = opened(as_picture(target.getvalue()))
    assert image.mode == "RGB"


def bomb(side: int = 10_000) -> bytes:
    """Return a PNG of a few bytes that says it has a hundred million pixels."""
    header = b"IHDR" + side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    parts = [header, b"IDAT" + zlib.compress(b""), b"IEND"]
    sealed = [
        (len(part) - 4).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big")
        for part in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(sealed)


def as_gif() -> bytes:
    target = BytesIO()
    made.a_scene(400, 300).save(target, "GIF")
    return target.getvalue()


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty: send a JPEG, PNG or WebP photograph"),
        (b"walk", "no photograph that can be read: send a JPEG, PNG or WebP photograph"),
        (as_gif(), "no photograph that can be read: send a JPEG, PNG or WebP photograph"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99, "HEIC or AVIF file.*save it as JPEG"),
        (SMALL[: len(SMALL) // 2], "cut short or damaged: send a JPEG, PNG or WebP"),
        (made.as_png()[:2000], "cut short or damaged"),
        (made.as_webp()[:2000], "cut short or damaged"),
        (bomb(), "too many pixels: send a JPEG of up to 50 megapixels, or .* up to 24"),
        (bomb(5_000), "too many pixels"),
        (SMALL + b"\x00" * MAX_BYTES, "too large: send a JPEG, PNG or WebP photograph of up to 20"),
        (made.as_png(made.a_scene(400, LEAST_SIDE_PX - 1)), "at least 200 pixels on each side"),
        (made.as_png(made.a_scene(8000, 300)), "at most 12 times as long as it is narrow"),
    ],
    ids=[
        "empty",
        "text",
        "gif",
        "heic",
        "half a jpeg",
        "half a png",
        "half a webp",
        "bomb",
        "large png",
        "large",
        "small",
        "narrow",
    ],
)
def test_what_cannot_be_used_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(PhotographError, match=said):
        as_picture(data)


@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it says what is damaged, and goes on
@given(
    written=st.sampled_from([made.as_jpeg, made.as_png, made.as_webp]).map(
        lambda write: write(made.a_scene(300, 240))
    ),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    written: bytes, places: list[tuple[float, int]]
) -> None:
    damaged = bytearray(written)
    for where, value in places:
        damaged[int(where * (len(damaged) - 1))] = value
    try:
        picture = as_picture(bytes(damaged))
    except PhotographError:
        return
    assert max(opened(picture).size) <= LEAST_SIDE_PX * MAX_TIMES_AS_LONG
    assert made.NOTED.encode() not in picture.content
