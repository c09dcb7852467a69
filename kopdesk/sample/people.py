"""Invented people with names true to their region: officers, members, staff and the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kopdesk.sample.dice import Dice
from kopdesk.sample.texts_names import NAMES

_TITLES = (
    "Andi",
    "Aji",
    "Awang",
    "Encek",
    "Dayang",
    "Besse",
    "Baso",
    "Ambo",
    "Indo",
    "Muh.",
    "Moh.",
    "M.",
    "Siti",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`called` is how an assistant writes of somebody: with Pak, Bu, H. or Hj."""

    name: str
    called: str
    female: bool
    born_on: date
    nik: str
    phone: str


def person(dice: Dice, folk: Sequence[str], district: str, *, taken: list[str], female: bool) -> Person:
    """Somebody whose name and call name nobody in `taken` has; they are noted there."""
    for _ in range(200):
        women, men, women_second, men_second = NAMES[dice.pick(folk)]
        given = dice.pick(women if female else men)
        second = dice.pick(women_second if female else men_second)
        name = f"{given} {second}".strip()
        called = _called(given, female)
        if called not in taken and name not in taken:
            break
    taken += [called, name]
    born_on = dice.day_between(date(1964, 1, 1), date(1998, 12, 28))
    return Person(
        name=name,
        called=called,
        female=female,
        born_on=born_on,
        nik=_nik(dice, district, born_on, female),
        phone=_phone(dice),
    )


def _called(given: str, female: bool) -> str:
    words = given.split()
    if words[0] in ("H.", "Hj."):
        return f"{words[0]} {words[-1]}"
    # Javanese and double names are called by the first word, titles and Muh. by the word after them.
    word = words[1] if words[0] in _TITLES and len(words) > 1 else words[0]
    return f"{'Bu' if female else 'Pak'} {word}"


def _nik(dice: Dice, district: str, born_on: date, female: bool) -> str:
    day = born_on.day + (40 if female else 0)
    return f"{district}{day:02}{born_on:%m%y}{dice.number(1, 60):04}"


def _phone(dice: Dice) -> str:
    """Valid in form, in a range of zeros that no operator gives out."""
    return f"+62{dice.pick(('812', '813', '821', '852', '853'))}0000{dice.digits(4)}"
