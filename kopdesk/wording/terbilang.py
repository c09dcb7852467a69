"""Amounts in words, as receipts and minutes have them: always in Indonesian, whatever the window speaks."""

from kopdesk.wording.figures import rupiah

_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_GROUPS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
MOST = 10**18 - 1
"""The largest amount there are words for."""


def terbilang(number: int) -> str:
    """dua ribu sembilan belas. Raises ValueError beyond ±`MOST`.

    The rules are those on which five published test suites agree (reference/finance.md §7): seribu and
    seratus, but satu juta; what is nought within a number is not said.
    """
    if abs(number) > MOST:
        raise ValueError(number)
    if number == 0:
        return "nol"
    words = []
    rest, group = abs(number), 0
    while rest:
        rest, hundreds = divmod(rest, 1000)
        if hundreds:
            words.append(_in_group(hundreds, _GROUPS[group]))
        group += 1
    return ("minus " if number < 0 else "") + " ".join(reversed(words))


def rupiah_in_words(amount: int) -> str:
    """seratus lima ribu rupiah; in figures beyond ±`MOST`, so that a page with a slip still comes out."""
    if abs(amount) > MOST:
        return rupiah(amount)
    return f"{terbilang(amount)} rupiah"


def _in_group(number: int, group: str) -> str:
    if group == "ribu" and number == 1:
        return "seribu"
    return f"{_below_thousand(number)} {group}".rstrip()


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = ["seratus" if hundreds == 1 else f"{_ONES[hundreds]} ratus"] if hundreds else []
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    match number:
        case 10:
            return "sepuluh"
        case 11:
            return "sebelas"
        case _ if number < 10:
            return _ONES[number]
        case _ if number < 20:
            return f"{_ONES[number - 10]} belas"
    tens, ones = divmod(number, 10)
    return f"{_ONES[tens]} puluh {_ONES[ones]}".rstrip()
