"""Drawn photos: a page of a cash book, as a phone on a village table would take it."""

import io
from datetime import datetime

_PAPER, _LINE, _INK, _TABLE = "#F3EEDD", "#B9C6D6", "#27376B", "#7A5B3C"
_ROWS = (
    ("1/11", "Saldo awal", "", "", "1.240.000"),
    ("3/11", "Penjualan sembako", "385.000", "", "1.625.000"),
    ("4/11", "Belanja beras 2 karung", "", "540.000", "1.085.000"),
    ("6/11", "Penjualan LPG 9 tabung", "198.000", "", "1.283.000"),
    ("9/11", "Simpanan wajib 12 orang", "120.000", "", "1.403.000"),
    ("11/11", "Ongkos angkut Sangatta", "", "75.000", "1.328.000"),
    ("14/11", "Penjualan sembako", "412.500", "", "1.740.500"),
)
_COLUMNS = (40, 190, 720, 960, 1200)


def cash_book_photo(taken_at: datetime, *, latitude: int, longitude: int) -> bytes:
    """A JPEG of 1600 x 1200 that knows its local time and place (millionths of a degree north and east)."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (1600, 1200), _TABLE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((110, 70, 1500, 1140), fill=_PAPER)
    font = ImageFont.load_default(40)
    for at in range(15):
        draw.line((140, 190 + at * 62, 1470, 190 + at * 62), fill=_LINE, width=3)
    for at, cells in enumerate((("Tgl", "Uraian", "Masuk", "Keluar", "Saldo"), *_ROWS)):
        for left, text in zip(_COLUMNS, cells, strict=True):
            draw.text((110 + left, 136 + at * 62), text, fill=_INK, font=font)
    exif = picture.getexif()
    exif.get_ifd(0x8769)[0x9003] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8825).update({1: "N", 2: _parts(latitude), 3: "E", 4: _parts(longitude)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def _parts(millionths: int) -> tuple[float, float, float]:
    degrees, rest = divmod(millionths, 10**6)
    minutes, rest = divmod(rest * 60, 10**6)
    return float(degrees), float(minutes), rest * 60 / 10**6
