"""What a computed plan says, most important first: can the instalment be earned."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from kopdesk.domain.plan import Plan
from kopdesk.domain.plan_measures import Breaking, Load, Measures
from kopdesk.domain.plan_warnings import PlanWarning, Warned
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.dates import month_text, short_date
from kopdesk.wording.figures import number, percent, rupiah, scaled
from kopdesk.wording.labels import path_label
from kopdesk.wording.plan_taxes import tax_warning_line

_LIMITS: Mapping[PlanWarning, str] = MappingProxyType(
    {
        PlanWarning.ABOVE_CEILING: N_("{assumption}: {given}; {scheme} paling banyak {limit}."),
        PlanWarning.EXPENSES_ABOVE_CAP: N_(
            "{assumption}: {given} bukan belanja modal; {scheme} paling banyak {limit} untuk operasional."
        ),
        PlanWarning.TENOR_TOO_LONG: N_("{assumption}: {given} bulan; {scheme} paling lama {limit} bulan."),
        PlanWarning.GRACE_OUTSIDE: N_("{assumption}: {given} bulan; {scheme} {limit} bulan."),
        PlanWarning.RATE_DIFFERS: N_("{assumption}: {given}; {scheme} {limit}."),
    }
)


def measure_lines(told: Measures) -> Iterator[str]:
    """Sentences about one outcome of a plan."""
    if told.load is not None:
        yield load_line(told.load)
    yield cash_line(told)
    if told.least_dscr is None:
        yield _("Kemampuan membayar utang (DSCR): tidak dapat dihitung, belum ada yang jatuh tempo.")
    else:
        yield _("Kemampuan membayar utang (DSCR) paling rendah: {ratio}.").format(
            ratio=_two_places(told.least_dscr)
        )
    if told.break_even is None:
        yield _("Titik impas: tidak ada, setiap penjualan merugi.")
    else:
        yield _("Titik impas: penjualan {amount} sebulan.").format(amount=rupiah(told.break_even))
    yield _("Nilai kini bersih (NPV): {amount}.").format(amount=rupiah(told.worth.npv))
    if told.worth.sign_changes > 1:
        yield _("IRR tidak dapat dipegang: uang berganti arah lebih dari sekali.")


def verdict_line(told: Measures) -> str:
    """Whether a plan holds, and what lacks first if it does not."""
    if told.holds:
        return _("Rencana ini bertahan.") + (f" {load_line(told.load)}" if told.load is not None else "")
    if told.load is not None and told.load.gap > 0:
        return _("Rencana ini tidak bertahan.") + f" {load_line(told.load)}"
    if told.lowest_cash < 0:
        return _("Rencana ini tidak bertahan.") + f" {cash_line(told)}"
    ratio = _two_places(told.least_dscr or Fraction(0))
    return _("Rencana ini tidak bertahan. Yang dihasilkan tidak menutup utang setahun: DSCR {ratio}.").format(
        ratio=ratio
    )


def load_line(load: Load) -> str:
    """What a month must earn for the instalment, and what it earns."""
    if load.gap > 0:
        text = _(
            "Angsuran terberat {instalment} sebulan (tahun ke-{year}),"
            " usaha hanya menghasilkan {earned}: kurang {gap}."
        )
    else:
        text = _(
            "Angsuran terberat {instalment} sebulan (tahun ke-{year}), usaha menghasilkan {earned}: cukup."
        )
    return text.format(
        instalment=rupiah(load.instalment), year=load.year, earned=rupiah(load.earned), gap=rupiah(load.gap)
    )


def cash_line(told: Measures) -> str:
    """The month with least cash, or the one in which it is missing."""
    text = (
        _("Kas habis: {month} kurang {amount}.")
        if told.lowest_cash < 0
        else _("Kas paling rendah: {month}, {amount}.")
    )
    return text.format(month=month_text(told.lowest_cash_month), amount=rupiah(abs(told.lowest_cash)))


def breaking_line(plan: Plan, one: Breaking) -> str:
    """How much worse one assumption may become, or how much better it must."""
    if one.margin is None:
        text = _("{assumption}: diubah sendirian tidak cukup")
    elif one.margin >= 0:
        text = (
            _("{assumption}: boleh naik {margin}") if one.is_cost else _("{assumption}: boleh turun {margin}")
        )
    else:
        text = (
            _("{assumption}: harus turun {margin}") if one.is_cost else _("{assumption}: harus naik {margin}")
        )
    return text.format(assumption=_assumption(plan, one.path), margin=percent(abs(one.margin or 0)))


def warning_line(plan: Plan, one: Warned) -> str:
    """Where a plan leaves what its scheme allows, or what was seen elsewhere."""
    if one.path in ("tax_option", "village_share"):
        return tax_warning_line(one)
    if one.day is not None:
        return _scheme_line(plan, one, one.day)
    assumption = _assumption(plan, one.path)
    if one.warning is PlanWarning.OUTSIDE_RANGE:
        return _("{assumption}: {given}; di tempat lain {least} sampai {most} ({source}).").format(
            assumption=assumption,
            given=number(one.given or 0),
            least=number(one.least or 0),
            most=number(one.most or 0),
            source=one.source,
        )
    as_text = percent if one.warning is PlanWarning.RATE_DIFFERS else number
    limits = sorted({limit for limit in (one.least, one.most) if limit is not None})
    return _(_LIMITS[one.warning]).format(
        assumption=assumption,
        given=as_text(one.given or 0),
        scheme=one.scheme,
        limit=" – ".join(as_text(limit) for limit in limits),
    )


def _scheme_line(plan: Plan, one: Warned, day: date) -> str:
    if one.warning is PlanWarning.SCHEME_TO_COME:
        text = _("{assumption}: {scheme} baru berlaku mulai {day}.")
    elif one.is_contested:
        text = _("{assumption}: {scheme} tidak berlaku lagi, kira-kira sesudah {day}; sumber tidak sepakat.")
    else:
        text = _("{assumption}: {scheme} tidak berlaku lagi sesudah {day}.")
    return text.format(assumption=_assumption(plan, one.path), scheme=one.scheme, day=short_date(day))


def _assumption(plan: Plan, path: str) -> str:
    """With the name of its row: Gerai sembako › asumsi › pelanggan."""
    label = path_label("plan", path)
    table, _slash, rest = path.partition("/")
    key = rest.partition("/")[0]
    if table == "units" and (name := plan.units[key].name):
        return label.replace(path_label("plan", "units"), name, 1)
    if table == "loans" and (lender := plan.loans[key].lender):
        return f"{label} ({lender})"
    return label


def _two_places(value: Fraction) -> str:
    return scaled(round(value * 100), 2)
