"""What the tests of a bookkeeping check say, in sentences a treasurer can follow with the book in hand."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.book_tests.outcome import Case, Figure, Outcome, Source, TestResult, Unit
from kopdesk.domain.chart import Chart
from kopdesk.wording.accounts import ACCOUNTS
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import short_date
from kopdesk.wording.figures import counted, number, rupiah

_FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "counted": N_("dihitung"),
        "expected": N_("seharusnya"),
        "bank": N_("menurut bank"),
        "book": N_("menurut buku"),
        "ledger": N_("menurut neraca saldo"),
        "cards": N_("menurut semua kartu"),
        "card": N_("menurut kartu"),
        "debit": N_("debit"),
        "credit": N_("kredit"),
        "assets": N_("aset"),
        "liabilities_and_equity": N_("kewajiban dan ekuitas"),
        "stated": N_("tertulis"),
        "recomputed": N_("dihitung ulang"),
        "cash_book": N_("baris terakhir buku kas"),
        "running": N_("saldo awal tambah masuk kurang keluar"),
        "statement": N_("menurut laporan keuangan"),
        "position": N_("di posisi keuangan"),
        "flows": N_("jumlah arus kas"),
        "cash_change": N_("perubahan kas"),
        "cash_end": N_("kas akhir di arus kas"),
        "opening": N_("saldo awal"),
        "closing": N_("saldo akhir periode lalu"),
        "opening_debit": N_("saldo awal debit"),
        "opening_credit": N_("saldo awal kredit"),
        "reported": N_("dilaporkan untuk PPh Final"),
        "members_in_book": N_("buku anggota"),
        "members_in_simkopdes": N_("SIMKOPDES"),
        "quorum_base": N_("dasar kuorum"),
        "cylinders": N_("tabung isi dan kosong"),
        "owned": N_("milik koperasi"),
    }
)

_CASES: Mapping[str, str] = MappingProxyType(
    {
        "position": N_("Posisi keuangan"),
        "trial_balance": N_("Neraca saldo"),
        "opening_balance": N_("Saldo awal neraca saldo"),
        "running": N_("Buku kas dijumlah ulang"),
        "cash_ledger": N_("Kas"),
        "cash_statement": N_("Kas di laporan keuangan"),
        "bank_ledger": N_("Semua rekening"),
        "all_savings": N_("Semua simpanan"),
        "all_loans": N_("Semua pinjaman"),
        "result": N_("SHU tahun berjalan"),
        "cash_flow": N_("Arus kas"),
        "cash_end": N_("Kas akhir"),
        "revenue": N_("Penjualan sejak awal tahun"),
        "members_online": N_("Jumlah anggota"),
        "members_quorum": N_("Dasar kuorum"),
        "stock_ledger": N_("Persediaan"),
    }
)

_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_statement": N_("Belum ada laporan keuangan untuk bulan ini."),
        "no_lines": N_("Neraca saldo belum diisi."),
        "no_cash_book": N_("Saldo buku kas belum diisi."),
        "no_cash_book_columns": N_("Saldo awal, jumlah masuk atau jumlah keluar buku kas belum diisi."),
        "no_cash_in_lines": N_("Akun kas belum ada di neraca saldo."),
        "no_cash_in_statement": N_("Kas belum ada di laporan keuangan."),
        "no_cash_count": N_("Kas belum dihitung."),
        "nothing_counted": N_("Uangnya belum dihitung."),
        "no_book_balance": N_("Saldo menurut buku belum diisi."),
        "no_bank_account": N_("Rekening bank belum diperiksa."),
        "no_bank_balances": N_("Saldo menurut bank atau menurut buku belum diisi."),
        "no_bank_in_lines": N_("Akun bank belum ada di neraca saldo."),
        "no_savings": N_("Kartu simpanan belum diperiksa."),
        "no_savings_in_lines": N_("Akun simpanan belum ada di neraca saldo."),
        "card_or_book": N_("Isian menurut kartu atau menurut buku belum ada."),
        "no_loans": N_("Kartu pinjaman belum diperiksa."),
        "no_loans_in_lines": N_("Akun piutang pinjaman belum ada di neraca saldo."),
        "no_stock": N_("Barang belum dihitung."),
        "article_incomplete": N_("Jumlah atau harga pokok belum lengkap."),
        "only_a_sample": N_("Baru sebagian barang dihitung, jadi belum dapat dibandingkan dengan akun."),
        "no_such_account": N_("Akun ini belum ada di neraca saldo."),
        "no_results": N_("Hasil usaha atau SHU di posisi keuangan belum diisi."),
        "no_cash_flow": N_("Arus kas belum diisi."),
        "no_cash_change": N_("Kas awal atau kas akhir belum diisi."),
        "no_period_before": N_("Belum ada periode sebelumnya untuk dibandingkan."),
        "month_before_not_checked": N_("Bulan sebelumnya tidak diperiksa."),
        "no_reported_revenue": N_("Omzet yang dilaporkan belum diisi."),
        "no_revenue": N_("Akun penjualan belum ada di neraca saldo."),
        "members_missing": N_("Jumlah anggota menurut buku atau SIMKOPDES belum diisi."),
        "no_quorum_base": N_("Dasar kuorum belum diisi."),
        "no_instalment_period": N_("Jangka angsuran belum diisi."),
        "no_arrears_known": N_("Tunggakan pokok dan bunga belum diisi."),
        "no_collateral_known": N_("Nilai agunan dan kemungkinan diselamatkan belum diisi."),
    }
)

_SOURCES: Mapping[Source, str] = MappingProxyType(
    {
        Source.CHECK: N_("pemeriksaan ini"),
        Source.STATEMENT: N_("laporan keuangan"),
        Source.PRIOR_STATEMENT: N_("laporan periode sebelumnya"),
        Source.PREVIOUS_CHECK: N_("pemeriksaan sebelumnya"),
        Source.MEMBER_COUNT: N_("jumlah anggota bulan itu"),
    }
)

_STATED: Mapping[str, str] = MappingProxyType(
    {
        "total_aset": N_("Jumlah aset"),
        "total_liabilitas": N_("Jumlah kewajiban"),
        "total_ekuitas": N_("Jumlah ekuitas"),
        "total_pendapatan": N_("Jumlah pendapatan bersih"),
        "total_beban": N_("Jumlah beban"),
        "shu_sebelum_pajak": N_("SHU sebelum pajak"),
        "shu_tahun_berjalan": N_("SHU tahun berjalan"),
    }
)

_SAVINGS: Mapping[str, str] = MappingProxyType(
    {
        "pokok": N_("simpanan pokok"),
        "wajib": N_("simpanan wajib"),
        "sukarela": N_("simpanan sukarela"),
        "berjangka": N_("simpanan berjangka"),
    }
)


def reason_text(reason: str) -> str:
    """Why something could not be tested; an unknown reason as it is."""
    return _(_REASONS[reason]) if reason in _REASONS else reason


def stated_name(key: str) -> str:
    """What a printed total is called."""
    return _(_STATED[key]) if key in _STATED else key


def saving_name(kind: str) -> str:
    """What a kind of saving is called, in small letters; an unknown one as it is."""
    return _(_SAVINGS[kind]) if kind in _SAVINGS else kind


def figure_name(name: str) -> str:
    """What a figure of a comparison is."""
    return _(_FIGURES[name]) if name in _FIGURES else name


def source_text(figure: Figure) -> str:
    """From where a figure is, and of which day."""
    source = _(_SOURCES[figure.source])
    return f"{source}, {short_date(figure.as_of)}" if figure.as_of else source


def amount_text(amount: int, unit: Unit = Unit.RUPIAH) -> str:
    """With its unit."""
    if unit is Unit.PEOPLE:
        return counted(amount, "person")
    return rupiah(amount) if unit is Unit.RUPIAH else number(amount)


def subject_name(check: BookCheck, chart: Chart, subject: str, *, is_syariah: bool = False) -> str:
    """What a row is called by people: the till's name, the account with its number, the member."""
    group, _slash, rest = subject.partition("/")
    key = rest.split("/")[0]
    if group == "lines":
        line = check.lines.get(key)
        name = (line.name if line else "") or chart.name_of(key, is_syariah=is_syariah)
        return f"{key} {name}".strip()
    if group == "position":
        return _(ACCOUNTS[key]) if key in ACCOUNTS else key
    if group == "stated":
        return stated_name(key)
    if group == "saving_totals":
        return saving_name(key).capitalize()
    if group == "savings":
        who = _row_name(check, group, key)
        kind = rest.split("/")[-1]
        return f"{who}, {saving_name(kind)}" if kind != key else who
    return _row_name(check, group, key)


_NAMED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cash": ("name",),
        "bank": ("bank_name", "account_number"),
        "stock": ("name",),
        "savings": ("member_name", "member_number"),
        "loans": ("member_name", "loan_number"),
    }
)
_UNNAMED: Mapping[str, str] = MappingProxyType(
    {
        "cash": N_("Kas"),
        "bank": N_("Rekening bank"),
        "stock": N_("Barang tanpa nama"),
        "savings": N_("Anggota tanpa nama"),
        "loans": N_("Peminjam tanpa nama"),
    }
)


def _row_name(check: BookCheck, group: str, key: str) -> str:
    if group not in _NAMED_BY:
        return key
    row = getattr(check, group).get(key)
    named = (getattr(row, name, None) for name in _NAMED_BY[group])
    return next((str(name) for name in named if name), _(_UNNAMED[group]))


def case_title(case: Case, subject: str) -> str:
    """What is compared: the row if there is one, otherwise the comparison itself."""
    return subject or (_(_CASES[case.name]) if case.name in _CASES else "")


def case_text(case: Case, subject: str) -> str:
    """Kas gerai: dihitung Rp1.280.000, seharusnya Rp1.300.000; kurang Rp20.000."""
    title = case_title(case, subject)
    if case.outcome is Outcome.NOT_TESTABLE:
        reason = reason_text(case.reason)
        return f"{title}: {reason[:1].lower()}{reason[1:]}" if title else reason
    figures = ", ".join(_figure_text(figure, case.unit) for figure in case.figures)
    if not case.difference:
        return _("{title}: cocok, {amount}").format(
            title=title, amount=amount_text(case.figures[0].amount, case.unit)
        )
    told = f"{title}: {figures}; {difference_text(case)}"
    if case.outcome is Outcome.PASSED:
        return _("{told}, masih dalam batas").format(told=told)
    return told


def _figure_text(figure: Figure, unit: Unit) -> str:
    return f"{figure_name(figure.name)} {amount_text(figure.amount, unit)}"


_SHORT_OR_OVER = frozenset({"till", "article", "cylinders", "stock_ledger"})
"""Here it is plain which side is the right one."""


def difference_text(case: Case) -> str:
    """Kurang Rp20.000 where one side is the right one, selisih Rp20.000 otherwise."""
    difference = case.difference or 0
    amount = amount_text(abs(difference), case.unit)
    if case.name not in _SHORT_OR_OVER:
        return _("selisih {amount}").format(amount=amount)
    return (_("kurang {amount}") if difference < 0 else _("lebih {amount}")).format(amount=amount)


def result_lines(result: TestResult, subjects: Mapping[str, str]) -> list[str]:
    """What there is to tell: the faults; if there are none what agrees; and last what could not be tested."""
    failed = [case_text(case, subjects.get(case.subject, "")) for case in result.failed]
    passed = [case for case in result.cases if case.outcome is Outcome.PASSED]
    agreed = [case_text(case, subjects.get(case.subject, "")) for case in passed]
    untested = [case_text(case, subjects.get(case.subject, "")) for case in result.untested]
    return failed + (agreed if not failed else []) + untested


def subjects_of(
    check: BookCheck, chart: Chart, results: Iterable[TestResult], *, is_syariah: bool = False
) -> dict[str, str]:
    """The names of all rows the tests speak of."""
    found = {case.subject for result in results for case in result.cases if case.subject}
    return {one: subject_name(check, chart, one, is_syariah=is_syariah) for one in found}
