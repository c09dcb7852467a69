"""Which row of a sheet has the headings and which column is what: proposed, chosen, remembered."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import blake2b
from pathlib import Path

from kopdesk.domain.chart import Chart
from kopdesk.sheets.reading import Sheet

_HEADINGS_WITHIN = 30
"""Rows: above the headings stand the name of the cooperative and the month."""
_ALIKE = 0.8

FILE = "columns.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that is looked for, with the headings it is known by, the likeliest first."""

    name: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """`heading_row`: index into the sheet's rows, -1 if none was found; `columns`: by what they are."""

    heading_row: int
    columns: Mapping[str, int]

    def is_complete(self, needed: Sequence[str]) -> bool:
        """Whether all that is needed has a column."""
        return all(name in self.columns for name in needed)


TRIAL_BALANCE = (
    Wanted(
        "number",
        ("no akun", "kode akun", "nomor akun", "kode", "no perkiraan", "kode perkiraan", "no rek", "akun"),
    ),
    Wanted(
        "name", ("nama akun", "nama perkiraan", "perkiraan", "uraian", "keterangan", "nama rekening", "nama")
    ),
    Wanted("opening", ("saldo awal", "awal")),
    Wanted("debit", ("debit", "debet", "saldo debit", "saldo debet", "d")),
    Wanted("credit", ("kredit", "credit", "saldo kredit", "k")),
)


def normalised(text: str) -> str:
    """For comparing headings and names: small, without signs and accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.lower()).split())


def proposed_mapping(sheet: Sheet, wanted: Sequence[Wanted]) -> Mapped:
    """The row that looks most like headings; of two columns for one thing the first."""
    best = Mapped(-1, {})
    for at, (_number, cells) in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
        columns = _columns([cell.text for cell in cells], wanted)
        if len(columns) > len(best.columns):
            best = Mapped(at, columns)
    return best if len(best.columns) >= 2 else Mapped(-1, {})


def _columns(headings: Sequence[str], wanted: Sequence[Wanted]) -> dict[str, int]:
    found: dict[str, int] = {}
    names = [normalised(heading) for heading in headings]
    for one in wanted:
        for heading in one.headings:
            at = next(
                (n for n, name in enumerate(names) if name == heading and n not in found.values()), None
            )
            if at is not None:
                found[one.name] = at
                break
    return found


def fingerprint(sheet: Sheet, heading_row: int) -> str:
    """Of the headings: files of one layout have the same, whatever stands below."""
    headings = [normalised(cell.text) for cell in sheet.rows[heading_row][1]] if heading_row >= 0 else []
    return blake2b(json.dumps(headings).encode(), digest_size=8).hexdigest()


_TOTALS = re.compile(r"^(?:sub ?)?(?:jumlah|total|grand total|saldo akhir|balance)\b")


def is_total(texts: Sequence[str]) -> bool:
    """A row that adds up others: it is no account."""
    filled = [normalised(text) for text in texts if normalised(text)]
    return bool(filled) and any(_TOTALS.match(text) for text in filled[:2])


def account_for(number: str, name: str, chart: Chart, learned: Mapping[str, str]) -> str:
    """The number in our chart for an account of the cooperative's own; empty if nothing is alike enough.

    First what a person has chosen before for that number and name, then the number itself, then the name.
    """
    known = learned.get(account_word(number, name))
    if known:
        return known
    if number in chart.accounts:
        return number
    wanted = normalised(name)
    scores = {
        key: SequenceMatcher(None, wanted, normalised(account.name)).ratio()
        for key, account in chart.accounts.items()
        if wanted and "-" not in key
    }
    best = max(scores, key=lambda key: scores[key], default="")
    return best if best and scores[best] >= _ALIKE else ""


def account_word(number: str, name: str) -> str:
    """Under which a choice of account is remembered."""
    return f"{normalised(number)}|{normalised(name)}"


@dataclass
class Learned:
    """What a person has chosen before; a help, so that whatever cannot be read is as if never chosen.

    `columns` by fingerprint; `accounts`: our number by the cooperative's number and name.
    """

    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)


def read_learned(folder: Path) -> Learned:
    """From the person's data folder."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        columns = {
            str(mark): {str(name): int(at) for name, at in found.items()}
            for mark, found in kept["columns"].items()
        }
        return Learned(columns, {str(word): str(number) for word, number in kept["accounts"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Learned()


def keep_learned(folder: Path, learned: Learned) -> None:
    """For the next file. A disk that takes nothing is no reason to lose what was read."""
    part = folder / f"{FILE}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({"columns": learned.columns, "accounts": learned.accounts}, ensure_ascii=False)
        part.write_text(text, encoding="utf-8")
        part.replace(folder / FILE)
    except OSError:
        return
