"""A business plan in SIMKOPDES's field names, for its loan and partnership forms.

Where a column is known, its name is used (`SEEN`; reference: institution.md §1.7). The parts of the form have
no published names: those of `INFERRED` say in its own words what is asked for there, and are to be replaced
when the names are known.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kopdesk.domain.loan_schedule import working_day
from kopdesk.domain.plan import Loan
from kopdesk.domain.projection import PlanMonth
from kopdesk.domain.rounding import MONTHS
from kopdesk.usecases.planning import PlanTold

SEEN: Mapping[str, str] = MappingProxyType(
    {
        "cooperative": "name",
        "nik": "nik",
        "amount": "loan_amount",
        "tenor": "tenor",
        "lender": "funding_partner",
        "purpose": "proposal_description",
    }
)
INFERRED: Mapping[str, str] = MappingProxyType(
    {
        "title": "judul",
        "prepared_on": "tanggal_proposal",
        "market": "analisis_pasar",
        "operations": "rencana_kegiatan",
        "organisation": "organisasi",
        "legal": "legalitas_izin",
        "social": "sosial_lingkungan",
        "risks": "risiko",
        "benefit": "manfaat",
        "capex": "belanja_modal",
        "opex": "belanja_operasional",
        "scheme": "skema",
        "rate": "bunga_per_tahun_persen",
        "grace": "masa_tenggang_bulan",
        "method": "cara_angsuran",
        "drawdowns": "jadwal_pencairan",
        "repayment": "rencana_pengembalian",
        "revenue": "proyeksi_pendapatan",
        "feasibility": "kelayakan",
    }
)
_PROSE = ("purpose", "market", "operations", "organisation", "legal", "social", "risks", "benefit")


def plan_document(told: PlanTold) -> Mapping[str, object]:
    """Whole rupiah, ISO dates, rates in percent with two decimals as text."""
    plan, base = told.plan, told.outcomes[0]
    months = base.projection.months
    name = {**SEEN, **INFERRED}
    bought = sum((one.quantity or 0) * (one.unit_price or 0) for one in plan.investments.values())
    return {
        name["cooperative"]: told.cooperative,
        name["nik"]: told.nik,
        name["title"]: plan.title or "",
        name["prepared_on"]: plan.prepared_on.isoformat() if plan.prepared_on else None,
        **{name[word]: plan.sections.get(word, "") for word in _PROSE},
        name["capex"]: bought,
        name["opex"]: sum(_first_year(months, one) for one in ("staff", "expenses")),
        "loan_applications": [
            _application(told, key, loan) for key, loan in sorted(plan.loans.items()) if loan.amount
        ],
        name["revenue"]: [
            {
                "tahun": begin // MONTHS + 1,
                "pendapatan": sum(one.revenue for one in months[begin : begin + MONTHS]),
                "laba_kotor": sum(one.margin for one in months[begin : begin + MONTHS]),
                "pajak": sum(one.tax for one in months[begin : begin + MONTHS]),
                "shu": sum(one.result for one in months[begin : begin + MONTHS]),
                "kas_akhir": months[begin : begin + MONTHS][-1].cash,
            }
            for begin in range(0, len(months), MONTHS)
        ],
        name["feasibility"]: _feasibility(told),
        "aturan": told.rules,
        "nama_kolom_diperkirakan": sorted(INFERRED.values()),
    }


def _first_year(months: tuple[PlanMonth, ...], name: str) -> int:
    return sum(getattr(one, name) for one in months[:MONTHS])


def _application(told: PlanTold, key: str, loan: Loan) -> Mapping[str, object]:
    name = {**SEEN, **INFERRED}
    start = told.plan.starts_in or ""
    stages = [
        {
            "tanggal": stage.drawn_on.isoformat() if stage.drawn_on else None,
            "jumlah": stage.amount or 0,
            "syarat": stage.condition or "",
        }
        for _key, stage in sorted(loan.drawdowns.items())
    ]
    whole = [{"tanggal": f"{start}-01", "jumlah": loan.amount or 0, "syarat": ""}]
    return {
        name["amount"]: loan.amount,
        name["tenor"]: loan.tenor_months,
        name["lender"]: loan.lender or "",
        name["scheme"]: loan.scheme or "",
        name["rate"]: f"{(loan.annual_rate or 0) / 100:.2f}",
        name["grace"]: loan.grace_months or 0,
        name["method"]: loan.schedule or "",
        name["drawdowns"]: stages or whole,
        name["repayment"]: [
            {
                "angsuran_ke": one.number,
                "tanggal": one.due_on.isoformat(),
                "hari_kerja": working_day(one.due_on).isoformat(),
                "pokok": one.principal,
                "bunga": one.interest,
                "sisa": one.balance,
            }
            for one in told.outcomes[0].projection.schedules[key]
        ],
    }


def _feasibility(told: PlanTold) -> Mapping[str, object]:
    found = told.outcomes[0].measures
    return {
        "bertahan": found.holds,
        "angsuran_terberat": found.load.instalment if found.load else None,
        "hasil_usaha_sebulan": found.load.earned if found.load else None,
        "dscr_terendah": f"{float(found.least_dscr):.4f}" if found.least_dscr is not None else None,
        "titik_impas_sebulan": found.break_even,
        "kas_terendah": found.lowest_cash,
        "bulan_kas_terendah": found.lowest_cash_month,
        "npv": found.worth.npv,
    }
