"""A photo made small enough for the worst link: turned upright, reduced, and nothing else left in the file.

Files come from anywhere: only three formats are opened, and nothing beyond what a camera makes.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kopdesk.domain.zones import instant_of
from kopdesk.usecases.errors import NotAPhoto, PhotoTooLarge

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

LONG_SIDE = 1600
ENOUGH_BYTES = 250_000
MOST_BYTES = 40_000_000
_MOST_PIXELS = 40_000_000
_QUALITIES = (82, 74, 66, 58, 50)
_FORMATS = ("JPEG", "PNG", "WEBP")
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET, _CHANGED = 0x9003, 0x9011, 0x0132


@dataclass(frozen=True, slots=True, kw_only=True)
class ReducedPhoto:
    """A JPEG. `taken_at`: aware UTC by the camera's clock; the place in millionths of a degree."""

    content: bytes
    width: int
    height: int
    taken_at: datetime | None
    latitude: int | None
    longitude: int | None


def reduced(content: bytes, file_name: str, zone: str) -> ReducedPhoto:
    """Read place and time, then write it anew without them. `zone`: of a camera that does not say its own.

    Raises NotAPhoto or PhotoTooLarge.
    """
    if len(content) > MOST_BYTES:
        raise PhotoTooLarge(file_name)
    picture, exif = _opened(content, file_name)
    latitude, longitude = _place(exif)
    small = _small(picture)
    return ReducedPhoto(
        content=_jpeg(small),
        width=small.width,
        height=small.height,
        taken_at=_time(exif, zone),
        latitude=latitude,
        longitude=longitude,
    )


def _opened(content: bytes, file_name: str) -> tuple[Image, Exif]:
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Pillow's, about sizes we refuse ourselves
        try:
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            if picture.width * picture.height > _MOST_PIXELS:
                raise PhotoTooLarge(file_name)
            exif = picture.getexif()
            if picture.format == "JPEG":
                picture.draft("RGB", (2 * LONG_SIDE, 2 * LONG_SIDE))
            return ImageOps.exif_transpose(picture), exif
        except (OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError, MemoryError) as error:
            raise NotAPhoto(file_name) from error


def _small(picture: Image) -> Image:
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "P"):  # what was transparent becomes paper
        layered = picture.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        picture = paper
    picture = picture.convert("RGB")
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return picture


def _jpeg(picture: Image) -> bytes:
    written = b""
    for quality in _QUALITIES:
        written = _written(picture, quality)
        if len(written) <= ENOUGH_BYTES:
            break
    return written


def _written(picture: Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _time(exif: Exif, zone: str) -> datetime | None:
    inner = exif.get_ifd(_EXIF)
    text = str(inner.get(_TAKEN) or exif.get(_CHANGED) or "").strip("\0 ")
    offset = str(inner.get(_OFFSET) or "").strip("\0 ")
    try:
        if offset:
            return datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
        at = datetime.strptime(f"{text} +0000", "%Y:%m:%d %H:%M:%S %z")
        return instant_of(at.date(), at.time(), zone)
    except (ValueError, OverflowError):
        return None


def _place(exif: Exif) -> tuple[int | None, int | None]:
    gps = exif.get_ifd(_GPS)
    latitude, longitude = _degrees(gps.get(2), gps.get(1), 90), _degrees(gps.get(4), gps.get(3), 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None  # a receiver without a fix writes zeros
    return latitude, longitude


def _degrees(parts: object, side: object, limit: int) -> int | None:
    """From degrees, minutes and seconds to millionths of a degree; south and west are negative."""
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        found = round((degrees + minutes / 60 + seconds / 3600) * 10**6)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not 0 <= found <= limit * 10**6:
        return None
    return -found if str(side).strip("\0 ").upper() in ("S", "W") else found
