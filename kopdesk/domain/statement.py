"""The statements of a cooperative for a period: financial position, results, cash flow.

The keys of `position`, `results` and `units` are SIMKOPDES's own account keys, so that an export
needs no translation. Totals and the year's result of the results statement are computed, never kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kopdesk.domain.fields import Kind, MergeClass, leaf, rows, values
from kopdesk.domain.records import Record

_TRADES = ("sembako", "apotek_obat_murah", "klinik_desa", "sarana_logistik", "pergudangan_cold_storage")

ASSET_KEYS = (
    "kas_dan_setara_kas",
    "giro",
    "deposito",
    "investasi",
    "piutang_usaha_simpan_pinjam",
    *(f"piutang_usaha_{trade}" for trade in _TRADES),
    "piutang_usaha_lainnya",
    "piutang_lainnya",
    *(f"persediaan_{trade}" for trade in _TRADES),
    "persediaan_usaha_lainnya",
    "beban_dibayar_di_muka",
    "aset_tetap_tanah_dan_bangunan",
    "aset_tetap_mesin_peralatan",
    "aset_tetap_kendaraan",
    "aset_tak_berwujud",
    "aset_lainnya",
)
CONTRA_ASSET_KEYS = ("penyisihan_piutang_usaha", "akumulasi_penyusutan", "akumulasi_amortisasi")
"""Entered positive, subtracted from the assets."""

LIABILITY_KEYS = (
    "simpanan_anggota",
    *(f"utang_usaha_{trade}" for trade in _TRADES),
    "utang_usaha_lainnya",
    "utang_bank",
    "utang_pajak",
    "utang_pihak_ketiga",
    "utang_lancar_lainnya",
    "liabilitas_imbalan_kerja",
    "liabilitas_lainnya",
    "modal_penyertaan_pihak_ketiga",
)
EQUITY_KEYS = (
    "simpanan_pokok",
    "simpanan_wajib",
    "hibah",
    "dana_cadangan",
    "shu_sebelumnya",
    "shu_tahun_berjalan",
    "ekuitas_lainnya",
)
UNIT_KEYS = ("sembako", "apotek", "klinik", "logistik", "pergudangan", "simpan_pinjam", "usaha_lainnya")

INCOME_KEYS = ("hasil_investasi",)
EXPENSE_KEYS = (
    "beban_kepegawaian",
    "beban_gaji_pengurus_pengawas",
    "beban_administrasi_dan_umum",
    "beban_rapat_anggota",
    "beban_pelatihan",
    "beban_penyusutan_dan_amortisasi",
    "beban_bunga_pinjaman",
    "beban_operasional_lain_lain",
    "beban_non_operasional_lain_lain",
)
TAX_KEY = "beban_pajak_penghasilan"
OTHER_RESULT_KEYS = ("penghasilan_komprehensif_lain",)


CASH_KEY, RESULT_KEY = "kas_dan_setara_kas", "shu_tahun_berjalan"
CASH_FLOW_KEYS = ("kas_awal", "arus_operasi", "arus_investasi", "arus_pendanaan", "kas_akhir")
"""SIMKOPDES has no cash flow; the words are those of SAK EP."""

STATED_KEYS = (
    "total_aset",
    "total_liabilitas",
    "total_ekuitas",
    "total_pendapatan",
    "total_beban",
    "shu_sebelum_pajak",
    "shu_tahun_berjalan",
)


class PeriodKind(StrEnum):
    """How long the period is; a first year may be shorter."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    YEAR_TO_DATE = "year_to_date"


class Basis(StrEnum):
    """The standard the statement follows."""

    SAK = "sak"
    SAK_EP = "sak_ep"
    SAK_EMKM = "sak_emkm"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """What one unit earned and cost, members apart from others; the key is one of `UNIT_KEYS`."""

    member_revenue: int | None = leaf(Kind.MONEY)
    other_revenue: int | None = leaf(Kind.MONEY)
    member_sundry: int | None = leaf(Kind.MONEY)
    other_sundry: int | None = leaf(Kind.MONEY)
    member_cost: int | None = leaf(Kind.MONEY)
    other_cost: int | None = leaf(Kind.MONEY)
    expenses: int | None = leaf(Kind.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """One per cooperative, kind of period and last month.

    `opening`: the position at the start of the period as this statement prints it (last year's column);
    `stated`: totals as they are printed on paper, to be compared with the recomputed ones.
    """

    period_kind: str | None = leaf(Kind.CODE, choices=PeriodKind)
    period: str | None = leaf(Kind.MONTH)
    starts_on: date | None = leaf(Kind.DATE)
    ends_on: date | None = leaf(Kind.DATE)
    basis: str | None = leaf(Kind.CODE, choices=Basis)
    source: str | None = leaf(Kind.LINE)
    prepared_on: date | None = leaf(Kind.DATE)
    approved_on: date | None = leaf(Kind.DATE)
    approval_number: str | None = leaf(Kind.LINE, merge=MergeClass.DECIDE)
    book_check_id: UUID | None = leaf(Kind.REFERENCE)
    note: str | None = leaf(Kind.TEXT)
    position: Mapping[str, int] = values(Kind.MONEY)
    opening: Mapping[str, int] = values(Kind.MONEY)
    stated: Mapping[str, int] = values(Kind.MONEY)
    results: Mapping[str, int] = values(Kind.MONEY)
    cash_flow: Mapping[str, int] = values(Kind.MONEY)
    units: Mapping[str, UnitResult] = rows(UnitResult)
