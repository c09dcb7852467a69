"""A statement or a budget in SIMKOPDES's own keys, totals included, for upload."""

from collections.abc import Mapping

from kopdesk.domain.rapb import Rapb
from kopdesk.domain.simkopdes_names import LEAVES
from kopdesk.domain.statement import (
    ASSET_KEYS,
    CONTRA_ASSET_KEYS,
    EQUITY_KEYS,
    EXPENSE_KEYS,
    INCOME_KEYS,
    LIABILITY_KEYS,
    OTHER_RESULT_KEYS,
    RESULT_KEY,
    TAX_KEY,
    UNIT_KEYS,
    Statement,
    UnitResult,
)
from kopdesk.domain.statement_totals import totals

Keyed = dict[str, int]


def position_keys(amounts: Mapping[str, int]) -> Keyed:
    """Every key of the position in its order; what is not filled is nought, as SIMKOPDES has it."""
    keys = (*ASSET_KEYS, *CONTRA_ASSET_KEYS, *LIABILITY_KEYS, *EQUITY_KEYS)
    found = totals(amounts, {}, {})
    return {
        **{key: amounts.get(key, 0) for key in keys},
        "total_aset": found.assets,
        "total_liabilitas": found.liabilities,
        "total_ekuitas": found.equity,
    }


def result_keys(results: Mapping[str, int], units: Mapping[str, UnitResult]) -> Keyed:
    """Every key of the results; those of a unit end with its name."""
    found = totals({}, results, units)
    keyed = {
        unit_key(part, unit): getattr(units[unit], part) or 0 if unit in units else 0
        for part in unit_parts()
        for unit in UNIT_KEYS
    }
    return {
        **keyed,
        **{key: results.get(key, 0) for key in (*INCOME_KEYS, *EXPENSE_KEYS, TAX_KEY)},
        "total_pendapatan": found.net_revenue,
        "total_beban": found.expenses,
        "shu_sebelum_pajak": found.result_before_tax,
        RESULT_KEY: found.result,
        **{key: results.get(key, 0) for key in OTHER_RESULT_KEYS},
    }


def unit_parts() -> tuple[str, ...]:
    """The parts of a unit's result in SIMKOPDES's order."""
    return tuple(path.rpartition("/")[2] for path in LEAVES["statement"])


def unit_key(part: str, unit: str) -> str:
    """pendapatan_anggota_sembako"""
    return LEAVES["statement"][f"units/*/{part}"].replace("*", unit)


def statement_document(
    statement: Statement, rapb: Rapb | None, cooperative: str, nik: str
) -> dict[str, object]:
    """What is uploaded: the four statements of an annual meeting, each in its own keys, whole rupiah.

    The names of the four are inferred from SIMKOPDES's columns; the names of steps 4 to 8 of its wizard are
    not known.
    """
    document: dict[str, object] = {
        "koperasi": cooperative,
        "nik_koperasi": nik or None,
        "tahun_buku": int(str(statement.period)[:4]) if statement.period else None,
        "periode_mulai": statement.starts_on.isoformat() if statement.starts_on else None,
        "periode_selesai": statement.ends_on.isoformat() if statement.ends_on else None,
        "laporan_posisi_keuangan": position_keys(statement.position),
        "laporan_posisi_keuangan_awal": position_keys(statement.opening) if statement.opening else None,
        "laporan_hasil_usaha": result_keys(statement.results, statement.units),
    }
    if rapb is not None:
        document |= {
            "tahun_rencana_anggaran": rapb.year,
            "rapb_posisi_keuangan": position_keys(rapb.position),
            "rapb_hasil_usaha": result_keys(rapb.results, rapb.units),
        }
    return document
