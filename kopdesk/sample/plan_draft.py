"""What a sample business plan contains: units, staff, investment, costs, loan and prose."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from kopdesk.domain.plan import (
    Drawdown,
    Driver,
    Expense,
    Fund,
    FundSource,
    Grace,
    Investment,
    Loan,
    Plan,
    Scenario,
    Schedule,
    Staff,
    Unit,
)
from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Ledger
from kopdesk.sample.tale import Tale
from kopdesk.sample.voice import Voice, rupiah

AMOUNTS = {"grows": 25_000_000, "too_heavy": 1_200_000_000}
"""What the shop can pay back from its sales, and what it never could."""


def draft_of(tale: Tale, voice: Voice, ledger: Ledger, dice: Dice, shop_id: UUID, day: date) -> Plan:
    """The plan as first typed in, without its id. Every figure comes from the shop or its suppliers."""
    amount = AMOUNTS[str(tale.plot.plan)]
    start = f"{day.year + (day.month + 2) // 12}-{(day.month + 2) % 12 + 1:02}"
    sales = ledger.sales_of(day.replace(day=1) - timedelta(days=1))
    return Plan(
        id=tale.id,
        cooperative_id=tale.id,
        title=f"Rencana bisnis {tale.name}",
        starts_in=start,
        months=72 if amount > 500_000_000 else 36,
        prepared_on=day,
        opening_cash=dice.amount(4_000_000, 14_000_000, 50_000),
        discount_rate=1_000,
        inflation=300,
        sections=_sections(voice, day, sales),
        units=_units(tale, dice, shop_id, start, sales),
        staff=_staff(start, has_manager=amount > 500_000_000),
        investments=_investments(dice, start, amount),
        expenses=_expenses(dice, start),
        loans={"utama": _loan(tale, day, amount)},
        funds={
            "simpanan": Fund(
                source=FundSource.SAVINGS, text="Simpanan anggota", amount=12_000_000, received_in=start
            )
        },
        scenarios={
            "turun": Scenario(name="Penjualan turun 20 persen", sales_change=-2_000),
            "biaya": Scenario(name="Biaya naik 2 persen", cost_change=200),
            "telat": Scenario(name="Mulai telat dua bulan", delay_months=2),
        },
    )


def _sections(voice: Voice, day: date, sales: int) -> dict[str, str]:
    texts = {
        "purpose": "Menambah modal belanja gerai supaya beras, minyak dan gula tidak putus di {desa}.",
        "market": f"Penjualan sekarang Rp{rupiah(sales)} sebulan, pembeli anggota dan warga {{dusun}}. "
        "Warung terdekat {toko}, barangnya beda jenis.",
        "operations": "{pegawai} menjaga gerai, {wakil_usaha} belanja seminggu sekali, "
        "{bendahara} menerima setoran harian.",
        "risks": "Harga naik di {pasar}, kiriman terlambat, bon anggota. Bon dibatasi dua minggu.",
        "benefit": "Warga tidak perlu ke {kota_dekat} utk belanja harian; UMKM bisa titip jual.",
    }
    return {key: voice.say(text, day) for key, text in texts.items()}


def _units(tale: Tale, dice: Dice, shop_id: UUID, start: str, sales: int) -> dict[str, Unit]:
    visits, basket = 6, 28_000
    units = {
        "sembako": Unit(
            name="Gerai sembako",
            type="grocery",
            driver=Driver.CUSTOMERS,
            outlet_id=shop_id,
            starts_in=start,
            member_share=6_000,
            cost_share=8_950,
            losses=60,
            growth=600,
            stock_days=18,
            receivable_days=5,
            payable_days=7,
            source="Buku gerai enam bulan terakhir",
            drivers={"customers": max(60, sales // (visits * basket)), "frequency": visits, "basket": basket},
        )
    }
    if any(item.kind == "lpg" and item.outcome == "approved" for item in tale.plot.applications):
        cylinders = {"cylinders": dice.amount(180, 420, 20), "margin": 2_500}
        units["lpg"] = Unit(
            name="LPG 3 kg", type="lpg", driver=Driver.CYLINDERS, starts_in=start, drivers=cylinders
        )
    if any(item.kind == "pupuk" and item.outcome == "approved" for item in tale.plot.applications):
        tonnes = {"tonnes": dice.number(6, 14), "margin": 210_000}
        units["pupuk"] = Unit(
            name="Kios pupuk",
            type="fertiliser",
            driver=Driver.TONNES,
            starts_in=start,
            drivers=tonnes,
            seasons={"03": 4_000, "04": 6_000, "10": 17_000, "11": 18_000, "12": 14_000},
        )
    return units


def _staff(start: str, *, has_manager: bool) -> dict[str, Staff]:
    staff = {
        "penjaga": Staff(
            role="Penjaga gerai", unit="sembako", people=1, monthly_pay=1_400_000, starts_in=start
        ),
    }
    if has_manager:
        staff["manajer"] = Staff(role="Manajer usaha", people=1, monthly_pay=2_200_000, starts_in=start)
    return staff


def _investments(dice: Dice, start: str, amount: int) -> dict[str, Investment]:
    heavy = amount > 500_000_000
    items = {
        "rak": Investment(
            text="Rak dan etalase",
            unit="sembako",
            quantity=6 if heavy else 1,
            unit_price=1_150_000,
            life_months=60,
        ),
        "kulkas": Investment(
            text="Kulkas dua pintu", unit="sembako", quantity=1, unit_price=6_400_000, life_months=60
        ),
    }
    if heavy:
        items["kasir"] = Investment(
            text="Komputer kasir dan pencetak nota", quantity=1, unit_price=7_250_000, life_months=48
        )
        items["mobil"] = Investment(
            text="Mobil bak untuk angkut pupuk", quantity=2, unit_price=212_000_000, life_months=96
        )
        items["gudang"] = Investment(
            text="Gudang pupuk 8x12 m", quantity=1, unit_price=365_000_000, life_months=240
        )
    return {key: replace(item, bought_in=start, loan="utama") for key, item in items.items()}


def _expenses(dice: Dice, start: str) -> dict[str, Expense]:
    return {
        "listrik": Expense(
            text="Listrik",
            account="5205",
            monthly_amount=dice.amount(240_000, 420_000, 5_000),
            starts_in=start,
        ),
        "angkut": Expense(
            text="Angkut barang",
            account="5206",
            monthly_amount=dice.amount(300_000, 900_000, 10_000),
            starts_in=start,
        ),
        "atk": Expense(
            text="Alat tulis dan fotokopi", account="5207", monthly_amount=85_000, starts_in=start
        ),
    }


def _loan(tale: Tale, day: date, amount: int) -> Loan:
    heavy = amount > 500_000_000
    first = day + timedelta(days=100)
    at_first = amount * 6 // 10 if heavy else amount
    stages = {"t1": Drawdown(drawn_on=first, amount=at_first, condition="Sesudah akad dan surat persetujuan")}
    if heavy:
        stages["t2"] = Drawdown(
            drawn_on=first + timedelta(days=60),
            amount=amount - at_first,
            condition="Laporan tahap satu diterima",
        )
    return Loan(
        lender=tale.village.bank_branch,
        scheme="Kredit modal kerja dan investasi" if heavy else "Kredit modal kerja",
        amount=amount,
        annual_rate=600 if heavy else 900,
        tenor_months=72 if heavy else 36,
        grace_months=6 if heavy else 3,
        grace=Grace.INTEREST_ONLY,
        schedule=Schedule.ANNUITY,
        instalment_day=12,
        round_to=100,
        drawdowns=stages,
    )
