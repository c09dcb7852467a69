"""Text from elsewhere, made fit to stand in a sentence."""

_BEFORE, _AFTER = 12, 16
"""So much of what is equal is shown before a difference, and so much at least after it began."""


def shortened(text: str, most: int, *, keep_end: bool = False) -> str:
    """One line of at most `most` characters, with … where something was left out."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return "…" + line[1 - most :] if keep_end else line[: most - 1].rstrip() + "…"


_FORMS = {"Koperasi Desa Merah Putih ": "KDMP ", "Koperasi Kelurahan Merah Putih ": "KKMP "}


def short_name(cooperative: str) -> str:
    """KDMP Peridan: as everybody calls Koperasi Desa Merah Putih Peridan, where there is little room."""
    for long, short in _FORMS.items():
        if cooperative.startswith(long):
            return short + cooperative.removeprefix(long)
    return cooperative


def apart(one: str, other: str, most: int) -> tuple[str, str]:
    """Two texts on a line each, shortened so that one sees where they begin to differ."""
    mine, theirs = " ".join(one.split()), " ".join(other.split())
    if mine == theirs and one != other:  # in spaces and lines alone: those are shown
        mine, theirs = (text.replace("\n", "↵").replace(" ", "·") for text in (one, other))
    begin = _equal_until(mine, theirs)
    if max(len(mine), len(theirs)) <= most or begin + _AFTER <= most:
        return _cut(mine, most), _cut(theirs, most)
    start = max(mine.rfind(" ", 0, begin - _BEFORE) + 1, begin - 2 * _BEFORE)
    return "…" + _cut(mine[start:], most - 1), "…" + _cut(theirs[start:], most - 1)


def _equal_until(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(line: str, most: int) -> str:
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
