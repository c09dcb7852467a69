"""Records that may be the same thing entered twice. A warning for a person, never a merge."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

_SIMILAR_NAME = 0.86
_NIK_TAIL = 6

# How every cooperative's name begins; what tells them apart is the rest ("Tanah Merah" stays whole).
_BEGINNING = re.compile(
    r"^(?:(?:koperasi|kop|kopdes|kopkel|kdmp|kkmp|kdkmp|kmp|desa|kelurahan|kampung|nagari|gampong"
    r"|merah putih)(?:\s+|$))+"
)
_TITLES = re.compile(r"\b(?:h|hj|haji|hajah|dr|drs|dra|ir|s|m|a|pd|sos|kom|si|e|se|sh|spd|st|mm|ag)\b")
_NUMBER = re.compile(r"\b(?:\d+|i{1,3}|i?v|vi{1,3}|i?x)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperativeSummary:
    """What is compared of a cooperative."""

    id: UUID
    name: str | None = None
    nik: str | None = None
    village_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSummary:
    """What is compared of an officer, within one cooperative."""

    id: UUID
    name: str | None = None
    nik: str | None = None
    phone: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another record that may be the same, and why: the strongest reason first."""

    id: UUID
    reasons: tuple[str, ...]


def like_cooperatives(new: CooperativeSummary, known: Iterable[CooperativeSummary]) -> list[Likeness]:
    """Cooperatives that may be `new`.

    There is one Merah Putih cooperative in a village, so the village alone is enough; a similar
    name is not, because villages far apart share names: without a village to compare it is.
    """
    found = []
    for other in known:
        if other.id == new.id:
            continue
        reasons = [
            ("same_nik", _same(new.nik, other.nik)),
            ("same_village", _same(new.village_code, other.village_code)),
            ("same_nik_tail", _same_tail(new.nik, other.nik)),
            ("similar_name", similar_names(new.name, other.name) and not _apart(new, other)),
        ]
        found.append(_likeness(other.id, reasons))
    return _strongest_first(found)


def like_officers(new: OfficerSummary, known: Iterable[OfficerSummary]) -> list[Likeness]:
    """Officers of the same cooperative who may be `new`.

    Whole NIKs are compared whole: they end in a serial number that many people share.
    """
    found = []
    for other in known:
        if other.id == new.id:
            continue
        masked = not (_full(new.nik) and _full(other.nik))
        reasons = [
            ("same_nik", _same(new.nik, other.nik)),
            ("same_nik_tail", masked and _same_tail(new.nik, other.nik)),
            ("same_phone", _same(new.phone, other.phone)),
            ("similar_name", similar_names(_untitled(new.name), _untitled(other.name))),
        ]
        found.append(_likeness(other.id, reasons))
    return _strongest_first(found)


def plain_name(name: str) -> str:
    """A name as it is compared: without case, accents, punctuation and what all cooperatives are called."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())
    return _BEGINNING.sub("", words) or words


def similar_names(left: str | None, right: str | None) -> bool:
    """Whether two names may be spellings of one; never empty ones, nor "Suka Maju 1" and "Suka Maju 2"."""
    one, two = sorted((plain_name(left or ""), plain_name(right or "")))
    if not one or _NUMBER.findall(one) != _NUMBER.findall(two):
        return False
    return SequenceMatcher(None, one, two).ratio() >= _SIMILAR_NAME


def _untitled(name: str | None) -> str:
    return _TITLES.sub(" ", plain_name(name or ""))


def _same(left: str | None, right: str | None) -> bool:
    return bool(left) and left == right


def _full(nik: str | None) -> bool:
    return nik is not None and len(nik) == 16


def _same_tail(left: str | None, right: str | None) -> bool:
    """A mistyped beginning or a masked number still ends alike."""
    if not left or not right or left == right or min(len(left), len(right)) < _NIK_TAIL:
        return False
    return left[-_NIK_TAIL:] == right[-_NIK_TAIL:]


def _apart(left: CooperativeSummary, right: CooperativeSummary) -> bool:
    """Whether both villages are known and lie in different districts."""
    if not left.village_code or not right.village_code:
        return False
    return left.village_code[:5] != right.village_code[:5]


def _likeness(record_id: UUID, reasons: list[tuple[str, bool]]) -> Likeness:
    return Likeness(record_id, tuple(reason for reason, holds in reasons if holds))


_ORDER = ("same_nik", "same_village", "same_nik_tail", "same_phone", "similar_name")


def _strongest_first(found: list[Likeness]) -> list[Likeness]:
    alike = [likeness for likeness in found if likeness.reasons]
    return sorted(alike, key=lambda likeness: (_ORDER.index(likeness.reasons[0]), str(likeness.id)))
