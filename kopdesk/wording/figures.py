"""Money, numbers, percentages and sizes as people write them. Exact: integers in, text out."""

from kopdesk.wording.catalogue import NN_, language, n_

_THOUSANDS = {"id": ".", "en": ","}
_DECIMAL = {"id": ",", "en": "."}


def number(value: int) -> str:
    """1.250.000"""
    return f"{value:,}".replace(",", _THOUSANDS[language()])


def scaled(value: int, places: int) -> str:
    """A whole number of the smallest unit, with its point put back: 12500 in thousandths is 12,5."""
    whole, rest = divmod(abs(value), 10**places)
    decimals = f"{rest:0{places}}".rstrip("0") if rest else ""
    sign = "-" if value < 0 else ""
    return sign + number(whole) + (_DECIMAL[language()] + decimals if decimals else "")


def rupiah(amount: int) -> str:
    """Rp1.250.000, and what is owed -Rp40.000."""
    return ("-" if amount < 0 else "") + "Rp" + number(abs(amount))


def percent(basis_points: int) -> str:
    """12,5 %"""
    return scaled(basis_points, 2) + (" %" if language() == "id" else "%")


def phone_text(kept: str) -> str:
    """0852-0000-9215, as a number of Indonesia is dialled there; others stay as they are kept."""
    subscriber = kept.removeprefix("+62")
    if subscriber == kept or not subscriber.isdigit():
        return kept
    dialled = f"0{subscriber}"
    return "-".join(filter(None, (dialled[:4], dialled[4:8], dialled[8:])))


def bytes_text(size: int) -> str:
    """2,8 kB; in steps of a thousand, as data plans count."""
    if size < 1000:
        return f"{size} B"
    for unit, unit_size in (("kB", 10**3), ("MB", 10**6)):
        tenths = (size * 10 + unit_size // 2) // unit_size
        if tenths < 10_000:
            return f"{scaled(tenths, 1)} {unit}"
    return f"{scaled((size * 10 + 5 * 10**8) // 10**9, 1)} GB"


_NOUNS = {
    "attachment": NN_("{n} lampiran"),
    "change": NN_("{n} perubahan"),
    "conflict": NN_("{n} perbedaan"),
    "cooperative": NN_("{n} koperasi"),
    "day": NN_("{n} hari"),
    "field": NN_("{n} isian"),
    "finding": NN_("{n} temuan"),
    "follow_up": NN_("{n} tindak lanjut"),
    "person": NN_("{n} orang"),
    "hour": NN_("{n} jam"),
    "minute": NN_("{n} menit"),
    "month": NN_("{n} bulan"),
    "officer": NN_("{n} pengurus"),
    "outlet": NN_("{n} gerai"),
    "photo": NN_("{n} foto"),
    "problem": NN_("{n} kendala"),
    "record": NN_("{n} catatan"),
    "rejected": NN_("{n} isian ditolak"),
    "row": NN_("{n} baris"),
    "second": NN_("{n} detik"),
    "unsent": NN_("{n} belum terkirim"),
    "user": NN_("{n} pengguna"),
    "visit": NN_("{n} kunjungan"),
    "year": NN_("{n} tahun"),
}
NOUNS = tuple(_NOUNS)


def counted(count: int, noun: str) -> str:
    """7 perubahan. The nouns are in `NOUNS`."""
    return n_(_NOUNS[noun], count).format(n=number(count))


def span(seconds: float) -> str:
    """How long something is, in its largest unit: 12 menit, 3 hari."""
    whole = max(0, int(seconds))
    for noun, unit in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if whole >= unit:
            return counted(whole // unit, noun)
    return counted(whole, "second")
