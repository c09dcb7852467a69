"""The yearly statement for the members' meeting, and quarterly ones where the books are kept well."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from kopdesk.domain.ids import derived_id
from kopdesk.domain.statement import Basis, PeriodKind, Statement, UnitResult
from kopdesk.sample.bookkeeping import of_members, swapped
from kopdesk.sample.ledger import Balances, Ledger
from kopdesk.sample.tale import Tale

QUARTERS = ((date(2026, 4, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 9, 30)))
UNBALANCED = ("Benua Baru Ilir", "Bandungrejosari")


def tell_statements(tale: Tale, ledger: Ledger) -> None:
    """The new assistant types in what the meeting approved on paper; quarters follow as they end."""
    plot = tale.plot
    if plot.annual_meeting:
        written = next(
            (visit.on for visit in tale.visits if visit.on > max(plot.annual_meeting, date(2026, 4, 20))),
            None,
        )
        if written:
            _tell_statement(tale, ledger, PeriodKind.YEAR, tale.founded, date(2025, 12, 31), written)
    for begin, end in QUARTERS:
        ready = [visit.on for visit in tale.visits if visit.on > end + timedelta(days=6)]
        trading = plot.shop_opened is not None and plot.shop_opened < begin
        if ready and trading and plot.diligence >= 60 and not tale.has_trait("stop", end):
            _tell_statement(tale, ledger, PeriodKind.QUARTER, begin, end, ready[0])


def _tell_statement(
    tale: Tale, ledger: Ledger, kind: PeriodKind, begin: date, end: date, written: date
) -> None:
    books = ledger.at(end)
    before = ledger.at(begin - timedelta(days=1)) if kind is PeriodKind.QUARTER else None
    meeting = tale.plot.annual_meeting if kind is PeriodKind.YEAR else None
    position = _position(books)
    if kind is PeriodKind.YEAR and tale.village.name in UNBALANCED:
        position["kas_dan_setara_kas"] = swapped(position["kas_dan_setara_kas"])
    period = f"{end:%Y-%m}"
    statement = Statement(
        id=derived_id("statement", tale.id, kind.value, period),
        cooperative_id=tale.id,
        period_kind=kind,
        period=period,
        starts_on=begin,
        ends_on=end,
        basis=Basis.SAK_EP if books.loans else Basis.SAK_EMKM,
        source="Laporan RAT 2025" if meeting else "Buku besar koperasi",
        prepared_on=meeting - timedelta(days=9) if meeting else written,
        approved_on=meeting,
        approval_number=f"01/BA-RAT/{meeting:%m}/2026" if meeting else None,
        position=position,
        results=_results(books, before),
        units=_units(books, before),
    )
    author = next(visit.author for visit in tale.visits if visit.on == written)
    tale.chronicle.write("statement", statement, author, tale.at(written, time(20, 10)))


def _position(books: Balances) -> dict[str, int]:
    return _filled(
        {
            "kas_dan_setara_kas": books.cash,
            "giro": books.bank,
            "piutang_usaha_simpan_pinjam": books.loans,
            "piutang_usaha_sembako": books.credit_sales,
            "persediaan_sembako": books.stock,
            "aset_tetap_mesin_peralatan": books.equipment,
            "akumulasi_penyusutan": books.depreciated,
            "simpanan_anggota": books.voluntary,
            "utang_usaha_sembako": books.payables,
            "simpanan_pokok": books.principal,
            "simpanan_wajib": books.mandatory,
            "shu_sebelumnya": books.earlier_results,
            "shu_tahun_berjalan": books.result,
        }
    )


def _since(books: Balances, before: Balances | None, name: str) -> int:
    """What flowed in the period: results run from the first of January."""
    now: int = getattr(books, name)
    return now - (getattr(before, name) if before else 0)


def _results(books: Balances, before: Balances | None) -> dict[str, int]:
    return _filled(
        {
            "beban_kepegawaian": _since(books, before, "wages"),
            "beban_administrasi_dan_umum": _since(books, before, "stationery"),
            "beban_penyusutan_dan_amortisasi": _since(books, before, "depreciation"),
        }
    )


def _units(books: Balances, before: Balances | None) -> dict[str, UnitResult]:
    sales, cost = _since(books, before, "sales"), _since(books, before, "cost_of_sales")
    members_sales, members_cost = of_members(sales), of_members(cost)
    units = {}
    if sales:
        units["sembako"] = UnitResult(
            member_revenue=members_sales,
            other_revenue=sales - members_sales,
            member_cost=members_cost,
            other_cost=cost - members_cost,
            expenses=_since(books, before, "transport") + _since(books, before, "power"),
        )
    if fees := _since(books, before, "fees"):
        units["simpan_pinjam"] = UnitResult(member_revenue=fees)
    return units


def _filled(amounts: Mapping[str, int]) -> dict[str, int]:
    return {key: amount for key, amount in amounts.items() if amount}
