"""Official numbers and addresses: what they look like, how they are written, what they say.

Checks return whether the text is plausible; nobody here can know whether a number was ever issued.
"""

import re
from enum import StrEnum

_VILLAGE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?([123]\d{3})", re.ASCII)
_PHONE = re.compile(r"\+\d{8,15}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class VillageKind(StrEnum):
    """What the first digit of the fourth block says; it decides who must approve a plan."""

    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa_adat"


_VILLAGE_KIND = {"1": VillageKind.KELURAHAN, "2": VillageKind.DESA, "3": VillageKind.DESA_ADAT}


def _digits(text: str, *lengths: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) in lengths


def is_cooperative_nik(text: str) -> bool:
    """The cooperative's own number: 16 digits without meaning to us."""
    return _digits(text, 16)


def is_nib(text: str) -> bool:
    """The business number: 13 digits."""
    return _digits(text, 13)


def is_npwp(text: str) -> bool:
    """The tax number: 16 digits since 2024, 15 before."""
    return _digits(text, 16, 15)


def is_personal_nik(text: str) -> bool:
    """Area, birth date (women's days plus 40), serial. The year says nothing, so 31 February passes."""
    if not _digits(text, 16):
        return False
    day, month = int(text[6:8]), int(text[8:10])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def village_code(text: str) -> str:
    """PP.KK.CC.VVVV, whether it came with dots or without; anything else comes back as it is."""
    found = _VILLAGE.fullmatch(text.strip())
    return ".".join(found.groups()) if found else text


def is_village_code(text: str) -> bool:
    """Whether this is a village in Kemendagri's form, with its dots."""
    return village_code(text) == text and _VILLAGE.fullmatch(text) is not None


def village_kind(code: str) -> VillageKind | None:
    """Kelurahan, desa or desa adat; None if the code is none."""
    found = _VILLAGE.fullmatch(code)
    return _VILLAGE_KIND[found[4][0]] if found else None


def phone(text: str) -> str:
    """+62… for Indonesian numbers however they were written; anything else comes back as it is."""
    bare = re.sub(r"[\s().\-]", "", text)
    for prefix in ("+62", "62", "0"):
        subscriber = bare.removeprefix(prefix).lstrip("0")
        if bare.startswith(prefix) and subscriber.isdigit():
            return "+62" + subscriber
    return bare if _PHONE.fullmatch(bare) else text


def is_phone(text: str) -> bool:
    """Whether this is a number with its country in front."""
    return _PHONE.fullmatch(text) is not None


def email(text: str) -> str:
    """Without the spaces that come with pasting."""
    return text.strip()


def is_email(text: str) -> bool:
    """One @ and a host with a dot: more cannot be known without sending."""
    return _EMAIL.fullmatch(text) is not None


def is_sha256(text: str) -> bool:
    """64 small hexadecimal digits."""
    return _SHA256.fullmatch(text) is not None
